"""What follows when one who does not organise a meeting wants it at another time."""

from datetime import datetime

from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.finding import side_of
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState, Proposal
from domain.occasions import at_time
from domain.sheet import DAY, MINUTE, Sheet
from domain.situation import Situation

CLAUSE, QUESTION = "conflict", "wish_question"
SETTLING = 15 * MINUTE


def answer_proposal(sheet: Sheet) -> None:
    """A wish that fits both and the charter is granted by moving the organiser's copy.

    One that only the other's appointments stand against is put to the other, once; what the charter does not allow is
    answered to who wished it.

    Both wait a little: what looks like a guest's wish may be the organiser's own move, seen on the guest's copy first.
    An appointment that the two made by themselves is theirs to move.
    """
    meeting = sheet.situation.relationship.meetings.current
    proposal = meeting.proposal if meeting is not None and meeting.state is MeetingState.BOOKED else None
    if meeting is None or proposal is None or meeting.time.start <= sheet.now or meeting.adopted:
        return
    if not sheet.situation.calendars_known:
        sheet.look_again(sheet.now + DAY)
        return
    clause = sheet.clause(CLAUSE)
    name, due, end = at_time(meeting, proposal.time), proposal.at + SETTLING, meeting.time.start
    if due >= end:
        return
    if fits(sheet, meeting, proposal, due):
        sheet.want(Effect(EffectKind.MOVE, name, "calendar", meeting.ref, due, end, clause))
    elif could_be(sheet, meeting, proposal, due):
        asked = at_time(meeting, proposal.time, QUESTION)
        sheet.want(Effect(EffectKind.NOTICE, asked, proposal.role.other, QUESTION, due, end, clause))
    else:
        sheet.want(Effect(EffectKind.NOTICE, name, proposal.role, "proposal", due, end, clause))


def fits(sheet: Sheet, meeting: Meeting, proposal: Proposal, due: datetime) -> bool:
    """Say whether the wish is possible by the charter and free for whoever does not wish the same."""
    wishing = {wish.role for role in Role for wish in meeting.wishes_of(role)[-1:] if wish.time == proposal.time}
    suits = all(free(sheet.situation, role, proposal.time) for role in Role if role not in wishing)
    return suits and could_be(sheet, meeting, proposal, due)


def could_be(sheet: Sheet, meeting: Meeting, proposal: Proposal, due: datetime) -> bool:
    """Say whether the wish lies ahead, inside both people's hours and the meeting's cycle."""
    charter, time = sheet.situation.relationship.charter, proposal.time
    in_cycle = abs(time.start - meeting.target) <= charter.slack
    ahead = time.start > due and time.end > time.start
    return ahead and in_cycle and all(at_work(sheet.situation, role, time) for role in Role)


def at_work(situation: Situation, role: Role, time: Interval) -> bool:
    """Say whether the time lies inside that person's hours, on no day of leave."""
    hours = side_of(situation, role).timetable
    at_work = any(stretch.contains(time) for stretch in hours.working(time.widened(DAY)))
    return at_work and not any(time.overlaps(leave) for leave in hours.away(time))


def free(situation: Situation, role: Role, time: Interval) -> bool:
    """Say whether nothing in that person's calendar stands against the time."""
    return not any(time.overlaps(busy) for busy in situation.taken(role))


def time_of_move(meeting: Meeting, occasion: str) -> Interval | None:
    """Return the time that a move of that occasion leads to: one that the charter asks for, or the newest such wish."""
    times = [*(wish.time for wish in meeting.proposals), *(move.time for move in meeting.moves)]
    return next((time for time in reversed(times) if at_time(meeting, time) == occasion), None)
