"""What follows when no meeting stands: a time is reserved for the next one, or its cycle is left out."""

from dataclasses import replace

from domain.charter import Charter
from domain.choosing import Choice, Yielding
from domain.decisions import PlanMeeting, SkipCycle
from domain.finding import choose_time
from domain.hours import in_minutes
from domain.interval import Interval
from domain.legs import organiser_of_next
from domain.meeting import MeetingState
from domain.rules_terms import term_end
from domain.sheet import DAY, Sheet
from domain.turns import Turn, next_turn, waits

KICK_OFF = "kick-off"


def plan_next(sheet: Sheet) -> None:
    """Find the time for the next meeting, or say which constraint left none and look again tomorrow, or leave the
    cycle out.
    """
    turn, charter = next_turn(sheet), sheet.situation.relationship.charter
    pins = sheet.situation.person(charter.pins).zone
    if turn.over:
        sheet.decide(_skip(turn, pins, "no time was left in its window", (), charter))
        return
    sheet.look_again(sheet.now + DAY)
    sheet.look_again(turn.wide[1] if turn.wide else turn.latest)
    if waits(sheet, turn):
        return
    choice, end = choose_time(sheet, turn), term_end(sheet.situation)
    if choice.time is not None and end is not None and choice.time.end > end:
        return
    if choice.time is not None:
        planned = _meeting(turn, choice, choice.time, pins, charter)
        sheet.decide(replace(planned, organiser=organiser_of_next(sheet.situation)))
    elif _cycle_declined(sheet, turn):
        sheet.decide(_skip(turn, pins, "no other time was found in its window", choice.found.counters, charter))


def _cycle_declined(sheet: Sheet, turn: Turn) -> bool:
    return any(m.state is MeetingState.CANCELLED for m in sheet.situation.relationship.meetings.of_cycle(turn.cycle))


def _meeting(turn: Turn, choice: Choice, time: Interval, zone: str, charter: Charter) -> PlanMeeting:
    return PlanMeeting(
        turn.cycle,
        turn.generation,
        time,
        turn.target,
        zone,
        in_minutes(choice.found.starts),
        choice.found.counters,
        charter.clause(_clause(turn, choice)),
    )


def _clause(turn: Turn, choice: Choice) -> str:
    """Return the clause by which a time is chosen: the first meeting has one of its own."""
    return KICK_OFF if turn.kick_off and choice.yielded in (Yielding.NOTHING, Yielding.WINDOW) else choice.yielded.value


def _skip(turn: Turn, zone: str, reason: str, counters: tuple[tuple[str, int], ...], charter: Charter) -> SkipCycle:
    return SkipCycle(turn.cycle, turn.generation, turn.target, zone, reason, counters, charter.clause("conflict"))
