"""Finds another time for a meeting that cannot stay where it is."""

from dataclasses import dataclass
from datetime import datetime

from domain.hours import zone_named
from domain.interval import Interval
from domain.meeting import Meeting
from domain.rules_planning import Turn, search
from domain.sheet import Sheet


@dataclass(frozen=True, slots=True)
class OtherTime:
    """Where a meeting can go, and what that was chosen from (as in PlanMeeting)."""

    time: Interval
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]


def other_time(sheet: Sheet, meeting: Meeting, latest: datetime) -> OtherTime | None:
    """Return the time nearest to the meeting's own, on the same day first, that suits both and begins after the
    charter's notice and not after `latest`; or None.
    """
    charter = sheet.situation.relationship.charter
    earliest = sheet.now + charter.notice
    if earliest > latest:
        return None
    found = search(sheet, Turn(meeting.cycle, meeting.generation, meeting.time.start, earliest, latest))
    zone = zone_named(meeting.zone)
    day = meeting.time.start.astimezone(zone).date()
    same_day = [start for start in found.starts if start.astimezone(zone).date() == day]
    start = min(same_day or found.starts, key=lambda s: (abs(s - meeting.time.start), s), default=None)
    if start is None:
        return None
    starts = tuple(int(s.timestamp()) // 60 for s in found.starts)
    return OtherTime(Interval(start, start + charter.length), starts, found.counters)
