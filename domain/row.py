"""A stretch of time as the bits of one integer, one for each granule, so that sets of instants are cheap to combine."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from domain.interval import Interval

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_SECONDS = 86_400
WEEK_SECONDS = 7 * DAY_SECONDS
NOTHING = timedelta()
_ONE = re.compile("1")


@dataclass(frozen=True, slots=True)
class Row:
    """`size` granules of `granule` seconds each; bit 0 stands for granule `first`, counted from 1970 (UTC)."""

    first: int
    size: int
    granule: int

    @classmethod
    def inside(cls, window: Interval, granule: int) -> "Row":
        """Return the row of all whole granules inside the window."""
        first = -(-seconds(window.start) // granule)
        return cls(first, max(0, seconds(window.end) // granule - first), granule)

    @classmethod
    def of_week(cls, week: int, granule: int) -> "Row":
        """Return the row of one week; weeks are counted from the Thursday that 1970 began with."""
        length = WEEK_SECONDS // granule
        return cls(week * length, length, granule)

    @property
    def all(self) -> int:
        """Every granule."""
        return (1 << self.size) - 1

    @property
    def window(self) -> Interval:
        """The time that the granules cover."""
        return Interval(self.instant(0), self.instant(self.size))

    def instant(self, place: int) -> datetime:
        """Return the start of the granule at that place."""
        return EPOCH + timedelta(seconds=(self.first + place) * self.granule)

    def inward(self, intervals: Iterable[Interval]) -> int:
        """Return the granules that lie wholly inside one of the stretches."""
        bits = 0
        for item in intervals:
            low = max(-(-seconds(item.start) // self.granule) - self.first, 0)
            high = min(seconds(item.end) // self.granule - self.first, self.size)
            if high > low:
                bits |= ((1 << (high - low)) - 1) << low
        return bits

    def outward(self, intervals: Iterable[Interval], margin: timedelta = NOTHING) -> int:
        """Return the granules that share an instant with one of the stretches, each widened by `margin`.

        What lies within one of the window's days is marked in a small number, and these are joined in the end: with
        hundreds of stretches in a window of weeks that costs a third of marking each in one large number.
        """
        granule, prefix, others = self.granule, _prefixes(), []
        days = [0] * (self.size * granule // DAY_SECONDS + 1)
        begin, last = self.instant(0), len(days)
        # The end itself is not part of a stretch, so the last granule is that of the instant before it.
        low, high = begin + margin, begin - margin + timedelta.resolution
        for item in intervals:
            since, until = item.start - low, item.end - high
            day = since.days
            if until.days == day and 0 <= day < last:
                if since <= until:
                    days[day] |= prefix[until.seconds // granule + 1] ^ prefix[since.seconds // granule]
            elif since <= until:
                others.append((_span(since) // granule, _span(until) // granule + 1))
        bits = _joined(days, granule)
        for first, end in others:
            first, end = max(first, 0), min(end, self.size)
            bits |= (1 << end) - (1 << first) if end > first else 0
        return bits & self.all

    def of_weeks(self, weeks: Callable[[int, int], int]) -> int:
        """Return the granules that are set in a row of whole weeks, asking for the first one and how many."""
        length = WEEK_SECONDS // self.granule
        week, away = divmod(self.first, length)
        return weeks(week, (away + self.size) // length + 1) >> away & self.all

    def instants(self, bits: int) -> tuple[datetime, ...]:
        """Return the starts of the set granules in order."""
        length = WEEK_SECONDS // self.granule
        week, away = divmod(self.first, length)
        instants = _instants_of_weeks(week, (away + self.size) // length + 1, self.granule)
        return tuple([instants[digit.start()] for digit in _ONE.finditer(bin(bits << away)[:1:-1])])


def joined_weeks(of_week: Callable[[int], int], week: int, number: int, granule: int) -> int:
    """Return the rows of so many weeks as one."""
    length, bits = WEEK_SECONDS // granule, 0
    for place in range(number):
        bits |= of_week(week + place) << place * length
    return bits


def places(bits: int) -> list[int]:
    """Return the numbers of the set bits in order."""
    return [digit.start() for digit in _ONE.finditer(bin(bits)[:1:-1])]


def eroded(free: int, granules: int) -> int:
    """Keep the granules from which `granules` in a row are free, by doubling."""
    have = 1
    while 2 * have < granules:
        free &= free >> have
        have *= 2
    return free & free >> (granules - have) if granules > have else free


def _joined(days: list[int], granule: int) -> int:
    """Return the numbers of all days as one; a day has a whole number of bytes, as granules are minutes or fives."""
    length = DAY_SECONDS // granule // 8
    return int.from_bytes(b"".join([day.to_bytes(length, "little") for day in days]), "little")


@cache
def _prefixes() -> tuple[int, ...]:
    """Return for each number of granules of a day the number whose lowest bits they are; a day has 1,440 minutes."""
    return tuple((1 << number) - 1 for number in range(DAY_SECONDS // 60 + 1))


@lru_cache(maxsize=16)
def _instants_of_weeks(week: int, number: int, granule: int) -> tuple[datetime, ...]:
    return tuple(instant for place in range(number) for instant in _instants_of_week(week + place, granule))


@lru_cache(maxsize=32)
def _instants_of_week(week: int, granule: int) -> tuple[datetime, ...]:
    row = Row.of_week(week, granule)
    return tuple(row.instant(place) for place in range(row.size))


def seconds(instant: datetime) -> int:
    """Return whole seconds since 1970 (UTC), rounded down."""
    since = instant - EPOCH
    return since.days * 86_400 + since.seconds


def _span(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds
