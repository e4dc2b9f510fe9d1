"""What the facts of a relationship amount to: cycles in a row that led nowhere, and what both may see."""

from domain.charter import Role
from domain.facts import Fact, FactKind
from domain.meeting import Meeting, MeetingState
from domain.relationship_state import RelationshipState
from domain.samples import is_prepared

IN_A_ROW = 3
"""So many cycles that led nowhere make a dead end."""
NUDGED_AFTER = 2
MOST_MOVES = 1
SEEN_BY_BOTH = (FactKind.LATE_DECLINE, FactKind.MOVED)
"""What both calendars showed anyway; of silence the silent one hears first, and the other at a dead end only."""


def in_a_row(state: RelationshipState, role: Role) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts of the latest cycles that led nowhere for reasons that lie with `role`, cycle by cycle in order.

    A meeting that somebody reported as held, or one that nothing speaks against, ends the row. A cycle that was left
    out, or of which nothing is known yet, neither counts nor ends it. What was spoken of already counts no more.
    """
    found: list[tuple[Fact, ...]] = []
    done = _spoken_of(state, role)
    for cycle in sorted({meeting.cycle for meeting in state.meetings.items}, reverse=True):
        meetings = state.meetings.of_cycle(cycle)
        facts = tuple(fact for fact in _counted(state, role) if fact.cycle == cycle)
        if cycle <= done or _went_well(state, role, meetings, facts):
            break
        if leads_nowhere(facts):
            found.append(facts)
    return tuple(reversed(found))


def leads_nowhere(facts: tuple[Fact, ...]) -> bool:
    """Say whether the facts of one cycle and person make it a dead end; one move is ordinary life."""
    moves = sum(1 for fact in facts if fact.kind is FactKind.MOVED)
    return moves > MOST_MOVES or len(facts) > moves


def open_facts(state: RelationshipState) -> tuple[tuple[int, Fact], ...]:
    """Return what both and the programme may see, each with the cycle in which it became visible, in order."""
    since = {fact.name: one.evidence[-1].cycle for one in state.dead_ends for fact in one.evidence}
    seen = [(since.get(fact.name, fact.cycle), fact) for fact in state.facts if _is_open(fact, since)]
    return tuple(sorted(seen, key=lambda item: (item[0], item[1].at, item[1].name)))


def _is_open(fact: Fact, since: dict[tuple[FactKind, Role, str], int]) -> bool:
    return fact.kind in SEEN_BY_BOTH or fact.name in since


def _spoken_of(state: RelationshipState, role: Role) -> int:
    """Return the last cycle that is part of a dead end already."""
    return max((fact.cycle for one in state.dead_ends if one.role is role for fact in one.evidence), default=0)


def _counted(state: RelationshipState, role: Role) -> tuple[Fact, ...]:
    """Return one person's facts since the two began, or began anew."""
    since = state.revival.at if state.revival is not None else state.requested_at
    return tuple(fact for fact in state.facts if fact.role is role and fact.at >= since)


def _went_well(state: RelationshipState, role: Role, meetings: tuple[Meeting, ...], facts: tuple[Fact, ...]) -> bool:
    if any(meeting.state is MeetingState.HELD for meeting in meetings):
        return True
    if leads_nowhere(facts):
        return False
    prepared = role is Role.MENTEE and any(is_prepared(state, m.cycle) for m in meetings)
    return prepared or any(meeting.state is MeetingState.PRESUMED_HELD for meeting in meetings)
