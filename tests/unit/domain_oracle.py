"""The slow truth about hours and slots: one look at the wall clock of every minute, and no arithmetic on offsets."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.hours import HoursWindow, parse_hours
from domain.interval import Interval
from domain.slots import Availability, Search

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
DAY = timedelta(days=1)


def minutes_of(window: Interval, step: timedelta = MINUTE) -> Iterator[datetime]:
    """Give every instant of the window that lies a whole number of steps after its start."""
    instant = window.start
    while instant < window.end:
        yield instant
        instant += step


def works_at(windows: Sequence[HoursWindow], instant: datetime, zone: ZoneInfo) -> bool:
    """Say whether the wall clock at that instant lies in one of the windows, today's or yesterday's."""
    local = instant.astimezone(zone)
    minute = local.hour * 60 + local.minute
    today, yesterday = local.weekday(), (local.weekday() - 1) % 7
    return any(
        (today in w.days and w.start <= minute < w.end)
        or (yesterday in w.days and w.start <= minute + DAY_MINUTES < w.end)
        for w in windows
    )


def runs(instants: Sequence[datetime], step: timedelta = MINUTE) -> list[Interval]:
    """Return the stretches that the instants cover, in order."""
    out: list[Interval] = []
    for instant in instants:
        if out and out[-1].end == instant:
            out[-1] = Interval(out[-1].start, instant + step)
        else:
            out.append(Interval(instant, instant + step))
    return out


def grid_by_hand(window: Interval, grid: timedelta, zone: ZoneInfo) -> set[datetime]:
    """Return the instants that lie whole steps of elapsed time after the moment at which the local date changed."""
    found, elapsed = set(), timedelta()
    date = (window.start - 2 * DAY).astimezone(zone).date()
    for instant in minutes_of(Interval(window.start - 2 * DAY, window.end)):
        elapsed += MINUTE
        if instant.astimezone(zone).date() != date:
            date, elapsed = instant.astimezone(zone).date(), timedelta()
        if elapsed % grid == timedelta():
            found.add(instant)
    return found


def starts_by_hand(search: Search, people: Sequence[Availability]) -> list[datetime]:
    """Return every start that works, by trying each minute and looking at each minute of the meeting."""
    grid = grid_by_hand(search.window, search.grid, ZoneInfo(people[0].zone))
    blocked = [item.widened(search.buffer) for person in people for item in person.busy]
    blocked += list(search.refused)
    working = _all_at_work(search.window, people)
    found = []
    for start in minutes_of(search.window):
        meeting = Interval(start, start + search.duration)
        fits = start in grid and search.window.contains(meeting)
        if fits and not any(meeting.overlaps(item) for item in blocked):
            found += [start] * working.issuperset(minutes_of(meeting))
    return found


def _all_at_work(window: Interval, people: Sequence[Availability]) -> set[datetime]:
    """Return the minutes of the window at which everybody works."""
    sides = [(parse_hours(person.hours), ZoneInfo(person.zone)) for person in people]
    return {m for m in minutes_of(window) if all(works_at(hours, m, zone) for hours, zone in sides)}
