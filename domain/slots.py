"""Finds every time at which people can meet, and says which constraint left how many.

Time is a row of bits, one per granule of 5 minutes (of one where 5 do not divide what is asked), so that "free for
both for 45 minutes" is a handful of integer operations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.hours import working_time, zone_named
from domain.interval import Interval

FIVE_MINUTES = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Availability:
    """One person's side of a search: zone, weekly hours as text, and the stretches that block her time."""

    name: str
    zone: str
    hours: str
    busy: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a meeting wholly inside `window`, starting on a grid that counts from the first person's
    local midnight.

    `buffer` lies on both sides of everything busy; `refused` are times at which this meeting was declined before.
    """

    window: Interval
    duration: timedelta
    grid: timedelta = timedelta(minutes=15)
    buffer: timedelta = timedelta()
    refused: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All feasible starts in order (UTC) and how many starts were left after each constraint, in the order of their
    use.
    """

    starts: tuple[datetime, ...]
    counters: tuple[tuple[str, int], ...]

    def nearest(self, target: datetime) -> datetime | None:
        """Return the start nearest to `target`, the earlier of two equally near ones, or None."""
        return min(self.starts, key=lambda start: (abs(start - target), start), default=None)


def find_slots(search: Search, people: Sequence[Availability]) -> Found:
    """Return every start at which all of `people` work and are free for the whole duration."""
    row = _Row(search.window, _granule(search))
    granules = max(1, -(-search.duration // row.granule))
    possible = row.grid(search.grid, people[0].zone) & _erode(row.all, granules)
    counters = [("starts in the window", possible.bit_count())]
    free = row.all
    for person in people:
        free &= row.inward(working_time(person.hours, person.zone, row.window))
        counters.append((f"inside {person.name}'s hours", (possible & _erode(free, granules)).bit_count()))
    for person in people:
        free &= ~row.outward([item.widened(search.buffer) for item in person.busy])
        counters.append((f"free for {person.name}", (possible & _erode(free, granules)).bit_count()))
    if search.refused:
        free &= ~row.outward(search.refused)
        counters.append(("not refused before", (possible & _erode(free, granules)).bit_count()))
    return Found(row.instants(possible & _erode(free, granules)), tuple(counters))


class _Row:
    """The granules of one window as the bits of an integer; bit 0 is the first whole granule."""

    def __init__(self, window: Interval, granule: timedelta) -> None:
        first = -((EPOCH - window.start) // granule)
        self.granule = granule
        self.origin = EPOCH + first * granule
        self.size = max(0, (window.end - self.origin) // granule)
        self.all = (1 << self.size) - 1
        self.window = Interval(self.origin, self.origin + self.size * granule)

    def inward(self, intervals: Sequence[Interval]) -> int:
        """Return the granules that lie wholly inside one of the stretches."""
        bits = 0
        for item in intervals:
            bits |= self._span(-((self.origin - item.start) // self.granule), (item.end - self.origin) // self.granule)
        return bits

    def outward(self, intervals: Sequence[Interval]) -> int:
        """Return the granules that share an instant with one of the stretches."""
        bits = 0
        for item in intervals:
            bits |= self._span((item.start - self.origin) // self.granule, -((self.origin - item.end) // self.granule))
        return bits

    def _span(self, low: int, high: int) -> int:
        low, high = max(low, 0), min(high, self.size)
        return ((1 << (high - low)) - 1) << low if high > low else 0

    def grid(self, step: timedelta, zone: str) -> int:
        """Return the granules on the grid.

        Counted from local midnight, so each local day is laid out anew.
        """
        info, bits = zone_named(zone), 0
        day = self.window.start.astimezone(info).date() - timedelta(days=1)
        while (midnight := datetime(day.year, day.month, day.day, tzinfo=info).astimezone(UTC)) < self.window.end:
            day += timedelta(days=1)
            following = datetime(day.year, day.month, day.day, tzinfo=info).astimezone(UTC)
            while midnight < following:
                offset, rest = divmod(midnight - self.origin, self.granule)
                if not rest and 0 <= offset < self.size:
                    bits |= 1 << offset
                midnight += step
        return bits

    def instants(self, bits: int) -> tuple[datetime, ...]:
        """Return the instants of the set granules in order."""
        out = []
        while bits:
            low = bits & -bits
            out.append(self.origin + (low.bit_length() - 1) * self.granule)
            bits ^= low
        return tuple(out)


def _erode(free: int, granules: int) -> int:
    """Keep the granules from which `granules` in a row are free, by doubling."""
    have = 1
    while have < granules:
        step = min(have, granules - have)
        free &= free >> step
        have += step
    return free


def _granule(search: Search) -> timedelta:
    return MINUTE if search.duration % FIVE_MINUTES or search.grid % FIVE_MINUTES else FIVE_MINUTES
