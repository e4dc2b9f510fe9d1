"""What follows when the two make an appointment by themselves: it is the meeting of its cycle, a second too many."""

from datetime import datetime

from domain.charter import Role
from domain.decisions import AdoptMeeting, CancelMeeting
from domain.effects import Effect, EffectKind
from domain.meeting import Meeting, MeetingState
from domain.occasions import at_time
from domain.sheet import Sheet
from domain.situation import HandMade
from domain.turns import next_turn

CLAUSE = "organiser"
TWO_MEETINGS = "two_meetings"
BROUGHT_BACK = "an earlier event of the two was brought back into the calendar"


def adoption_of(sheet: Sheet) -> AdoptMeeting | None:
    """Return the adoption of the best appointment of the two in the cycle that is to be arranged, or None.

    Our own event that somebody brought back comes first, then one that the other accepted, then the earlier one.
    """
    relationship = sheet.situation.relationship
    planned = relationship.meetings.current
    cycle, generation, target, latest = _place(sheet, planned)
    found = [item for item in sheet.situation.handmade if _eligible(sheet, item, latest)]
    best = min(found, key=lambda item: (not item.ours, not item.accepted, item.time, item.ical_uid), default=None)
    if best is None:
        return None
    zone = sheet.situation.person(relationship.charter.pins).zone
    event = (best.organiser, best.event_id, best.ical_uid, best.ours)
    return AdoptMeeting(cycle, generation, best.time, target, zone, *event, relationship.charter.clause(CLAUSE))


def _place(sheet: Sheet, planned: Meeting | None) -> tuple[int, int, datetime, datetime]:
    if planned is None:
        turn = next_turn(sheet)
        return turn.cycle, turn.generation, turn.target, turn.latest
    latest = planned.target + sheet.situation.relationship.charter.slack
    return planned.cycle, planned.generation + 1, planned.target, max(latest, planned.time.start)


def _eligible(sheet: Sheet, item: HandMade, latest: datetime) -> bool:
    """What somebody brought back counts wherever it is: two events of ours must not stand."""
    return sheet.now < item.time.start and (item.ours or item.time.start <= latest) and not item.declined


def report_twins(sheet: Sheet) -> None:
    """Whoever made a second appointment in the cycle of the standing meeting is asked, once, to remove it.

    An earlier event of ours that somebody brought back takes the place of the one that we booked since.
    """
    relationship = sheet.situation.relationship
    current = relationship.meetings.current
    if current is None or current.state is not MeetingState.BOOKED or current.time.end <= sheet.now:
        return
    slack, clause = relationship.charter.slack, relationship.charter.clause(CLAUSE)
    for item in sheet.situation.handmade:
        near = abs(item.time.start - current.target) <= slack or item.time.overlaps(current.time) or item.ours
        if not near or item.time.start <= sheet.now or item.declined or item.ical_uid == current.ical_uid:
            continue
        if item.ours and not current.adopted:
            sheet.decide(CancelMeeting(current.ref, BROUGHT_BACK, clause))
            return
        name = at_time(current, item.time, TWO_MEETINGS)
        for role in Role:
            if item.organiser.value == role.value:
                sheet.want(_notice(name, role, current.planned_at, item.time.start, clause))


def _notice(name: str, to: Role, due: datetime, expires: datetime, clause: str) -> Effect:
    return Effect(EffectKind.NOTICE, name, to, TWO_MEETINGS, due, expires, clause)
