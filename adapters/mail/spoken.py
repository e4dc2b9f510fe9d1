"""Dates, times and rhythms in a reader's language, the same on every machine whatever its locale."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.mail.catalogue import Catalogue
from domain.letters import LocalClock, MeetingTime


def day(words: Catalogue, value: date) -> str:
    """Return "Tuesday 9 March 2027"."""
    return _dated(words, "time.day", value)


def short_day(words: Catalogue, value: date) -> str:
    """Return "Tuesday 9 March", for a date whose year is plain."""
    return _dated(words, "time.short_day", value)


def when(words: Catalogue, time: MeetingTime) -> str:
    """Return the start on every clock, the first one's date leading.

    "Tuesday 9 March 2027, 10:00 in Chicago (CST) · 17:00 in Berlin (CET)". A clock on which it is another day says so,
    and clocks in one zone are shown once.
    """
    leading = _local(time.start, time.clocks[0]).date()
    spoken = dict.fromkeys(_on_clock(words, time.start, clock, leading) for clock in time.clocks)
    return words.words("time.start").format(day=day(words, leading), clocks=" · ".join(spoken))


def moment(words: Catalogue, instant: datetime, time: MeetingTime) -> str:
    """Return another instant on the reader's own clock: "Monday 8 March 2027, 10:00 in Berlin (CET)"."""
    return when(words, MeetingTime(instant, 0, time.clocks[:1]))


def local_day(words: Catalogue, time: MeetingTime) -> str:
    """Return the day of the meeting on the reader's own clock, without the year."""
    return short_day(words, _local(time.start, time.clocks[0]).date())


def example_day(words: Catalogue, time: MeetingTime) -> str:
    """Return the Friday of the week after the meeting, to show how a date may be written."""
    local = _local(time.start, time.clocks[0]).date()
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


def number(words: Catalogue, count: int) -> str:
    """Return small numbers as words and large ones as digits."""
    small = words.lines("time.numbers")
    return small[count] if 0 <= count < len(small) else str(count)


def _dated(words: Catalogue, key: str, value: date) -> str:
    return words.words(key).format(
        weekday=words.lines("time.weekdays")[value.weekday()],
        day=value.day if value.day > 1 else words.words("time.first").format(day=1),
        month=words.lines("time.months")[value.month - 1],
        year=value.year,
    )


def _local(instant: datetime, clock: LocalClock) -> datetime:
    return instant.astimezone(ZoneInfo(clock.zone))


def _on_clock(words: Catalogue, instant: datetime, clock: LocalClock, leading: date) -> str:
    local = _local(instant, clock)
    prefix = "" if local.date() == leading else f"{short_day(words, local.date())}, "
    return f"{prefix}{_place(words, clock.zone, local)}"


def _place(words: Catalogue, zone: str, local: datetime) -> str:
    """Return "10:00 in Chicago (CST)"; zones without a city are only their name."""
    name = local.tzname() or ""
    spoken = f"UTC{name}" if name[:1] in ("+", "-") else words.table_of("time.zones").get(name, name)
    clock = words.words("time.clock").format(hour=local.hour, minute=local.minute)
    area, _, last = zone.rpartition("/")
    if not area or area == "Etc":
        return words.words("time.no_place").format(clock=clock, zone=spoken)
    city = words.table_of("time.cities").get(last, last.replace("_", " "))
    return words.words("time.place").format(clock=clock, city=city, zone=spoken)
