"""The invariants of a stream, checked after each of its events: what may never have been so, not even for a moment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from domain.by import By
from domain.meeting import Meetings, MeetingState
from domain.meeting_events import MeetingMoved, MeetingPlanned, MeetingPresumedHeld, MovePlanned
from domain.relationship import Relationship

REVERSIBLE = {MeetingState.HELD, MeetingState.PRESUMED_HELD, MeetingState.MISSED}
PRESUMED_AFTER = timedelta(hours=48)
DAY = timedelta(days=1)
MOST_MOVES = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One event, the meetings before it, and the relationship right after it; valid until the next step."""

    event: Any
    before: Meetings
    after: Relationship

    @property
    def by(self) -> By:
        """Who or what caused it."""
        by: By = self.event.by
        return by

    def __str__(self) -> str:
        return f"{type(self.event).__name__} at {self.by.at:%m-%d %H:%M}"


def steps(events: Sequence[Any]) -> Iterator[Step]:
    """Tell a stream again, one event at a time."""
    relationship: Any = None
    for event in events:
        before = relationship.meetings if relationship is not None else Meetings()
        relationship = event.mutate(relationship)
        yield Step(event, before, relationship)


def broken_promises(events: Sequence[Any]) -> list[str]:
    """Return a sentence for each invariant that did not hold after one of the events."""
    found = []
    for step in steps(events):
        for rule in RULES:
            if (problem := rule(step)) is not None:
                found.append(f"{rule.__name__.removeprefix('_')}: {problem} after {step}")
    return found


def _a1_one_meeting_stands(step: Step) -> str | None:
    standing = [m.ref for m in step.after.meetings.items if m.live]
    return f"{', '.join(standing)} stand together" if len(standing) > 1 else None


def _a3_generations_grow_and_ends_are_final(step: Step) -> str | None:
    order = [(m.cycle, m.generation) for m in step.after.meetings.items]
    if order != sorted(set(order)):
        return f"the meetings are {order}"
    for old in step.before.items:
        new = step.after.meeting(old.ref)
        if not old.live and new.state is not old.state and not {old.state, new.state} <= REVERSIBLE:
            return f"{old.ref} went from {old.state} to {new.state}"
    return None


def _a4_held_meetings_keep_their_distance(step: Step) -> str | None:
    by_hand = {m.cycle for m in step.after.meetings.items if m.moved_by is not None or m.adopted}
    held = [m for m in step.after.meetings.items if m.took_place and m.cycle not in by_hand]
    for one, other in pairwise(held):
        if other.cycle == one.cycle + 1 and other.time.start - one.time.start < step.after.charter.cadence / 2:
            return f"{one.ref} and {other.ref} are {other.time.start - one.time.start} apart"
    return None


def _a6_an_event_changes_something(step: Step) -> str | None:
    """Seeing a thing twice records nothing the second time."""
    if isinstance(step.event, MeetingMoved) and step.before.get(step.event.ref) == step.after.meeting(step.event.ref):
        return f"{step.event.ref} was moved to where it was"
    return None


def _a7_no_time_is_offered_twice(step: Step) -> str | None:
    if not isinstance(step.event, MeetingPlanned):
        return None
    meeting = step.after.meeting(f"{step.event.cycle}.{step.event.generation}")
    refused = [m for m in step.before.of_cycle(meeting.cycle) if m.decliner is not None]
    again = [m.ref for m in refused if m.time == meeting.time]
    return f"{meeting.ref} is at the time at which {again[0]} was declined" if again else None


def _a7_the_charter_moves_a_cycle_twice_at_most(step: Step) -> str | None:
    if not isinstance(step.event, MovePlanned):
        return None
    cycle = step.after.meetings.of_cycle(step.after.meeting(step.event.ref).cycle)
    moves = [move for meeting in cycle for move in meeting.moves]
    return f"cycle {cycle[0].cycle} was moved {len(moves)} times" if len(moves) > MOST_MOVES else None


def _a7_moves_are_a_day_apart(step: Step) -> str | None:
    """What comes and goes is not followed at once; a move that was never made does not count."""
    if not isinstance(step.event, MovePlanned):
        return None
    moves = step.after.meeting(step.event.ref).moves
    made = [move for move in moves[:-1] if move.instead_of != moves[-1].instead_of]
    return f"{step.event.ref} was moved at {made[-1].at}" if made and step.by.at - made[-1].at < DAY else None


def _a9_nothing_is_moved_inside_the_notice_period(step: Step) -> str | None:
    """The charter moves a meeting to no time inside the notice, but may shorten it."""
    if not isinstance(step.event, MovePlanned):
        return None
    start = step.after.meeting(step.event.ref).time.start
    late = step.event.time.start < step.by.at + step.after.charter.notice and step.event.time.start != start
    return f"{step.event.ref} is to be at {step.event.time.start}" if late else None


def _a8_nothing_is_presumed_early(step: Step) -> str | None:
    if not isinstance(step.event, MeetingPresumedHeld):
        return None
    meeting = step.after.meeting(step.event.ref)
    early = step.by.at < meeting.time.end + PRESUMED_AFTER
    return f"{meeting.ref} ended at {meeting.time.end}" if early else None


def _a9_nothing_is_planned_inside_the_notice_period(step: Step) -> str | None:
    if not isinstance(step.event, MeetingPlanned):
        return None
    meeting = step.after.meeting(f"{step.event.cycle}.{step.event.generation}")
    late = meeting.time.start < step.by.at + step.after.charter.notice
    return f"{meeting.ref} is at {meeting.time.start}" if late else None


RULES: tuple[Callable[[Step], str | None], ...] = (
    _a1_one_meeting_stands,
    _a3_generations_grow_and_ends_are_final,
    _a4_held_meetings_keep_their_distance,
    _a6_an_event_changes_something,
    _a7_no_time_is_offered_twice,
    _a7_the_charter_moves_a_cycle_twice_at_most,
    _a7_moves_are_a_day_apart,
    _a8_nothing_is_presumed_early,
    _a9_nothing_is_planned_inside_the_notice_period,
    _a9_nothing_is_moved_inside_the_notice_period,
)
