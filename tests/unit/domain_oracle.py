"""The slow truth about hours and slots: one look at the wall clock of every minute, and no arithmetic on offsets."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
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
    blocked = [item.widened(search.buffer) for person in people for item in _blocking(person, search)]
    blocked += list(search.refused)
    working = {m for m in minutes_of(search.window) if all(at_work(person, m) for person in people)}
    found = []
    for start in minutes_of(search.window):
        meeting = Interval(start, start + search.duration)
        fits = start in grid and search.window.contains(meeting) and start >= (search.earliest or start)
        if fits and not any(_shares(meeting, item) for item in blocked):
            found += [start] * (working.issuperset(minutes_of(meeting)) and not any(_full(p, start) for p in people))
    return found


def _blocking(person: Availability, search: Search) -> Sequence[Interval]:
    """Return all that blocks; a calendar that is not known blocks everything."""
    if person.busy is None:
        return [search.window]
    return [*person.busy, *person.meetings, *(() if search.tentative else person.soft)]


def _shares(one: Interval, two: Interval) -> bool:
    return max(one.start, two.start) < min(one.end, two.end)


def at_work(person: Availability, instant: datetime) -> bool:
    """Say whether some clock that she lives by shows her hours, today's or yesterday's, on a day that is not leave."""
    zones = {person.zone, *(travel.zone for travel in person.travels)}
    return any(_at_work_by(person, instant, zone) for zone in sorted(zones)) and not any(
        leave.first <= day <= leave.last for day in her_days(person, instant) for leave in person.leaves
    )


def _at_work_by(person: Availability, instant: datetime, zone: str) -> bool:
    local = instant.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    for day, shown in ((local.date() + n * DAY, minute - n * DAY_MINUTES) for n in (-2, -1, 0, 1)):
        if _zone_on(person, day) == zone and _in_windows(person, day, shown):
            return True
    return False


def _in_windows(person: Availability, day: date, minute: int) -> bool:
    others = [special.hours for special in person.special if special.day == day]
    text = "; ".join(f"mon-sun {part}" for part in others[-1].split(";") if part.strip()) if others else person.hours
    windows = [w for w in (parse_hours(text) if text else ()) if day.weekday() in w.days]
    return any(w.start - person.stretch <= minute < w.end + person.stretch for w in windows)


def _zone_on(person: Availability, day: date) -> str:
    away = [travel.zone for travel in person.travels if travel.first <= day <= travel.last]
    return away[-1] if away else person.zone


def her_days(person: Availability, instant: datetime) -> set[date]:
    """Return which of her days that instant is on."""
    found = set()
    for zone in {person.zone, *(travel.zone for travel in person.travels)}:
        day = instant.astimezone(ZoneInfo(zone)).date()
        if _zone_on(person, day) == zone:
            found.add(day)
    return found


def _full(person: Availability, start: datetime) -> bool:
    """Say whether one of the days of that start has as many meetings as it may."""
    return any(
        person.per_day and sum(day in her_days(person, m.start) for m in person.meetings) >= person.per_day
        for day in her_days(person, start)
    )
