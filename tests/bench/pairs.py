"""Plans every pair of a store from what lies in it, as a review does, and says what that costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID

from adapters.memory.world import MemoryWorld
from adapters.sqlite.store import SqliteStore
from domain.by import ADMINISTRATOR, CLI, By
from domain.calendar import Booked, CalendarChanges, CalendarEntry, Response, Shows
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.decisions import PlanMeeting
from domain.interval import Interval
from domain.person import Person
from domain.personal import Personal
from domain.plan import plan
from domain.relationship import Relationship
from domain.sheet import Plan
from domain.situation import Situation
from service.house import House
from service.situations import situation_of
from tests.bench.searching import HOURS, ZONES
from tests.bench.stopwatch import spent
from tests.contract.stores import opened
from tests.service.theatre import house_over

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
BY = By(ADMINISTRATOR, CLI, None, NOW - timedelta(days=20))
MENTEES_PER_MENTOR = 4
BUSY = 30
TOGETHER = 200
MINUTE = timedelta(minutes=1)


def planned_from_store(folder: Path, pairs: int, due: int = MENTEES_PER_MENTOR) -> Iterator[str]:
    """Build a store of so many pairs, each with a meeting held, and look at them all as reviews do; give lines.

    `due` of each mentor's pairs need their next time, the others have one. With all due it is the worst of all days:
    each review then looks at all its siblings as well.
    """
    with opened(folder) as store:
        building = spent(lambda: build(store, pairs, due))
        yield (
            f"a store of {pairs:,} pairs, {MENTEES_PER_MENTOR} to a mentor, of whom {due} need a time, "
            f"{BUSY} busy times each: built with {building:,.0f} s of CPU"
        )
        house, watch = house_over(MemoryWorld(NOW, []), store), Watch()
        ids = [summary.id for summary in store.summaries("relationship")]
        found = sum(_reviewed(house, id, watch) for id in ids)
    total, each = watch.reading + watch.planning, 1e3 / len(ids)
    yield (
        f"planned from the store, N = {len(ids):,} pairs: {total:,.1f} s of CPU, a pair {total * each:.2f} ms, "
        f"reading {watch.reading * each:.2f} ms and planning {watch.planning * each:.2f} ms; {found:,} times found"
    )


@dataclass
class Watch:
    """The processor seconds spent so far."""

    reading: float = 0.0
    planning: float = 0.0


def _reviewed(house: House, id: str, watch: Watch) -> int:
    """Look at one relationship as a review does, and say whether a time was found."""
    seen: list[Situation] = []
    watch.reading += spent(lambda: seen.append(situation_of(house, house.streams.relationship(id))))
    planned: list[Plan] = []
    watch.planning += spent(lambda: planned.append(plan(seen[0], NOW)))
    return any(isinstance(decision, PlanMeeting) for decision in planned[0].decisions)


def build(store: SqliteStore, pairs: int, due: int) -> None:
    """Fill a store with so many pairs, four mentees to a mentor, of whom `due` need their next time."""
    random, numbers = Random(1), iter(range(1, 10 * pairs + 10))
    todo = iter(range(pairs))
    while some := list(islice(todo, TOGETHER)):
        mentors = [_person(random, next(numbers)) for _ in range(-(-len(some) // MENTEES_PER_MENTOR))]
        mentees = [_person(random, next(numbers)) for _ in some]
        store.save(*mentors, *mentees, now=NOW)
        for person in (*mentors, *mentees):
            store.replace(str(person.id), _calendar(random))
        couples = [(mentors[n // MENTEES_PER_MENTOR], mentee) for n, mentee in enumerate(mentees)]
        made = [_relationship(random, next(numbers), *couple) for couple in couples]
        for place, pair in enumerate(made):
            if place % MENTEES_PER_MENTOR >= due:
                _arrange(pair, place)
        store.save(*made, now=NOW)


def _person(random: Random, number: int) -> Person:
    zone, hours = random.choice(ZONES[:4]), "mon-fri 08:00-20:00" if random.random() < 0.5 else random.choice(HOURS)
    address = f"person{number}@example.org"
    return Person.register(UUID(int=number), f"Person {number}", address, "google", zone, hours, "en", BY)


def _calendar(random: Random) -> CalendarChanges:
    entries = tuple(_entry(random, number) for number in range(BUSY))
    return CalendarChanges(entries, (), "cursor", True)


def _entry(random: Random, number: int) -> CalendarEntry:
    start = NOW + timedelta(days=random.randrange(28), minutes=random.randrange(7 * 4, 19 * 4) * 15 - 720)
    time, other = Interval(start, start + random.choice((30, 30, 60)) * MINUTE), "someone@example.net"
    return CalendarEntry(f"e{number}", f"u{number}", time, Shows.BUSY, Response.ACCEPTED, other, (), False, None, "")


def _relationship(random: Random, number: int, mentor: Person, mentee: Person) -> Relationship:
    owner = str(mentee.id)
    charter = Charter(
        1, 14, 45, mentor.hours, mentee.hours, Role.MENTOR, Organiser.SERVICE, ConflictPolicy.MOVE, 24, 24, 3
    )
    words = (Personal(owner, "Lead"),), Personal(owner, "You did."), Personal(owner, "Time.")
    pair = Relationship.request(UUID(int=number), str(mentor.id), owner, *words, charter, BY)
    pair.accept(BY)
    for role in Role:
        pair.approve_charter(role, BY)
    start = NOW - timedelta(days=random.randrange(1, 4), minutes=random.randrange(0, 12) * 15)
    time = Interval(start, start + 45 * MINUTE)
    pair.plan_meeting(PlanMeeting(1, 1, time, start, mentor.zone, (), (), "v1/cadence"), "2026.6", BY)
    pair.book("1.1", Booked(f"event-{number}", f"uid-{number}", time, "etag"), BY)
    pair.report_held("1.1", True, By(owner, CLI, None, time.end))
    return pair


def _arrange(pair: Relationship, place: int) -> None:
    """Let the next meeting of a pair stand, on a day of its own among its siblings."""
    start = NOW + timedelta(days=5 + place % MENTEES_PER_MENTOR, hours=2)
    time = Interval(start, start + 45 * MINUTE)
    pair.plan_meeting(PlanMeeting(2, 1, time, start, "UTC", (), (), "v1/cadence"), "2026.6", BY)
    pair.book("2.1", Booked(f"next-{pair.id}", f"next-{pair.id}", time, "etag"), BY)
