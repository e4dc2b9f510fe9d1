"""A meeting that one of the two wants shorter this time: it keeps its start."""

from datetime import timedelta

from domain.by import By
from domain.decisions import PlanMove
from domain.errors import Refused
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.relationship import Relationship
from domain.rules_conflicts import clash_of, want_move
from domain.sheet import Sheet

SHORTER = timedelta(minutes=15)
"""How long a meeting is that somebody asked to shorten, as the agenda that offers it says."""


def shorten(relationship: Relationship, meeting: Meeting, by: By) -> None:
    """Decide that the meeting is to end earlier; asking again changes nothing."""
    if meeting.state is not MeetingState.BOOKED or meeting.adopted:
        raise Refused("That meeting cannot be shortened by us.", "Change it in your calendar.")
    time = Interval(meeting.time.start, meeting.time.start + SHORTER)
    if time.end < meeting.time.end:
        reason = "one of the two asked for it by mail"
        relationship.plan_move(PlanMove(meeting.ref, time, reason, (), (), ""), by)


def shorten_meeting(sheet: Sheet) -> None:
    """Bring the earlier end into the calendar; where something stands in the meeting's way, the conflict decides."""
    meeting = sheet.situation.relationship.meetings.current
    move = meeting.planned_move if meeting is not None else None
    if meeting is None or move is None or meeting.state is not MeetingState.BOOKED:
        return
    if move.time.start != meeting.time.start or sheet.now >= meeting.time.start or clash_of(sheet, meeting):
        return
    want_move(sheet, meeting)
