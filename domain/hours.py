"""Weekly working hours on a person's own wall clock, and the UTC stretches that they mean."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import BadInput
from domain.interval import Interval, merged

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
_WINDOW = re.compile(r"([a-z,\-]+)\s+(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
"""Spreadsheets and word processors make dashes of hyphens (Unicode 16, chapter 6.2, "Dashes and Hyphens")."""
_REMEDY = (
    "Write them like 'mon-fri 09:00-17:00; sat 10:00-12:00', with days from mon to sun and times from 00:00 to 24:00."
)


@dataclass(frozen=True, slots=True)
class HoursWindow:
    """One daily window: weekdays (0 is Monday) and minutes since local midnight.

    An end at or before the start is on the next day.
    """

    days: tuple[int, ...]
    start: int
    end: int

    def stretched(self, minutes: int) -> "HoursWindow":
        """Return the window with so many minutes added on both sides."""
        return HoursWindow(self.days, self.start - minutes, self.end + minutes) if minutes else self


@dataclass(frozen=True, slots=True)
class Travel:
    """The days, both included, on which a person lives by the clock of another zone (IANA name)."""

    first: date
    last: date
    zone: str


@dataclass(frozen=True, slots=True)
class Leave:
    """The days, both included, on which a person does not meet at all."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SpecialHours:
    """The hours of one day, in place of the weekly ones: times as text ("09:00-12:00; 14:00-16:00"), "" for none."""

    day: date
    hours: str


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone of that name, or raise BadInput."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            f"There is no time zone called '{name}'.",
            "Give an IANA name such as Europe/Berlin or America/Chicago.",
        ) from None


@lru_cache(maxsize=1024)
def parse_hours(text: str) -> tuple[HoursWindow, ...]:
    """Return the windows that the text means, or raise BadInput; windows are separated by ';'.

    Days may be longer or shorter (mo, monday), hours whole (9-17), and a hyphen any dash.
    """
    parts = [part.strip().lower() for part in text.split(";") if part.strip()]
    if not parts:
        raise BadInput("No working hours are given.", _REMEDY)
    return tuple(_window(part) for part in parts)


def _window(part: str) -> HoursWindow:
    match = _WINDOW.fullmatch(re.sub(r"\s*,\s*", ",", _DASH.sub("-", part)))
    if match is None:
        says = "name no day" if part[0].isdigit() else "are not understood"
        raise BadInput(f"The hours '{part}' {says}.", _REMEDY)
    days, first_hour, first_minute, last_hour, last_minute = match.groups()
    start, end = _minutes(first_hour, first_minute, part), _minutes(last_hour, last_minute, part)
    if start in (end, 24 * 60):
        raise BadInput(f"The hours '{part}' are empty or begin when the day is over.", _REMEDY)
    return HoursWindow(_days(days, part), start, end if end > start else end + 24 * 60)


def _minutes(hour: str, minute: str | None, part: str) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or total > 24 * 60:
        raise BadInput(f"The hours '{part}' name a time that does not exist.", _REMEDY)
    return total


def _days(text: str, part: str) -> tuple[int, ...]:
    days: set[int] = set()
    for piece in text.split(","):
        first, dash, last = piece.partition("-")
        low, high = _day(first, part), _day(last if dash else first, part)
        days.update((low + step) % 7 for step in range((high - low) % 7 + 1))
    return tuple(sorted(days))


def _day(text: str, part: str) -> int:
    for number, day in enumerate(_FULL_DAYS):
        if len(text) > 1 and day.startswith(text):
            return number
    raise BadInput(f"The hours '{part}' name a day that is not known.", _REMEDY)


def working_time(hours: str, zone: str, window: Interval, stretch: int = 0) -> list[Interval]:
    """Return the UTC stretches inside `window` in which someone with these hours works, in order and disjoint.

    Built from stretches of constant offset, so that a window that crosses a clock change keeps only the wall times
    that exist (a gap) and all instants that carry them (an overlap). With `stretch` every daily window begins and ends
    so many minutes outside.
    """
    by_weekday: list[list[HoursWindow]] = [[], [], [], [], [], [], []]
    for daily in parse_hours(hours):
        for weekday in daily.days:
            by_weekday[weekday].append(daily.stretched(stretch))
    found: list[Interval] = []
    for regime, offset in offset_regimes(zone, window):
        found += stretches_of(lambda day: by_weekday[day.weekday()], regime, offset)
    return merged(found)


def stretches_of(
    windows_on: Callable[[date], Iterable[HoursWindow]], regime: Interval, offset: timedelta
) -> Iterator[Interval]:
    """Give the parts of a stretch of constant offset that the windows of the local days around it cover."""
    day = (regime.start + offset).replace(hour=0, minute=0, second=0, microsecond=0) - 2 * DAY
    while day - DAY - offset < regime.end:
        for window in windows_on(day.date()):
            start = max(regime.start, day + timedelta(minutes=window.start) - offset)
            end = min(regime.end, day + timedelta(minutes=window.end) - offset)
            if start < end:
                yield Interval(start, end)
        day += DAY


@lru_cache(maxsize=256)
def offset_regimes(zone: str, window: Interval) -> tuple[tuple[Interval, timedelta], ...]:
    """Return the stretches of `window` in which the zone's offset from UTC is constant, with that offset."""
    info, out, start = zone_named(zone), [], window.start
    while start < window.end:
        offset, end = _offset(info, start), window.end
        probe = start
        while probe < window.end:
            later = min(probe + timedelta(hours=12), window.end)
            if _offset(info, later) != offset:
                end = _change(info, probe, later, offset)
                break
            probe = later
        out.append((Interval(start, end), offset))
        start = end
    return tuple(out)


def _change(info: ZoneInfo, low: datetime, high: datetime, offset: timedelta) -> datetime:
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if _offset(info, middle) == offset else (low, middle)
    return high


def _offset(info: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(info).utcoffset()
    return offset if offset is not None else timedelta()


def at_wall_clock(local_day: datetime, wall: datetime, zone: str) -> datetime:
    """Return the UTC instant of `wall`'s time of day on `local_day`'s date in `zone` (the first of two readings in an
    overlap).
    """
    combined = datetime.combine(local_day.date(), wall.time(), tzinfo=zone_named(zone))
    return combined.astimezone(UTC)


def wall_clock(instant: datetime, zone: str) -> str:
    """Return the local time of an instant as text to the minute, such as "2027-03-16T10:00"."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None).isoformat(timespec="minutes")


def from_wall_clock(wall: str, zone: str) -> datetime:
    """Return the UTC instant of such a text by the rules of the zone as they are known now."""
    return datetime.fromisoformat(wall).replace(tzinfo=zone_named(zone)).astimezone(UTC)


def in_minutes(instants: Iterable[datetime]) -> tuple[int, ...]:
    """Return the instants as whole minutes since 1970 UTC, as events keep them."""
    return tuple(int(instant.timestamp()) // 60 for instant in instants)
