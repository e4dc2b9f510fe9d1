"""A stretch of time as the bits of one integer, one for each granule, so that sets of instants are cheap to combine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.interval import Interval

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEK_SECONDS = 7 * 86_400
NOTHING = timedelta()


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

        Written as digits and read as one number: with hundreds of stretches that costs half of joining integers.
        """
        granule, size, around = self.granule, self.size, _span(margin)
        origin, length = self.first * granule - around, size * granule
        start, digits, marked = EPOCH + timedelta(seconds=origin), bytearray(b"0") * size, False
        for item in intervals:
            since = item.start - start
            low = since.days * 86_400 + since.seconds
            since = item.end - start
            high = since.days * 86_400 + since.seconds + bool(since.microseconds)
            low -= 2 * around
            if low < length and 0 < high > low:
                low, high = max(low // granule, 0), min(-(-high // granule), size)
                digits[size - high : size - low] = b"1" * (high - low)
                marked = True
        return int(digits, 2) if marked and size else 0

    def weekly(self, of_week: Callable[[int], int]) -> int:
        """Return the granules that are set in the rows of the weeks, asking for each week once."""
        length, bits = WEEK_SECONDS // self.granule, 0
        for week in range(self.first // length, (self.first + self.size - 1) // length + 1):
            away = week * length - self.first
            bits |= of_week(week) << away if away >= 0 else of_week(week) >> -away
        return bits & self.all

    def instants(self, bits: int) -> tuple[datetime, ...]:
        """Return the starts of the set granules in order."""
        origin, granule = self.instant(0), self.granule
        return tuple(origin + timedelta(seconds=place * granule) for place in places(bits))


def places(bits: int) -> list[int]:
    """Return the numbers of the set bits in order."""
    digits, out = bin(bits)[:1:-1], []
    place = digits.find("1")
    while place >= 0:
        out.append(place)
        place = digits.find("1", place + 1)
    return out


def eroded(free: int, granules: int) -> int:
    """Keep the granules from which `granules` in a row are free, by doubling."""
    have = 1
    while have < granules:
        step = min(have, granules - have)
        free &= free >> step
        have += step
    return free


def seconds(instant: datetime) -> int:
    """Return whole seconds since 1970 (UTC), rounded down."""
    since = instant - EPOCH
    return since.days * 86_400 + since.seconds


def _span(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds
