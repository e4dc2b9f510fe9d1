"""A house on a temporary store in which one pair has lived for some weeks, for the tests of what commands read."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from adapters.mail.reply_addresses import PlusAddresses
from adapters.memory.calendar import MemoryCalendar
from adapters.memory.clock import ManualClock, SequentialIds
from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import MemoryWorld
from domain.calendar import CalendarChanges, Response
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.effects import Effect
from domain.ledger import LedgerWrite, Settlement, WorkState
from domain.letters import EchoLetter, Letter
from domain.mail import AttachedFile, Envelope, MailClass, ReceivedMail
from domain.reply import Reply
from domain.threads import SubjectLine
from service.house import House, Identity, NoKillPoints
from service.rows import effect_row
from tests.contract.stores import opened
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, PAIR_ID, agreed, by_mail, words
from tests.unit.domain_life import Life

SERVICE = "mentoring@example.org"
PAIR = str(PAIR_ID)
SECRET = "only the two of them know this"
CANARIES = ("agenda canary", "learning canary")


class NoMail:
    """A composer and reader for readers of streams, who never handle a mail."""

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """Say nothing."""
        _ = envelope, letter, rider, files
        return b""

    def subject(self, line: SubjectLine) -> str:
        """Say nothing."""
        return line.label

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Read nothing."""
        _ = raw, sent
        return ReceivedMail("", MailClass.UNREADABLE, None, (), "", "", False, ())

    def trust(self, raw: bytes, provider: str, addresses: Collection[str]) -> tuple[str, tuple[str, ...]]:
        """Trust nothing."""
        _ = raw, provider, addresses
        return "held", ("nothing is read",)

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Read nothing."""
        _ = raw
        return ()

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Understand nothing."""
        _ = text, today, kind, names
        return Reply()


@contextmanager
def house_in(folder: Path, now: datetime = BEGINNING, loopback: bool = True) -> Iterator[House]:
    """Open a house on a store in that folder, with both clouds in memory."""
    world = MemoryWorld(now, (SERVICE, "marta@example.com", "tilo@example.org"))
    calendar, mail = MemoryCalendar(world), NoMail()
    with opened(folder) as store:
        yield House(
            identity=Identity(SERVICE, "google", "Example Mentoring", timedelta(minutes=5), "2026.6"),
            clock=ManualClock(world),
            ids=SequentialIds(),
            streams=store,
            ledger=store,
            cache=store,
            samples=store,
            calendars={"microsoft": calendar, "google": calendar},
            mailboxes={"google": MemoryMailbox(world)},
            composer=mail,
            reader=mail,
            replies=PlusAddresses(SERVICE, b"m" * 32),
            kill=NoKillPoints(),
            loopback=loopback,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A house and the instant at which its pair's story stands."""

    house: House
    now: datetime


def lived() -> Life:
    """Return a pair: one meeting held with two actions, one declined and booked again, one mail set aside."""
    life = Life(agreed())
    life.settle()
    life.relationship.add_agenda_items(1, AgendaItems(questions=words(CANARIES[0])), by_mail(Role.MENTEE, life.now))
    life.live_until(life.meeting.time.end + HOUR)
    by = by_mail(Role.MENTEE, life.now)
    first = life.meeting.ref
    life.relationship.report_held(first, True, by)
    life.relationship.record_learnings(1, Role.MENTEE, words(CANARIES[1]), by)
    for owner, text in ((Role.MENTOR, "Send the checklist"), (Role.MENTEE, "Draft a review")):
        life.relationship.owe_action(owner, words(text)[0], (life.now + 3 * DAY).date(), 1, by)
    life.relationship.close_action(1, by)
    life.relationship.hold_mail("<odd@example.net>", "it is machine mail", by)
    life.live_until(life.now + 5 * DAY)
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    return life


@contextmanager
def told_house(folder: Path, loopback: bool = True) -> Iterator[Told]:
    """Open a house with that pair, whose calendars were read and whose effects stand in the ledger."""
    life = lived()
    with house_in(folder, life.now, loopback) as house:
        house.streams.save(life.mentor, life.mentee, life.relationship, now=life.now)
        for person in (life.mentor, life.mentee):
            house.cache.replace(str(person.id), CalendarChanges((), (), "cursor", True))
        for _, effect in life.done:
            put_row(house, effect, WorkState.DONE)
        yield Told(house, life.now)


def put_row(house: House, effect: Effect, state: WorkState, reason: str = "") -> str:
    """Open a row of an effect of the saved pair, claim it now, settle it in that state, and return its key."""
    relationship, now = house.streams.relationship(PAIR), house.now()
    row = effect_row(relationship, replace(effect, due=min(effect.due, now)), "service")
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))
    (claim,) = house.ledger.claim(now, [effect.kind.value], 1, now + HOUR)
    house.ledger.settle(Settlement(row.key, claim.token, state, now + HOUR, reason=reason), now)
    return row.key
