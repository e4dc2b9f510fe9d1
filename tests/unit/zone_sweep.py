"""Holds hours, grids and journeys against the wall clock of every minute around the changes of a zone's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from domain.hours import Travel, parse_hours, working_time
from domain.interval import Interval
from domain.row import Row, seconds
from domain.slots import Availability
from domain.timetable import grid_row
from tests.unit.domain_oracle import at_work, grid_by_hand, minutes_of, runs, works_at

HOURS = (
    "mon-sun 00:20-02:10; mon-sun 02:40-03:05; sat-sun 23:10-24:00; sun 22:30-00:05",
    "mon-fri 09:00-17:00; sat-sun 01:30-03:30",
    "mon-sun 22:00-06:00",
    "mon-sun 00:00-24:00",
)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
GRID = timedelta(minutes=45)


def zones() -> list[str]:
    """Return every zone of the pinned rules, in order."""
    return sorted(available_timezones() - {"localtime"})


def changes(zone: str, step: timedelta = timedelta(hours=3)) -> list[datetime]:
    """Return every instant of 2026 to 2028 at which the zone's offset changes, to the half hour, by asking its clock.

    No two changes lie nearer together than a few days, so that looking every few hours finds them all.
    """
    info, out = ZoneInfo(zone), []
    instant, offset = FIRST, FIRST.astimezone(info).utcoffset()
    while instant < LAST:
        later = instant + step
        if later.astimezone(info).utcoffset() != offset:
            while instant.astimezone(info).utcoffset() == offset:
                instant += HALF_HOUR
            out.append(instant)
            offset = later.astimezone(info).utcoffset()
        instant = later
    return out


def disagreements(zone: str, change: datetime) -> Iterator[str]:
    """Give what the arithmetic says otherwise than the wall clock in the hours around one change."""
    info, window = ZoneInfo(zone), Interval(change - timedelta(hours=7), change + timedelta(hours=6))
    for hours in HOURS:
        windows = parse_hours(hours)
        shown = runs([minute for minute in minutes_of(window) if works_at(windows, minute, info)])
        if working_time(hours, zone, window) != shown:
            yield f"{zone} at {change}: {hours}"
    row = Row(seconds(window.start) // 60, (window.end - window.start) // timedelta(minutes=1), 60)
    shown_grid = {instant for instant in grid_by_hand(window, GRID, info) if instant >= window.start}
    if set(row.instants(grid_row(row, GRID, zone))) != shown_grid:
        yield f"{zone} at {change}: the grid"
    yield from _journeys(zone, change, window)


def _journeys(zone: str, change: datetime, window: Interval) -> Iterator[str]:
    """A journey into the zone or out of it begins or ends on the day of the change."""
    day = change.astimezone(ZoneInfo(zone)).date()
    for home, away in (("UTC", zone), (zone, "Asia/Kathmandu")):
        travel = Travel(day - DAY, day, away) if home == zone else Travel(day, day + DAY, away)
        person = Availability("her", home, HOURS[0], (), travels=(travel,))
        shown = runs([minute for minute in minutes_of(window) if at_work(person, minute)])
        if person.timetable.working(window) != shown:
            yield f"{home} to {away} at {change}"
