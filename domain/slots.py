"""Finds every time at which people can meet, and says which constraint left how many.

Time is a row of bits, one per granule of 5 minutes (of one where 5 do not divide what is asked), so that "free for
both for 45 minutes" is a handful of integer operations.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.hours import Leave, SpecialHours, Travel
from domain.interval import Interval
from domain.row import Row, eroded, places
from domain.timetable import Timetable, grid_row, in_fives

FIVE_MINUTES = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Availability:
    """One person's side of a search: zone, weekly hours as text, and the stretches that block her time.

    `busy` None is a calendar that could not be read: nothing is free in it. `soft` is tentative and blocks unless the
    search says otherwise. `preferred` are weekly hours as text ("" is no preference). `meetings` are times reserved
    for mentoring, of which `per_day` (0: any number) may be on one of her days; they also block. `stretch` minutes
    before and after her daily hours may be used.
    """

    name: str
    zone: str
    hours: str
    busy: tuple[Interval, ...] | None
    soft: tuple[Interval, ...] = ()
    preferred: str = ""
    travels: tuple[Travel, ...] = ()
    leaves: tuple[Leave, ...] = ()
    special: tuple[SpecialHours, ...] = ()
    meetings: tuple[Interval, ...] = ()
    per_day: int = 0
    stretch: int = 0

    @property
    def timetable(self) -> Timetable:
        """Her hours in the round."""
        return Timetable(self.zone, self.hours, self.travels, self.leaves, self.special)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a meeting wholly inside `window`, starting on a grid that counts from the first person's
    local midnight.

    `buffer` lies on both sides of everything busy; `refused` are times at which this meeting was declined before.
    Nothing starts before `earliest`. With `tentative` soft time counts as free. `label` says in the counters what is
    unusual about the window.
    """

    window: Interval
    duration: timedelta
    grid: timedelta = timedelta(minutes=15)
    buffer: timedelta = NOTHING
    refused: tuple[Interval, ...] = ()
    earliest: datetime | None = None
    tentative: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All feasible starts in order (UTC) and how many starts were left after each constraint, in the order of their
    use.

    `ranks` say for each start how many of the people with preferred hours do not prefer it; without any it is empty.
    """

    starts: tuple[datetime, ...]
    counters: tuple[tuple[str, int], ...]
    ranks: tuple[int, ...] = ()

    def nearest(self, target: datetime) -> datetime | None:
        """Return the start nearest to `target`, the earlier of two equally near ones, or None."""
        return next(iter(self.best(target)), None)

    def best(self, target: datetime) -> tuple[datetime, ...]:
        """Return the starts of the best rank that are nearest to `target`: one, two equally near ones, or none."""
        rank = min(self.ranks, default=0)
        starts = [s for s, r in zip(self.starts, self.ranks, strict=True) if r == rank] if self.ranks else self.starts
        place = bisect_left(starts, target)
        near = starts[max(place - 1, 0) : place + 1]
        least = min((abs(start - target) for start in near), default=NOTHING)
        return tuple(start for start in near if abs(start - target) == least)

    @property
    def emptied_by(self) -> str | None:
        """The constraint that left no start, or None when there is one."""
        return next((name for name, left in self.counters if not left), None)


def find_slots(search: Search, people: Sequence[Availability]) -> Found:
    """Return every start at which all of `people` work and are free for the whole duration."""
    sieve = _Sieve(search, people[0].zone)
    sieve.keep_starts(f"starts in the window{search.label}", sieve.row.all)
    if search.earliest is not None:
        sieve.keep_starts("with notice enough", _from(sieve.row, search.earliest))
    for person in people:
        sieve.keep_time(_hours_name(person), person.timetable.working_row(sieve.row, person.stretch))
    for person in people:
        _sift_days(sieve, person)
    for person in people:
        _sift_busy(sieve, person, search)
    if search.refused:
        sieve.keep_time("not refused before", ~sieve.row.outward(search.refused))
    return sieve.found(people)


class _Sieve:
    """What is left of one window: `starts` as far as a start may be there, `free` as far as time may be used."""

    def __init__(self, search: Search, zone: str) -> None:
        granule = _granule(search, zone)
        self.row = Row.inside(search.window, granule.seconds)
        self.granules = max(1, -(-search.duration // granule))
        self.starts = grid_row(self.row, search.grid, zone)
        self.free = self.row.all
        self.counters: list[tuple[str, int]] = []

    @property
    def left(self) -> int:
        """The starts that are still possible."""
        return self.starts & eroded(self.free, self.granules)

    def keep_starts(self, name: str, granules: int) -> None:
        """Let a meeting start in these granules only."""
        self.starts &= granules
        self.counters.append((name, self.left.bit_count()))

    def keep_time(self, name: str, granules: int) -> None:
        """Let a meeting take these granules only."""
        self.free &= granules
        self.counters.append((name, self.left.bit_count()))

    def found(self, people: Sequence[Availability]) -> Found:
        """Return what is left, and who prefers it."""
        left, liked = self.left, []
        for person in people:
            if person.preferred:
                hours = replace(person.timetable, hours=person.preferred, special=())
                liked.append(left & eroded(self.free & hours.working_row(self.row), self.granules))
        ranks = [sum(1 for bits in liked if not bits >> place & 1) for place in places(left)] if liked else ()
        return Found(self.row.instants(left), tuple(self.counters), tuple(ranks))


def _sift_days(sieve: _Sieve, person: Availability) -> None:
    """Leave out days of leave, and days that have as many meetings as they may."""
    if person.leaves:
        away = person.timetable.away(sieve.row.window)
        sieve.keep_time(f"outside {person.name}'s leave", ~sieve.row.outward(away))
    if person.per_day:
        sieve.keep_starts(f"below {person.name}'s meetings a day", ~sieve.row.outward(_full_days(person)))


def _full_days(person: Availability) -> list[Interval]:
    hours = person.timetable
    days = [day for meeting in person.meetings for day in hours.days_at(meeting.start)]
    return [hours.day(day) for day in sorted(set(days)) if days.count(day) >= person.per_day]


def _sift_busy(sieve: _Sieve, person: Availability, search: Search) -> None:
    if person.busy is None:
        sieve.keep_time(f"with {person.name}'s calendar known", 0)
        return
    blocked = (*person.busy, *person.meetings, *(() if search.tentative else person.soft))
    name = f"free for {person.name}{', tentative time used' if search.tentative and person.soft else ''}"
    sieve.keep_time(name, ~sieve.row.outward(blocked, search.buffer))


def _hours_name(person: Availability) -> str:
    return f"inside {person.name}'s hours{f' or {person.stretch} minutes outside' if person.stretch else ''}"


def _from(row: Row, earliest: datetime) -> int:
    """Return the granules that start at `earliest` or later."""
    return row.inward([Interval(earliest, row.window.end)]) if earliest < row.window.end else 0


def _granule(search: Search, zone: str) -> timedelta:
    """Five minutes divide what is asked, and the local midnights from which the grid counts, or every minute counts."""
    odd = search.duration % FIVE_MINUTES or search.grid % FIVE_MINUTES or not in_fives(search.window, zone)
    return MINUTE if odd else FIVE_MINUTES
