"""What holds at every moment of every life, however people and providers behave."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from domain.meeting import Meetings, MeetingState
from domain.sheet import Plan
from tests.unit.domain_cast import agreed, replayed
from tests.unit.domain_life import Life
from tests.unit.domain_profile import tried
from tests.unit.domain_walk import Step, act, lives, steps

REVERSIBLE = {MeetingState.HELD, MeetingState.PRESUMED_HELD, MeetingState.MISSED}
FOREVER = timedelta(days=100)


def names(planned: Plan, life: Life) -> list[tuple[str, str, str]]:
    """Return the names of what is due."""
    return [effect.name for effect in planned.due(life.now)]


def check_plan(life: Life) -> None:
    """Every plan is well formed, whatever the moment."""
    planned = life.plan()
    assert planned.next_review is None or planned.next_review > life.now
    assert all(effect.due < effect.expires for effect in planned.effects)
    assert all(effect.clause and effect.clause.startswith("v1/") for effect in planned.effects)
    assert all(decision.clause for decision in planned.decisions)
    wanted = [effect.name for effect in planned.effects]
    assert len(wanted) == len(set(wanted))
    assert not set(wanted) & set(life.relationship.mails)


def check_meetings(life: Life, before: Meetings) -> None:
    """At most one meeting stands, generations only grow, and what is final stays so."""
    items = life.relationship.meetings.items
    assert sum(meeting.live for meeting in items) <= 1
    order = [(meeting.cycle, meeting.generation) for meeting in items]
    assert order == sorted(set(order))
    assert [generation for _, generation in order] == _counted([cycle for cycle, _ in order])
    for old in before.items:
        new = life.relationship.meeting(old.ref)
        assert old.live or new.state is old.state or {old.state, new.state} <= REVERSIBLE


def check_times(life: Life) -> None:
    """Notice is kept, no time is offered twice in a cycle, and nothing is presumed early; a human may do all of it."""
    meetings, terms = life.relationship.meetings, life.relationship.charter
    for meeting in meetings.items:
        if meeting.state is MeetingState.PRESUMED_HELD:
            assert meeting.resolved_at is not None
            assert meeting.resolved_at >= meeting.time.end + timedelta(hours=48)
        if meeting.moved_by_hand or meeting.adopted or meeting.state is MeetingState.SKIPPED:
            continue
        lead = terms.notice if meeting.moves else max(terms.notice, terms.agenda_lead)
        decided = meeting.moves[-1].at if meeting.moves else meeting.planned_at
        assert meeting.time.start >= decided + lead
        assert terms.shortest <= meeting.time.end - meeting.time.start <= terms.length
        earlier = [m for m in meetings.of_cycle(meeting.cycle) if m.generation < meeting.generation]
        assert not any(m.time.overlaps(meeting.time) and not m.moved_by_hand for m in earlier)


def _counted(cycles: list[int]) -> list[int]:
    """Return for each place how often its cycle was named up to there."""
    return [cycles[: place + 1].count(cycle) for place, cycle in enumerate(cycles)]


def check_quiet(life: Life) -> None:
    """After all decisions are recorded nothing new becomes due before the next review."""
    life.decide()
    planned = life.plan()
    assert planned.decisions == ()
    until = planned.next_review or life.now + FOREVER
    for part in (1, 2, 5, 9, 10):
        moment = life.now + (until - life.now) * part / 10 - timedelta(seconds=part // 10)
        later = replace(life, now=moment, done=[])
        then = later.plan()
        assert names(then, later) == names(planned, life), later.now
        assert planned.next_review is not None or then.decisions == ()


@given(lives(), steps(36))
@tried(60)
def test_along_a_random_life_every_promise_of_the_plan_holds(life: Life, happenings: list[Step]) -> None:
    for step in happenings:
        before = life.relationship.meetings
        act(life, step)
        check_plan(life)
        check_quiet(life)
        check_plan(life)
        check_meetings(life, before)
    check_times(life)


@given(lives(), steps(36))
@tried(25)
def test_a_life_told_again_from_its_events_is_the_same_life(life: Life, happenings: list[Step]) -> None:
    for step in happenings:
        act(life, step)
    again = replayed(life.relationship)
    for name, value in vars(life.relationship).items():
        if not name.startswith("_"):
            assert getattr(again, name) == value, name
    told = replace(life, relationship=again)
    assert told.plan() == life.plan()


@given(lives(), steps(36))
@tried(25)
def test_whatever_happened_a_pair_that_agreed_meets_again_once_all_is_well(life: Life, happenings: list[Step]) -> None:
    life.relationship = agreed()
    for step in happenings:
        act(life, step)
    act(life, Step("resume", 0, 0, 0))
    life.busy, life.commitments = dict.fromkeys(life.busy, ()), {}
    life.soft, life.away, life.handmade = {}, {}, ()
    life.live_until(life.now + 60 * timedelta(days=1))
    held = [m for m in life.relationship.meetings.items if m.took_place]
    assert held or life.meeting.live


@given(lives(), steps(24))
@tried(25)
def test_planning_changes_nothing(life: Life, happenings: list[Step]) -> None:
    for step in happenings:
        act(life, step)
    version, before = life.relationship.version, life.relationship.meetings
    assert life.plan() == life.plan()
    assert (life.relationship.version, life.relationship.meetings) == (version, before)
