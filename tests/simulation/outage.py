"""Many pairs, and nobody who serves them for three days: what leaves afterwards, and what is said of the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from random import Random
from typing import Any

from structlog.testing import capture_logs

from adapters.memory.hands import MemoryHands
from adapters.memory.world import MemoryWorld
from adapters.sqlite.store import SqliteStore
from domain.by import ADMINISTRATOR, CLI, MAIL, By
from domain.charter import Organiser, Role
from domain.effects import EffectKind
from domain.interval import Interval
from domain.meeting import Meeting
from domain.occasions import meeting_ref
from domain.personal import Personal
from domain.rails import Rails
from domain.relationship import Relationship
from domain.relationship_events import MailSent
from service.daemon import Daemon
from service.house import House
from service.people import add_person, programme
from tests.contract.stores import opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, SERVICE, START, house_over
from tests.simulation.instruments import PlainComposer
from tests.unit.domain_cast import charter

MINUTE = timedelta(minutes=1)
DOWN = START + 36 * HOUR
BACK = DOWN + 72 * HOUR
END = BACK + 3 * DAY
"""The charters are agreed on a Monday morning; nobody serves from Tuesday evening to Friday evening."""
PER_MINUTE = 30
AGENDA = EffectKind.AGENDA.value


@dataclass(frozen=True, slots=True)
class Left:
    """One mail that left: when, to whom, and of what kind."""

    at: datetime
    reader: str
    kind: str


@dataclass(frozen=True, slots=True)
class Outage:
    """What came of it: the mails after the outage, the first meetings whose agenda fell into it, and what is wrong."""

    pairs: int
    mails: tuple[Left, ...]
    skipped: int
    found: tuple[str, ...]


def outage(pairs: int, seed: int = 1) -> Outage:
    """Let so many pairs agree, nobody serve them for three days, and judge the day after."""
    with capture_logs(), _crowd(pairs, seed) as (house, world, ids):
        _serve(house, world, DOWN)
        while world.now < BACK:
            world.advance_to(BACK)
        _serve(house, world, END)
        return _judged(house, world, ids)


@contextmanager
def _crowd(pairs: int, seed: int) -> Iterator[tuple[House, MemoryWorld, list[str]]]:
    world = MemoryWorld(START, [SERVICE])
    with quick_folder() as folder, opened(folder) as store:
        house = _house(world, store)
        programme(house)
        chance = Random(seed)
        yield house, world, [_pair(house, world, number, chance) for number in range(pairs)]


def _house(world: MemoryWorld, store: SqliteStore) -> House:
    usual = house_over(world, store)
    return replace(usual, composer=PlainComposer(), rails=Rails(mails_per_minute=PER_MINUTE))


def _pair(house: House, world: MemoryWorld, number: int, chance: Random) -> str:
    """Two people with a week of their own who have agreed their charter."""
    people = []
    for role, provider in ((Role.MENTOR, "microsoft"), (Role.MENTEE, "google")):
        address = f"{role.value}{number}@example.org"
        world.add(address)
        for day, full in enumerate(_full_days(chance, number)):
            start = START + day * DAY + (0 if full else chance.randrange(16)) * 30 * MINUTE
            MemoryHands(world).busy(address, Interval(start, start + (24 if full else 4) * 30 * MINUTE))
        name = f"{role.value.title()} Example"
        people.append(add_person(house, address, name, provider, "Europe/Berlin", "mon-fri 08:00-18:00"))
    return _agreed(house, *people)


def _full_days(chance: Random, number: int) -> list[bool]:
    """A third can meet before the outage is over, a third on its last day, and a third in the week after it."""
    until = (0, 4, 5)[number % 3]
    return [day < until or chance.random() < 0.1 for day in range(5)]


def _agreed(house: House, mentor: str, mentee: str) -> str:
    by, words = By(ADMINISTRATOR, CLI, None, house.now()), [Personal(mentee, text) for text in ("Lead", "You", "Time")]
    # In the mentors' own calendars, so that no calendar is read once for each booking.
    terms = charter(organiser=Organiser.MENTOR)
    relationship = Relationship.request(house.ids.new(), mentor, mentee, (words[0],), words[1], words[2], terms, by)
    relationship.accept(By(mentor, MAIL, None, house.now()))
    for role in Role:
        relationship.approve_charter(role, By(relationship.person_id(role), MAIL, None, house.now()))
    house.streams.save(relationship, now=house.now())
    return str(relationship.id)


def _serve(house: House, world: MemoryWorld, end: datetime) -> None:
    daemon = Daemon(house, lambda: False)
    daemon.start()
    while world.now < end:
        daemon.run_due()
        daemon.sleep(end)
    assert daemon.troubles == []


def _judged(house: House, world: MemoryWorld, ids: Sequence[str]) -> Outage:
    mails = _mails(world)
    late = tuple(mail for mail in mails if mail.at >= BACK)
    found, skipped = [*_bursts(mails), *_crowded(late)], 0
    for id in ids:
        relationship = house.streams.relationship(id)
        found += _agendas_too_late(relationship, list(house.streams.events(id)))
        silent = [meeting for meeting in relationship.meetings.items if _fell_into_it(relationship, meeting)]
        skipped += len(silent)
        found += [f"{id}: no reason why {m.ref} had no agenda" for m in silent if not _reason(relationship, m)]
    return Outage(len(ids), late, skipped, tuple(found))


def _mails(world: MemoryWorld) -> tuple[Left, ...]:
    sent = [letter for letter in world.accounts[SERVICE].letters.values() if letter.folder == "sent"]
    headers = [(letter.at, message_from_bytes(letter.raw)) for letter in sent]
    return tuple(Left(at, parseaddr(str(m["To"]))[1], str(m["X-Mentorsync-Kind"])) for at, m in headers)


def _bursts(mails: Sequence[Left]) -> list[str]:
    """No more leave within any minute than were configured."""
    moments = sorted(mail.at for mail in mails)
    return [
        f"{PER_MINUTE + 1} mails left within a minute from {first}"
        for first, last in zip(moments, moments[PER_MINUTE:], strict=False)
        if last - first < MINUTE
    ]


def _crowded(late: Sequence[Left]) -> list[str]:
    """Nobody is made to pay for the outage: one mail to each reader in the hours in which it is made up for."""
    first = Counter(mail.reader for mail in late if mail.at < BACK + 6 * HOUR)
    return [f"{reader} got {count} mails at once" for reader, count in first.items() if count > 1]


def _agendas_too_late(relationship: Relationship, events: Sequence[Any]) -> list[str]:
    agendas = [event for event in events if isinstance(event, MailSent) and event.kind == AGENDA]
    return [
        f"{relationship.id}: the agenda of {event.occasion} left at {event.by.at}"
        for event in agendas
        if event.by.at >= relationship.meeting(meeting_ref(event.occasion)).time.start
    ]


def _fell_into_it(relationship: Relationship, meeting: Meeting) -> bool:
    """Say whether the meeting stood and began before anybody served again, and its agenda never left."""
    told = any(kind == AGENDA and meeting_ref(occasion) == meeting.ref for kind, occasion, _ in relationship.mails)
    stood = bool(meeting.ical_uid) and (meeting.live or meeting.took_place)
    return stood and DOWN <= meeting.time.start < BACK and not told


def _reason(relationship: Relationship, meeting: Meeting) -> str:
    names = {name: reason for name, reason in relationship.lapsed.items() if name[0] == AGENDA}
    return next((reason for name, reason in names.items() if meeting_ref(name[1]) == meeting.ref), "")
