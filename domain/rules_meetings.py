"""What follows for the meeting that stands: that it gets booked, and that a dead one leaves the calendar."""

from datetime import timedelta

from domain.charter import Charter
from domain.decisions import CancelMeeting
from domain.effects import Effect, EffectKind
from domain.meeting import Meeting, MeetingState
from domain.rules_planning import plan_next
from domain.sheet import Sheet

CANCEL_TIME = timedelta(days=30)


def cancel_bookings(sheet: Sheet) -> None:
    """An event still to come whose meeting was given up is cancelled in its calendar; the past is left as it is."""
    relationship = sheet.situation.relationship
    for meeting in relationship.meetings.items:
        due = meeting.resolved_at or meeting.planned_at
        end = min(due + CANCEL_TIME, meeting.time.end)
        if meeting.to_cancel and due < end:
            clause = relationship.charter.clause("conflict")
            sheet.want(Effect(EffectKind.CANCEL, meeting.ref, "calendar", meeting.ref, due, end, clause))


def arrange_meeting(sheet: Sheet) -> None:
    """Book what is planned, give up what one of the two declined, and plan the next one if none stands."""
    meetings = sheet.situation.relationship.meetings
    current = meetings.current
    if current is None:
        plan_next(sheet)
    elif current.time.end <= sheet.now:
        _after_end(sheet, current)
    else:
        sheet.look_again(current.time.end)
        _keep(sheet, current)


def _after_end(sheet: Sheet, current: Meeting) -> None:
    """A meeting that began without ever being booked did not stand.

    One that was booked waits for evidence elsewhere.
    """
    if current.state is MeetingState.PLANNED:
        clause = sheet.situation.relationship.charter.clause("cadence")
        sheet.decide(CancelMeeting(current.ref, "it could not be booked in time", clause))


def _keep(sheet: Sheet, current: Meeting) -> None:
    charter = sheet.situation.relationship.charter
    decliner = current.decliner
    if decliner is not None:
        sheet.decide(CancelMeeting(current.ref, f"declined by the {decliner.value}", charter.clause("conflict")))
    elif current.state is MeetingState.PLANNED:
        sheet.want(_booking(current, charter))
        if ("book", current.ref, "calendar") in sheet.situation.relationship.given_up:
            sheet.decide(CancelMeeting(current.ref, "the calendar refused the booking", charter.clause("organiser")))


def _booking(meeting: Meeting, charter: Charter) -> Effect:
    clause = charter.clause("cadence")
    return Effect(EffectKind.BOOK, meeting.ref, "calendar", meeting.ref, meeting.planned_at, meeting.time.start, clause)
