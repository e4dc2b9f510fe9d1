"""Holds the wall clocks that were agreed on against the time zone rules as they are known now."""

from dataclasses import dataclass
from datetime import datetime

from domain.by import CLI, SERVICE, By
from domain.errors import MentorsyncError
from domain.hours import from_wall_clock
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.relationship import Relationship
from service.house import House, organiser_id
from service.unreadable import readable

SHIFTED = "shifted"
KEPT = "kept"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One coming meeting whose wall clock means another instant by the present rules.

    `was` and `by_rules` are the two instants (UTC). `outcome` is "shifted" (the calendar shows it at the new one, which
    is recorded and told to both), "kept" (the calendar shows something else, so nothing is changed) or "unknown" (the
    calendar could not be asked; `reason` says why).
    """

    relationship: str
    meeting: str
    zone: str
    wall: str
    was: datetime
    by_rules: datetime
    outcome: str
    reason: str


def recheck(house: House) -> tuple[Rechecked, ...]:
    """Look at every coming meeting; only those that differ are returned, and past ones are never touched.

    A stream that cannot be read is passed over: the doctor names it.
    """
    found = []
    for summary in house.streams.summaries("relationship"):
        relationship = readable(house, summary.id)
        meeting = relationship.meetings.current if relationship is not None else None
        if relationship is not None and meeting is not None and _differs(meeting, house.now()):
            found.append(_settled(house, relationship, meeting))
    return tuple(found)


def _differs(meeting: Meeting, now: datetime) -> bool:
    coming = meeting.state is MeetingState.BOOKED and meeting.time.start > now
    return coming and bool(meeting.wall) and from_wall_clock(meeting.wall, meeting.zone) != meeting.time.start


def _settled(house: House, relationship: Relationship, meeting: Meeting) -> Rechecked:
    start = from_wall_clock(meeting.wall, meeting.zone)
    outcome, reason = KEPT, "the calendar shows another time"
    try:
        if _shown_at(house, relationship, meeting) == start:
            outcome, reason = SHIFTED, ""
            by = By(SERVICE, CLI, relationship.charter.clause("pins"), house.now())
            time = Interval(start, start + (meeting.time.end - meeting.time.start))
            relationship.change_rules(meeting.ref, time, house.identity.tzdata, by)
            house.streams.save(relationship, now=house.now())
    except MentorsyncError as trouble:
        outcome, reason = UNKNOWN, trouble.problem
    facts = (meeting.ref, meeting.zone, meeting.wall, meeting.time.start, start)
    return Rechecked(str(relationship.id), *facts, outcome, reason)


def _shown_at(house: House, relationship: Relationship, meeting: Meeting) -> datetime | None:
    calendar, account = house.calendar_of(organiser_id(meeting.organiser, relationship))
    entry = calendar.read(account, meeting.event_id)
    return entry.time.start if entry is not None and not entry.cancelled else None
