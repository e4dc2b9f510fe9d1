"""The searches that are timed: random pairs over four weeks in which clocks change, and the same one with portion."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

import portion

from domain.hours import working_time
from domain.interval import Interval
from domain.slots import Availability, Search, find_slots
from domain.timetable import midnight

BEGINNING = datetime(2027, 3, 1, tzinfo=UTC)
WINDOW = Interval(BEGINNING, BEGINNING + timedelta(days=28))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = ("Europe/Berlin", "America/New_York", "America/Chicago", "Europe/London", "Asia/Kathmandu", "Europe/Madrid")
Answer = tuple[tuple[datetime, ...], datetime | None]
HOURS = ("mon-fri 09:00-17:00", "mon-fri 08:00-18:00", "mon-thu 10:00-19:00; fri 09:00-12:00", "mon-fri 07:30-20:00")


@dataclass(frozen=True, slots=True)
class Case:
    """One search and what it should come near to."""

    search: Search
    people: tuple[Availability, Availability]
    target: datetime


def cases(number: int, busy: int, seed: int = 1) -> list[Case]:
    """Return so many pairs, each person with so many busy times in the four weeks, the same for the same seed."""
    random, out = Random(seed), []
    search = Search(WINDOW, timedelta(minutes=45))
    for _ in range(number):
        people = tuple(_person(random, name, busy) for name in ("the mentor", "the mentee"))
        out.append(Case(search, (people[0], people[1]), BEGINNING + random.randrange(28 * 24) * 60 * MINUTE))
    return out


def _person(random: Random, name: str, busy: int) -> Availability:
    times = []
    for _ in range(busy):
        start = BEGINNING + timedelta(days=random.randrange(28), minutes=random.randrange(7 * 12, 19 * 12) * 5)
        times.append(Interval(start, start + random.choice((15, 30, 30, 60)) * MINUTE))
    return Availability(name, random.choice(ZONES), random.choice(HOURS), tuple(times))


def ours(case: Case) -> Answer:
    """Return every start and the nearest one, from the raw busy times."""
    found = find_slots(case.search, case.people)
    return found.starts, found.nearest(case.target)


def with_portion(case: Case, hours: Callable[[str, str], Any] | None = None) -> Answer:
    """Return the same, written with portion: intersect the hours, take away what is busy, walk along the grid.

    What is busy is joined in one call, which is portion's fastest way. `hours` gives the working hours, which are laid
    out anew for each search where it is not said otherwise.
    """
    free = portion.closedopen(case.search.window.start, case.search.window.end)
    for person in case.people:
        free &= (hours or laid_out)(person.hours, person.zone)
    for person in case.people:
        free -= portion.Interval(*(portion.closedopen(item.start, item.end) for item in person.busy or ()))
    starts = tuple(_along(free, case))
    return starts, min(starts, key=lambda start: (abs(start - case.target), start), default=None)


def _along(free: Any, case: Case) -> Iterable[datetime]:
    grid, length = case.search.grid, case.search.duration
    for piece in free:
        day = piece.lower.date() - DAY
        zero = midnight(day, case.people[0].zone)
        start = zero + -((zero - piece.lower) // grid) * grid
        while start + length <= piece.upper:
            yield start
            start += grid


def keeping_hours(case: Case) -> Answer:
    """Return the same with portion, keeping working hours from search to search as ours does."""
    return with_portion(case, _kept)


def laid_out(hours: str, zone: str) -> Any:
    """Return someone's working hours in the window as portion has them."""
    return portion.Interval(*(portion.closedopen(i.start, i.end) for i in working_time(hours, zone, WINDOW)))


_kept = lru_cache(maxsize=256)(laid_out)
