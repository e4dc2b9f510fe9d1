"""Dates, times and rhythms in a reader's language, the same on every machine whatever its locale."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from adapters.mail.catalogue import Catalogue
from domain.hours import HoursWindow, parse_hours
from domain.letters import ClockChange, LocalClock, MeetingTime

MIDNIGHT = 24 * 60


def day(words: Catalogue, value: date) -> str:
    """Return "Tuesday 9 March 2027"."""
    return _dated(words, "time.day", value)


def short_day(words: Catalogue, value: date) -> str:
    """Return "Tuesday 9 March", for a date whose year is plain."""
    return _dated(words, "time.short_day", value)


def when(words: Catalogue, meeting: MeetingTime) -> str:
    """Return the start on every clock, the first one's date leading.

    "Tuesday 9 March 2027, 10:00 in Chicago (CST) · 17:00 in Berlin (CET)". A clock on which it is another day says so,
    and clocks in one zone are shown once.
    """
    leading = _local(meeting.start, meeting.clocks[0]).date()
    spoken = dict.fromkeys(_on_clock(words, meeting.start, whose, leading) for whose in meeting.clocks)
    return words.words("time.start").format(day=day(words, leading), clocks=" · ".join(spoken))


def moment(words: Catalogue, instant: datetime, meeting: MeetingTime) -> str:
    """Return another instant on the reader's own clock: "Monday 8 March 2027, 10:00 in Berlin (CET)"."""
    return when(words, MeetingTime(instant, 0, meeting.clocks[:1]))


def local_day(words: Catalogue, meeting: MeetingTime) -> str:
    """Return the day of the meeting on the reader's own clock, without the year."""
    return short_day(words, _local(meeting.start, meeting.clocks[0]).date())


def example_day(words: Catalogue, meeting: MeetingTime) -> str:
    """Return the Friday of the week after the meeting, to show how a date may be written."""
    local = _local(meeting.start, meeting.clocks[0]).date()
    return short_day(words, local + timedelta(days=11 - local.weekday()))


def every(words: Catalogue, days: int) -> str:
    """Return a cadence in words: "every two weeks", "every 30 days"."""
    if days == 1:
        return words.words("time.every_day")
    if days % 7:
        return words.words("time.every_days").format(number=days)
    weeks = days // 7
    key = "time.every_week" if weeks == 1 else "time.every_weeks"
    return words.words(key).format(number=number(words, weeks))


def change(words: Catalogue, start: datetime, changed: ClockChange) -> tuple[str, str]:
    """Return the hour that a clock shows at that instant, and the one that would be as usual."""
    return clock(words, _local(start, changed.clock).time()), clock(words, changed.usual)


def clock(words: Catalogue, value: time) -> str:
    """Return "16:00"."""
    return words.words("time.clock").format(hour=value.hour, minute=value.minute)


def city(words: Catalogue, zone: str) -> str:
    """Return the place that a zone is named for: "Europe/Berlin" is "Berlin"."""
    last = zone.rpartition("/")[2]
    return words.table_of("time.cities").get(last, last.replace("_", " "))


def hours(words: Catalogue, text: str, zone: str) -> str:
    """Return weekly hours: "Monday to Friday 09:00-17:00 (Berlin)"."""
    windows = words.words("time.another").join(_window(words, window) for window in parse_hours(text))
    return words.words("time.in_zone").format(hours=windows, city=city(words, zone)) if zone else windows


def _window(words: Catalogue, window: HoursWindow) -> str:
    """The end of a window that crosses midnight is said to be on the next day; 24:00 is the end of its own."""
    end = window.end - MIDNIGHT if window.end > MIDNIGHT else window.end
    to = words.words("time.clock").format(hour=end // 60, minute=end % 60)
    return words.words("time.hours").format(
        days=", ".join(_runs(words, window.days)),
        start=words.words("time.clock").format(hour=window.start // 60, minute=window.start % 60),
        end=words.words("time.next_day").format(end=to) if window.end > MIDNIGHT else to,
    )


def _runs(words: Catalogue, days: tuple[int, ...]) -> Iterator[str]:
    """Return runs of at least three weekdays as "Monday to Friday", others one by one."""
    names = words.lines("time.weekdays")
    for _, run in groupby(enumerate(days), lambda pair: pair[1] - pair[0]):
        members = [day for _, day in run]
        if len(members) > 2:
            yield words.words("time.days_range").format(first=names[members[0]], last=names[members[-1]])
        else:
            yield from (words.words("time.single_day").format(day=names[member]) for member in members)


def subject_day(words: Catalogue, value: date) -> str:
    """Return a day as subjects name it: "Tue 9 Mar"."""
    return words.words("time.subject_day").format(
        weekday=words.lines("time.weekdays_short")[value.weekday()],
        day=_day_number(words, value),
        month=words.lines("time.months_short")[value.month - 1],
    )


def number(words: Catalogue, count: int) -> str:
    """Return small numbers as words and large ones as digits."""
    small = words.lines("time.numbers")
    return small[count] if 0 <= count < len(small) else str(count)


def _dated(words: Catalogue, key: str, value: date) -> str:
    return words.words(key).format(
        weekday=words.lines("time.weekdays")[value.weekday()],
        day=_day_number(words, value),
        month=words.lines("time.months")[value.month - 1],
        year=value.year,
    )


def _day_number(words: Catalogue, value: date) -> str:
    """The first of a month is "1er" in French."""
    return str(value.day) if value.day > 1 else words.words("time.first")


def _local(instant: datetime, whose: LocalClock) -> datetime:
    return instant.astimezone(ZoneInfo(whose.zone))


def _on_clock(words: Catalogue, instant: datetime, whose: LocalClock, leading: date) -> str:
    local = _local(instant, whose)
    prefix = "" if local.date() == leading else f"{short_day(words, local.date())}, "
    return f"{prefix}{_place(words, whose.zone, local)}"


def _place(words: Catalogue, zone: str, local: datetime) -> str:
    """Return "10:00 in Chicago (CST)"; zones without a city are only their name."""
    name = local.tzname() or ""
    spoken = f"UTC{name}" if name[:1] in ("+", "-") else words.table_of("time.zones").get(name, name)
    shown = clock(words, local.time())
    area, _, _ = zone.rpartition("/")
    if not area or area == "Etc":
        return words.words("time.no_place").format(clock=shown, zone=spoken)
    return words.words("time.place").format(clock=shown, city=city(words, zone), zone=spoken)
