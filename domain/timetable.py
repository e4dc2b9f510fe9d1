"""When one person may be met: weekly hours, other zones while she travels, other hours on single days, and leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial

from domain.hours import (
    DAY,
    HoursWindow,
    Leave,
    SpecialHours,
    Travel,
    offset_regimes,
    parse_hours,
    stretches_of,
    working_time,
    zone_named,
)
from domain.interval import Interval, merged
from domain.row import WEEK_SECONDS, Row, joined_weeks, seconds


@dataclass(frozen=True, slots=True)
class Timetable:
    """A person's hours in the round.

    A day that she spends travelling is a day of the other zone's calendar, with her weekly hours on that clock. Of two
    entries about one day the later one counts.
    """

    zone: str
    hours: str
    travels: tuple[Travel, ...] = ()
    leaves: tuple[Leave, ...] = ()
    special: tuple[SpecialHours, ...] = ()

    def zone_on(self, day: date) -> str:
        """Return the zone by whose clock she lives on that day."""
        found = [travel.zone for travel in self.travels if travel.first <= day <= travel.last]
        return found[-1] if found else self.zone

    def zone_at(self, instant: datetime) -> str:
        """Return the zone by whose clock she lives on the day that the instant is at home."""
        return self.zone_on(instant.astimezone(zone_named(self.zone)).date())

    def working(self, window: Interval, stretch: int = 0) -> list[Interval]:
        """Return the UTC stretches inside `window` at which she works, in order and disjoint.

        With `stretch` every daily window begins and ends so many minutes outside.
        """
        if not self.travels and not self.special:
            return working_time(self.hours, self.zone, window, stretch)
        found: list[Interval] = []
        for zone in self._zones():
            windows_on = partial(self._windows, zone, stretch)
            for regime, offset in offset_regimes(zone, window):
                found += stretches_of(windows_on, regime, offset)
        return merged(found)

    def working_row(self, row: Row, stretch: int = 0) -> int:
        """Return the granules that lie wholly inside her hours."""
        if self.travels or self.special:
            return row.inward(self.working(row.window, stretch))
        return row.of_weeks(partial(_weeks_of_hours, self.hours, self.zone, stretch, row.granule))

    def away(self, window: Interval) -> list[Interval]:
        """Return the days of leave that touch the window."""
        found = []
        first, last = window.start.date() - 2 * DAY, window.end.date() + 2 * DAY
        for leave in self.leaves:
            day = max(leave.first, first)
            while day <= min(leave.last, last):
                found.append(self.day(day))
                day += DAY
        return merged(item for item in found if item.overlaps(window))

    def day(self, day: date) -> Interval:
        """Return one of her days, from midnight to midnight."""
        zone = self.zone_on(day)
        return Interval(midnight(day, zone), midnight(day + DAY, zone))

    def days_at(self, instant: datetime) -> tuple[date, ...]:
        """Return which of her days that instant is on: one, but none or two around a flight."""
        days = {zone: instant.astimezone(zone_named(zone)).date() for zone in self._zones()}
        return tuple(sorted({day for zone, day in days.items() if self.zone_on(day) == zone}))

    def _zones(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.zone, *(travel.zone for travel in self.travels))))

    def _windows(self, zone: str, stretch: int, day: date) -> Iterator[HoursWindow]:
        if self.zone_on(day) != zone:
            return
        texts = [special.hours for special in self.special if special.day == day]
        text = _every_day(texts[-1]) if texts else self.hours
        for window in parse_hours(text) if text else ():
            if day.weekday() in window.days:
                yield window.stretched(stretch)


def midnight(day: date, zone: str) -> datetime:
    """Return the UTC instant at which a local day begins: the first one where midnight comes twice, and the moment of
    the change where there is none.
    """
    return datetime(day.year, day.month, day.day, tzinfo=zone_named(zone)).astimezone(UTC)


def grid_row(row: Row, step: timedelta, zone: str) -> int:
    """Return the granules on a grid of `step` that is laid out anew from each local midnight."""
    return row.of_weeks(partial(_weeks_of_grid, step, zone, row.granule))


def in_fives(window: Interval, zone: str) -> bool:
    """Say whether the zone's clock differs from UTC by a multiple of five minutes all through the window."""
    first, last = seconds(window.start) // WEEK_SECONDS, seconds(window.end) // WEEK_SECONDS
    return _weeks_in_fives(zone, first, last + 1)


def _every_day(times: str) -> str:
    return "; ".join(f"mon-sun {part.strip()}" for part in times.split(";") if part.strip())


@lru_cache(maxsize=2048)
def _weeks_of_hours(hours: str, zone: str, stretch: int, granule: int, week: int, number: int) -> int:
    return joined_weeks(partial(_week_of_hours, hours, zone, stretch, granule), week, number, granule)


@lru_cache(maxsize=1024)
def _weeks_of_grid(step: timedelta, zone: str, granule: int, week: int, number: int) -> int:
    return joined_weeks(partial(_week_of_grid, step, zone, granule), week, number, granule)


@lru_cache(maxsize=1024)
def _weeks_in_fives(zone: str, first: int, end: int) -> bool:
    return all(_week_in_fives(zone, week) for week in range(first, end))


@lru_cache(maxsize=8192)
def _week_of_hours(hours: str, zone: str, stretch: int, granule: int, week: int) -> int:
    row = Row.of_week(week, granule)
    return row.inward(working_time(hours, zone, row.window, stretch))


@lru_cache(maxsize=4096)
def _week_in_fives(zone: str, week: int) -> bool:
    window = Row.of_week(week, 60).window
    return not any(offset % timedelta(minutes=5) for _, offset in offset_regimes(zone, window))


@lru_cache(maxsize=4096)
def _week_of_grid(step: timedelta, zone: str, granule: int, week: int) -> int:
    row, bits = Row.of_week(week, granule), 0
    window, width = row.window, timedelta(seconds=granule)
    day = window.start.date() - 2 * DAY
    while (instant := midnight(day, zone)) < window.end:
        day += DAY
        following = midnight(day, zone)
        while instant < following:
            place, rest = divmod(instant - window.start, width)
            if not rest and 0 <= place < row.size:
                bits |= 1 << place
            instant += step
    return bits
