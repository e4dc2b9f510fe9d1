"""Finds another time for a meeting that cannot stay where it is."""

from dataclasses import dataclass
from datetime import datetime

from domain.finding import choose_time, search
from domain.hours import in_minutes, zone_named
from domain.interval import Interval
from domain.meeting import Meeting
from domain.sheet import Sheet
from domain.turns import Turn


@dataclass(frozen=True, slots=True)
class OtherTime:
    """Where a meeting can go, and what that was chosen from (as in PlanMeeting), where there was a choice."""

    time: Interval
    starts: tuple[int, ...] = ()
    counters: tuple[tuple[str, int], ...] = ()


def other_time(sheet: Sheet, meeting: Meeting, latest: datetime) -> OtherTime | None:
    """Return the time nearest to the meeting's own, on the same day first, that suits both and begins after the
    charter's notice and not after `latest`; or None.
    """
    charter = sheet.situation.relationship.charter
    earliest = sheet.now + charter.notice
    if earliest > latest:
        return None
    turn = Turn(meeting.cycle, meeting.generation, meeting.time.start, earliest, latest)
    found = search(sheet, turn)
    if not found.starts:
        return _yielding(sheet, turn)
    zone = zone_named(meeting.zone)
    day = meeting.time.start.astimezone(zone).date()
    same_day = [start for start in found.starts if start.astimezone(zone).date() == day]
    start = min(same_day or found.starts, key=lambda s: (abs(s - meeting.time.start), s))
    return OtherTime(Interval(start, start + charter.length), in_minutes(found.starts), found.counters)


def _yielding(sheet: Sheet, turn: Turn) -> OtherTime | None:
    """Return the best time once what the charter lets yield has yielded, or None."""
    choice = choose_time(sheet, turn)
    if choice.time is None:
        return None
    return OtherTime(choice.time, in_minutes(choice.found.starts), choice.found.counters)
