"""Dates, times and rhythms in plain English, the same on every machine whatever its locale."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.letters import ActionLine, LocalClock, MeetingTime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day(value: date) -> str:
    """Return "Tuesday 9 March 2027"."""
    return f"{short_day(value)} {value.year}"


def short_day(value: date) -> str:
    """Return "Tuesday 9 March", for a date whose year is plain."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def when(time: MeetingTime) -> str:
    """Return the start on every clock, the first one's date leading.

    "Tuesday 9 March 2027, 10:00 in Chicago (CST) · 17:00 in Berlin (CET)". A clock on which it is another day says so,
    and clocks in one zone are shown once.
    """
    leading = _local(time.start, time.clocks[0]).date()
    spoken = dict.fromkeys(_on_clock(time.start, clock, leading) for clock in time.clocks)
    return f"{day(leading)}, {' · '.join(spoken)}"


def moment(instant: datetime, time: MeetingTime) -> str:
    """Return another instant on the reader's own clock: "Monday 8 March 2027, 10:00 in Berlin (CET)"."""
    return when(MeetingTime(instant, 0, time.clocks[:1]))


def local_day(time: MeetingTime) -> str:
    """Return the day of the meeting on the reader's own clock, without the year."""
    return short_day(_local(time.start, time.clocks[0]).date())


def example_day(time: MeetingTime) -> str:
    """Return the Friday of the week after the meeting, to show how a date may be written."""
    local = _local(time.start, time.clocks[0]).date()
    return short_day(local + timedelta(days=11 - local.weekday()))


def every(days: int) -> str:
    """Return a cadence in words: "every two weeks", "every 30 days"."""
    if days == 1:
        return "every day"
    if days % 7:
        return f"every {days} days"
    weeks = days // 7
    return "every week" if weeks == 1 else f"every {number(weeks)} weeks"


def number(count: int) -> str:
    """Return small numbers as words and large ones as digits."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """Return "one question", "three questions"."""
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")


def owed_by(actions: Iterable[ActionLine], owner: str) -> tuple[ActionLine, ...]:
    """Return the actions that are still open and that person's."""
    return tuple(action for action in actions if action.owner == owner and not action.done)


def _local(instant: datetime, clock: LocalClock) -> datetime:
    return instant.astimezone(ZoneInfo(clock.zone))


def _on_clock(instant: datetime, clock: LocalClock, leading: date) -> str:
    local = _local(instant, clock)
    prefix = "" if local.date() == leading else f"{short_day(local.date())}, "
    return f"{prefix}{local:%H:%M} {_place(clock.zone, local.tzname() or '')}"


def _place(zone: str, name: str) -> str:
    """Return "in Chicago (CST)"; zones without a city are only their name."""
    spoken = f"UTC{name}" if name[:1] in ("+", "-") else name
    area, _, city = zone.rpartition("/")
    if not area or area == "Etc":
        return spoken
    return f"in {city.replace('_', ' ')} ({spoken})"
