"""Half-open stretches of time, always in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The instants from `start` up to but not including `end`; both aware and UTC, start <= end."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an interval needs aware instants")
        if self.end < self.start:
            raise ValueError("an interval ends before it starts")

    def overlaps(self, other: "Interval") -> bool:
        """Say whether the two share an instant."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Interval") -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def widened(self, by: timedelta) -> "Interval":
        """Return this stretch with `by` added on both sides."""
        return Interval(self.start - by, self.end + by)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union as disjoint stretches in order; touching stretches join."""
    out: list[Interval] = []
    for item in sorted(intervals):
        if out and item.start <= out[-1].end:
            out[-1] = Interval(out[-1].start, max(out[-1].end, item.end))
        else:
            out.append(item)
    return out


def without(whole: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """Return what is left of a stretch when others are taken out of it, in order."""
    out, start = [], whole.start
    for item in merged(item for item in taken if item.overlaps(whole)):
        if start < item.start:
            out.append(Interval(start, item.start))
        start = item.end
    if start < whole.end:
        out.append(Interval(start, whole.end))
    return out
