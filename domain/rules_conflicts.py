"""What follows when one of the two cannot keep the meeting that stands: the conflict and the charter say what is done.

What a person does to a meeting wins, so nothing here undoes a hand; whoever moved a meeting onto an own appointment, or
said that it stays, is not asked about it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.absence import absences
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.decisions import CancelMeeting, PlanMove, SkipMeeting
from domain.effects import Effect, EffectKind
from domain.finding import side_of
from domain.interval import Interval, without
from domain.legs import out_of_reach
from domain.meeting import Meeting, MeetingState
from domain.moving import OtherTime, other_time
from domain.occasions import at_time
from domain.rules_proposals import SETTLING, fits
from domain.sheet import DAY, HOUR, Sheet

CLAUSE = "conflict"
MOST_MOVES = 2
GRID = timedelta(minutes=15)
LATE_QUESTION, QUESTION = "conflict_question", "no_other_time"


class Conflict(StrEnum):
    """Why a meeting cannot stay as it is; late is inside the notice."""

    DECLINED = "declined"
    AWAY = "away"
    OVERLAP = "overlap"
    LATE_OVERLAP = "late overlap"


class Answer(StrEnum):
    """What is done about it."""

    GIVE_UP = "give up"
    MOVE = "move"
    SKIP = "skip"
    SHORTEN = "shorten"
    SHORTEN_END = "shorten at the end"
    ASK = "ask"


TABLE: dict[tuple[Conflict, ConflictPolicy], Answer] = {
    (Conflict.DECLINED, ConflictPolicy.MOVE): Answer.GIVE_UP,
    (Conflict.DECLINED, ConflictPolicy.SKIP): Answer.GIVE_UP,
    (Conflict.DECLINED, ConflictPolicy.SHORTEN): Answer.GIVE_UP,
    (Conflict.DECLINED, ConflictPolicy.ASK): Answer.GIVE_UP,
    (Conflict.AWAY, ConflictPolicy.MOVE): Answer.MOVE,
    (Conflict.AWAY, ConflictPolicy.SKIP): Answer.SKIP,
    (Conflict.AWAY, ConflictPolicy.SHORTEN): Answer.MOVE,
    (Conflict.AWAY, ConflictPolicy.ASK): Answer.MOVE,
    (Conflict.OVERLAP, ConflictPolicy.MOVE): Answer.MOVE,
    (Conflict.OVERLAP, ConflictPolicy.SKIP): Answer.SKIP,
    (Conflict.OVERLAP, ConflictPolicy.SHORTEN): Answer.SHORTEN,
    (Conflict.OVERLAP, ConflictPolicy.ASK): Answer.ASK,
    (Conflict.LATE_OVERLAP, ConflictPolicy.MOVE): Answer.ASK,
    (Conflict.LATE_OVERLAP, ConflictPolicy.SKIP): Answer.SKIP,
    (Conflict.LATE_OVERLAP, ConflictPolicy.SHORTEN): Answer.SHORTEN_END,
    (Conflict.LATE_OVERLAP, ConflictPolicy.ASK): Answer.ASK,
}
"""The whole policy. What is given up is booked anew in its cycle, unless the charter says "skip" (see next_turn)."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict of one meeting: with whom it lies, and why, without naming any appointment."""

    kind: Conflict
    role: Role
    reason: str


def answer_conflict(sheet: Sheet) -> None:
    """Do what the charter says about a conflict of the standing meeting, if there is one."""
    meeting = sheet.situation.relationship.meetings.current
    if meeting is None or meeting.state is not MeetingState.BOOKED or meeting.time.start <= sheet.now:
        return
    clash = clash_of(sheet, meeting)
    if clash is None or _about_to_move_by_wish(sheet, meeting):
        return
    charter = sheet.situation.relationship.charter
    answer = TABLE[clash.kind, charter.conflict]
    if meeting.adopted and answer is not Answer.GIVE_UP:
        answer = Answer.ASK
    elif answer in _MOVING and (meeting.organiser is Organiser.MAIL or out_of_reach(sheet.situation)):
        # No time is known that suits both, or no calendar could be told of it.
        answer = Answer.SKIP if clash.kind is Conflict.AWAY else Answer.ASK
    _DOING[answer](sheet, meeting, clash)


_MOVING = (Answer.MOVE, Answer.SHORTEN, Answer.SHORTEN_END)


def clash_of(sheet: Sheet, meeting: Meeting) -> Clash | None:
    """Return what stands in the way of the meeting, the gravest first, or None."""
    decliner = meeting.decliner or _taken_out(sheet, meeting)
    if decliner is not None:
        said = "declined" if meeting.decliner is not None else "taken out of the calendar"
        return Clash(Conflict.DECLINED, decliner, f"{said} by the {decliner.value}")
    lost = out_of_reach(sheet.situation)
    if any(sheet.situation.busy.get(role) is None for role in Role if role not in lost):
        return None
    limit = meeting.time.start - sheet.situation.relationship.charter.notice
    sheet.look_again(limit)
    for role in Role:
        if role not in meeting.kept_by and _over(meeting, _away(sheet, role)):
            return Clash(Conflict.AWAY, role, f"the {role.value} is away")
    kind = Conflict.OVERLAP if sheet.now < limit else Conflict.LATE_OVERLAP
    for role in (role for role in Role if role not in meeting.wanted_here):
        if _blocked(sheet, meeting, role):
            return Clash(kind, role, f"the {role.value} has another appointment")
        if _no_longer_at_work(sheet, meeting, role):
            return Clash(kind, role, f"the {role.value} has other hours since")
    return None


def _no_longer_at_work(sheet: Sheet, meeting: Meeting, role: Role) -> bool:
    """Say whether her hours, zone or travels changed since the meeting was put there, and it lies outside them now."""
    changed = sheet.situation.person(role).rearranged_at
    if changed is None or changed <= (meeting.placed_at or meeting.planned_at):
        return False
    working = side_of(sheet.situation, role).timetable.working(meeting.time.widened(DAY))
    return not any(stretch.contains(meeting.time) for stretch in working)


def _away(sheet: Sheet, role: Role) -> tuple[Interval, ...]:
    """Return when she is out of office by her calendar, were it for an hour, and on leave by what we were told."""
    return (*sheet.situation.away.get(role, ()), *absences(sheet.situation, role))


def _taken_out(sheet: Sheet, meeting: Meeting) -> Role | None:
    """Return who took the own copy out of the calendar a while ago.

    At first it may be the organiser's own deletion, seen on the guest's copy before it is seen on the other.
    """
    for role, at in meeting.removed:
        if sheet.now >= at + SETTLING:
            return role
        sheet.look_again(at + SETTLING)
    return None


def _blocked(sheet: Sheet, meeting: Meeting, role: Role) -> tuple[Interval, ...]:
    """Return what stands in the way in one calendar; what is tentative has time until shortly before the notice."""
    situation = sheet.situation
    hard = _over(meeting, (*(situation.busy.get(role) or ()), *situation.yields.get(role, ())))
    soft = _over(meeting, situation.soft.get(role, ()))
    decided = meeting.time.start - situation.relationship.charter.notice - HOUR
    if soft and sheet.now < decided:
        sheet.look_again(decided)
        return hard
    return (*hard, *soft)


def _over(meeting: Meeting, times: tuple[Interval, ...]) -> tuple[Interval, ...]:
    return tuple(time for time in times if time.overlaps(meeting.time))


def _about_to_move_by_wish(sheet: Sheet, meeting: Meeting) -> bool:
    wish = meeting.proposal
    return wish is not None and not meeting.adopted and fits(sheet, meeting, wish, sheet.now)


def _give_up(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    """Give it up; the next time is found by the planning of its cycle."""
    charter = sheet.situation.relationship.charter
    late = f", less than {charter.notice_hours} hours before" if _late(sheet, meeting, charter) else ""
    sheet.decide(CancelMeeting(meeting.ref, f"{clash.reason}{late}", charter.clause(CLAUSE)))


def _late(sheet: Sheet, meeting: Meeting, charter: Charter) -> bool:
    return meeting.time.start - sheet.now < charter.notice


def _skip(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    sheet.decide(SkipMeeting(meeting.ref, clash.reason, sheet.clause(CLAUSE)))


def _move(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    """Move it to the nearest time that suits both, the same day first; where there is none, or it was moved often
    enough, ask (or, for one who is away, leave the cycle out).
    """
    if _refused(sheet, meeting):
        _give_up_place(sheet, meeting)
    elif _to_be_moved(sheet, meeting):
        want_move(sheet, meeting)
    elif _moved_enough(sheet, meeting):
        _last_resort(sheet, meeting, clash)
    elif not _rests(sheet, meeting):
        found = other_time(sheet, meeting, _latest(sheet, meeting, clash))
        if found is None:
            _last_resort(sheet, meeting, clash)
        else:
            _plan(sheet, meeting, clash, found)


def _latest(sheet: Sheet, meeting: Meeting, clash: Clash) -> datetime:
    """Return the last start of its cycle; for one who is away half a cadence after the date that it was meant for."""
    charter = sheet.situation.relationship.charter
    first = sheet.situation.relationship.meetings.of_cycle(meeting.cycle)[0]
    slack = charter.cadence / 2 if clash.kind is Conflict.AWAY else charter.slack
    return max(first.target, first.time.start) + slack


def _last_resort(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    (_skip if clash.kind is Conflict.AWAY else _ask)(sheet, meeting, clash)


def _plan(sheet: Sheet, meeting: Meeting, clash: Clash, to: OtherTime) -> None:
    clause = sheet.clause(CLAUSE)
    sheet.decide(PlanMove(meeting.ref, to.time, clash.reason, to.starts, to.counters, clause))


def _to_be_moved(sheet: Sheet, meeting: Meeting) -> bool:
    """Say whether a move was decided that is still possible."""
    move = meeting.planned_move
    if move is None or move.time.start <= sheet.now:
        return False
    return not any(move.time.overlaps(busy) for role in Role for busy in sheet.situation.taken(role))


def want_move(sheet: Sheet, meeting: Meeting) -> None:
    """Bring the move that was decided last into the calendar, while it is to come."""
    move = meeting.moves[-1]
    ends = min(meeting.time.start, move.time.start)
    name = at_time(meeting, move.time)
    sheet.want(Effect(EffectKind.MOVE, name, "calendar", meeting.ref, move.at, ends, sheet.clause(CLAUSE)))


def _refused(sheet: Sheet, meeting: Meeting) -> bool:
    move = meeting.planned_move
    given_up = sheet.situation.relationship.given_up
    return move is not None and ("move", at_time(meeting, move.time), "calendar") in given_up


def _give_up_place(sheet: Sheet, meeting: Meeting) -> None:
    sheet.decide(CancelMeeting(meeting.ref, "the calendar refused to move it", sheet.clause(CLAUSE)))


def _moved_enough(sheet: Sheet, meeting: Meeting) -> bool:
    """Twice in one cycle is enough: a third time a person decides."""
    cycle = sheet.situation.relationship.meetings.of_cycle(meeting.cycle)
    return sum(len(m.moves) for m in cycle) >= MOST_MOVES


def _rests(sheet: Sheet, meeting: Meeting) -> bool:
    """Say whether it was moved within the last day; what comes and goes is not followed at once."""
    done = [m.at for m in meeting.moves if m.instead_of != meeting.time]
    if not done or sheet.now >= done[-1] + DAY:
        return False
    sheet.look_again(done[-1] + DAY)
    return True


def _shorten(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    """Keep the longest free part of its time if that is long enough, else move it."""
    if meeting.planned_move is not None:
        _move(sheet, meeting, clash)
        return
    part = _free_part(sheet, meeting)
    if part is None:
        _move(sheet, meeting, clash)
    else:
        _plan(sheet, meeting, clash, OtherTime(part))


def _shorten_end(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    """Inside the notice only its end may be cut off."""
    if meeting.planned_move is not None and _to_be_moved(sheet, meeting):
        want_move(sheet, meeting)
        return
    part = _free_part(sheet, meeting)
    if part is None or part.start != meeting.time.start:
        _ask(sheet, meeting, clash)
    else:
        _plan(sheet, meeting, clash, OtherTime(part))


def _free_part(sheet: Sheet, meeting: Meeting) -> Interval | None:
    """Return the longest part of the meeting's time that is free for both and begins on the grid, if long enough."""
    shortest = sheet.situation.relationship.charter.shortest
    busy = [time for role in Role for time in sheet.situation.taken(role)]
    parts = []
    for free in without(meeting.time, busy):
        start = meeting.time.start + -((meeting.time.start - free.start) // GRID) * GRID
        if start < free.end:
            parts.append(Interval(start, free.end))
    long_enough = [part for part in parts if part.end - part.start >= shortest]
    return max(long_enough, key=lambda part: (part.end - part.start, meeting.time.start - part.start), default=None)


def _ask(sheet: Sheet, meeting: Meeting, clash: Clash) -> None:
    """Ask whose appointment it is, once.

    A question asked in good time that is not answered before the notice leaves the cycle out; one that comes later
    leaves everything as it is.
    """
    clause = sheet.clause(CLAUSE)
    limit = meeting.time.start - sheet.situation.relationship.charter.notice
    early = at_time(meeting, meeting.time, QUESTION)
    if sheet.now < limit:
        sheet.want(Effect(EffectKind.NOTICE, early, clash.role, QUESTION, meeting.planned_at, limit, clause))
    elif (EffectKind.NOTICE.value, early, clash.role.value) not in sheet.situation.relationship.mails:
        name, due, end = at_time(meeting, meeting.time, LATE_QUESTION), meeting.planned_at, meeting.time.start
        sheet.want(Effect(EffectKind.NOTICE, name, clash.role, LATE_QUESTION, due, end, clause))
    elif not meeting.adopted:
        reason = f"the {clash.role.value} has another appointment and did not say that it stays"
        sheet.decide(SkipMeeting(meeting.ref, reason, clause))


_DOING: dict[Answer, Callable[[Sheet, Meeting, Clash], None]] = {
    Answer.GIVE_UP: _give_up,
    Answer.MOVE: _move,
    Answer.SKIP: _skip,
    Answer.SHORTEN: _shorten,
    Answer.SHORTEN_END: _shorten_end,
    Answer.ASK: _ask,
}
