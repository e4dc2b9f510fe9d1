"""What follows for the calendar: that the next meeting stands there, and that a dead one leaves it."""

from datetime import timedelta

from domain.charter import Charter, Organiser
from domain.decisions import CancelMeeting
from domain.effects import Effect, EffectKind
from domain.legs import out_of_reach
from domain.meeting import Meeting, MeetingState
from domain.rules_adoption import adoption_of
from domain.rules_legs import cancel_by_mail, cancel_hindered, offer_next, stand_by_mail
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
    cancel_by_mail(sheet)


def arrange_meeting(sheet: Sheet) -> None:
    """Book what is planned; if nothing stands, take what the two arranged by themselves, or plan the next meeting."""
    current = sheet.situation.relationship.meetings.current
    if current is None or current.state is MeetingState.PLANNED:
        adoption = adoption_of(sheet)
        if adoption is not None:
            sheet.decide(adoption)
        elif current is None:
            (offer_next if out_of_reach(sheet.situation) else plan_next)(sheet)
        else:
            _book(sheet, current)
    if current is not None:
        sheet.look_again(current.time.end)


def _book(sheet: Sheet, planned: Meeting) -> None:
    """A meeting that began without ever being booked did not stand."""
    charter = sheet.situation.relationship.charter
    if planned.time.end <= sheet.now:
        sheet.decide(CancelMeeting(planned.ref, "it could not be booked in time", charter.clause("cadence")))
        return
    if cancel_hindered(sheet, planned):
        return
    if planned.organiser is Organiser.MAIL:
        stand_by_mail(sheet, planned)
        return
    sheet.want(_booking(planned, charter))
    if ("book", planned.ref, "calendar") in sheet.situation.relationship.given_up:
        sheet.decide(CancelMeeting(planned.ref, "the calendar refused the booking", charter.clause("organiser")))


def _booking(meeting: Meeting, charter: Charter) -> Effect:
    clause = charter.clause("cadence")
    return Effect(EffectKind.BOOK, meeting.ref, "calendar", meeting.ref, meeting.planned_at, meeting.time.start, clause)
