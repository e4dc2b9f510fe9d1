"""What happens to a meeting that one of the two cannot keep: the conflict and the charter decide together."""

from datetime import timedelta

import pytest

from domain.calendar import Response
from domain.charter import ConflictPolicy, Role
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.rules_conflicts import TABLE, Conflict
from tests.unit.domain_cast import by_calendar, by_cli, by_mail, charter
from tests.unit.domain_life import Life, booked_life

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def pair(days_before: float = 3, **changes: object) -> Life:
    """Return a pair whose meeting stands, so many days before it."""
    life = booked_life(**changes)
    life.live_until(life.meeting.time.start + 15 * DAY)
    life.live_until(life.meeting.time.start - days_before * DAY)
    assert life.meeting.state is MeetingState.BOOKED
    return life


def engage(life: Life, role: Role, over: Interval | None = None) -> None:
    """Let something certain come into one calendar, by default over the whole meeting."""
    life.busy[role] = (*(life.busy[role] or ()), over or life.meeting.time)


def notices(life: Life) -> list[tuple[str, str]]:
    """Return topic and reader of the notices that left."""
    return [(e.about, e.recipient) for _, e in life.done if e.kind == "notice"]


def test_the_table_answers_every_conflict_under_every_charter() -> None:
    assert set(TABLE) == {(conflict, policy) for conflict in Conflict for policy in ConflictPolicy}


def test_an_appointment_over_the_meeting_moves_it_the_same_day_and_tells_both_why() -> None:
    life = pair()
    before = life.meeting
    engage(life, Role.MENTEE)
    life.settle()
    after = life.meeting
    assert (after.ref, after.event_id) == (before.ref, before.event_id)
    assert after.time.start.date() == before.time.start.date()
    assert not after.time.overlaps(before.time)
    assert notices(life) == [("moved", "mentee"), ("moved", "mentor")]
    assert after.moves[-1].reason == "the mentee has another appointment"


def test_while_one_calendar_was_never_read_nothing_is_decided_of_a_meeting() -> None:
    life = pair()
    before = life.meeting
    engage(life, Role.MENTEE)
    life.busy[Role.MENTOR] = None
    life.settle()
    assert (life.meeting.time, life.meeting.moves) == (before.time, before.moves)
    assert notices(life) == []


def test_where_the_day_is_full_the_nearest_other_day_is_taken() -> None:
    life = pair()
    before = life.meeting.time
    engage(life, Role.MENTOR, before.widened(10 * HOUR))
    life.settle()
    assert timedelta() < abs(life.meeting.time.start - before.start) <= 4 * DAY


def test_it_follows_no_more_than_two_conflicts_in_a_cycle_then_it_asks_whose_appointment_it_is() -> None:
    life = pair(6)
    for _ in range(2):
        engage(life, Role.MENTEE)
        life.settle()
        life.live_until(life.now + DAY + HOUR)
    moved = life.meeting.time
    engage(life, Role.MENTEE)
    life.settle()
    assert life.meeting.time == moved
    assert notices(life)[-1] == ("no_other_time", "mentee")


def test_what_comes_and_goes_is_not_followed_within_a_day() -> None:
    life = pair(6)
    engage(life, Role.MENTEE)
    life.settle()
    moved = life.meeting.time
    engage(life, Role.MENTOR)
    life.settle()
    assert life.meeting.time == moved
    life.live_until(life.now + DAY)
    assert life.meeting.time != moved


def test_inside_the_notice_nothing_moves_and_its_owner_is_asked_once() -> None:
    life = pair(0.5)
    before = life.meeting.time
    engage(life, Role.MENTOR)
    life.settle()
    life.live_until(before.start - MINUTE)
    assert life.meeting.time == before
    assert notices(life) == [("conflict_question", "mentor")]


def test_a_meeting_that_its_owner_keeps_is_left_alone() -> None:
    life = pair(6, conflict=ConflictPolicy.ASK)
    engage(life, Role.MENTEE)
    life.settle()
    life.relationship.keep_meeting(life.meeting.ref, Role.MENTEE, by_mail(Role.MENTEE, life.now))
    life.live_until(life.meeting.time.start)
    assert life.meeting.state is MeetingState.BOOKED


def test_an_early_question_without_an_answer_leaves_the_cycle_out_at_the_notice_and_says_so() -> None:
    life = pair(6, conflict=ConflictPolicy.ASK)
    stood = life.meeting
    engage(life, Role.MENTEE)
    life.settle()
    assert notices(life) == [("no_other_time", "mentee")]
    life.live_until(stood.time.start - DAY)
    assert life.relationship.meeting(stood.ref).state is MeetingState.CANCELLED
    assert ("skipped", "mentor") in notices(life)
    assert ("skipped", "mentee") in notices(life)
    assert stood.cycle + 1 == life.meeting.cycle


def test_under_skip_an_appointment_over_it_leaves_the_cycle_out_at_once() -> None:
    life = pair(3, conflict=ConflictPolicy.SKIP)
    stood = life.meeting
    engage(life, Role.MENTOR)
    life.settle()
    assert life.relationship.meeting(stood.ref).state is MeetingState.CANCELLED
    assert not life.relationship.meeting(stood.ref).to_cancel
    assert life.relationship.meeting(f"{stood.cycle}.2").state is MeetingState.SKIPPED


def test_under_shorten_the_free_part_is_kept_if_it_is_long_enough() -> None:
    life = pair(3, conflict=ConflictPolicy.SHORTEN, shortest_minutes=30)
    time = life.meeting.time
    engage(life, Role.MENTEE, Interval(time.end - 15 * MINUTE, time.end + HOUR))
    life.settle()
    assert life.meeting.time == Interval(time.start, time.end - 15 * MINUTE)
    assert notices(life) == [("shortened", "mentee"), ("shortened", "mentor")]


def test_under_shorten_what_is_left_too_short_is_moved() -> None:
    life = pair(3, conflict=ConflictPolicy.SHORTEN, shortest_minutes=40)
    time = life.meeting.time
    engage(life, Role.MENTEE, Interval(time.start, time.start + 15 * MINUTE))
    life.settle()
    assert life.meeting.time.end - life.meeting.time.start == timedelta(minutes=45)
    assert not life.meeting.time.overlaps(Interval(time.start, time.start + 15 * MINUTE))


def test_inside_the_notice_only_the_end_is_cut_off() -> None:
    life = pair(0.5, conflict=ConflictPolicy.SHORTEN, shortest_minutes=30)
    time = life.meeting.time
    engage(life, Role.MENTEE, Interval(time.start - HOUR, time.start + 15 * MINUTE))
    life.settle()
    assert life.meeting.time == time
    life.busy[Role.MENTEE] = (Interval(time.end - 15 * MINUTE, time.end + HOUR),)
    life.settle()
    assert life.meeting.time == Interval(time.start, time.end - 15 * MINUTE)


def test_something_tentative_is_waited_for_and_then_counts() -> None:
    life = pair(6)
    time = life.meeting.time
    life.soft[Role.MENTEE] = (time,)
    life.live_until(time.start - DAY - 2 * HOUR)
    assert life.meeting.time == time
    life.live_until(time.start - DAY - HOUR)
    assert life.meeting.time != time


def test_an_absence_moves_the_meeting_behind_or_before_it_even_late() -> None:
    life = pair(0.5)
    time = life.meeting.time
    week = Interval(time.start - HOUR, time.start + 5 * DAY)
    life.away[Role.MENTOR], life.busy[Role.MENTOR] = (week,), (week,)
    life.settle()
    assert life.meeting.state is MeetingState.BOOKED
    assert not life.meeting.time.overlaps(week)


def test_an_absence_that_leaves_no_day_leaves_the_cycle_out() -> None:
    life = pair(3)
    stood = life.meeting
    month = Interval(life.now, life.now + 25 * DAY)
    life.away[Role.MENTOR], life.busy[Role.MENTOR] = (month,), (month,)
    life.settle()
    assert life.relationship.meeting(stood.ref).state is MeetingState.CANCELLED
    assert life.meeting.state is MeetingState.SKIPPED


def test_whoever_moved_it_onto_an_own_appointment_is_not_asked() -> None:
    life = pair(6)
    engage(life, Role.MENTOR, Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY))
    life.move(DAY)
    moved = life.meeting.time
    life.live_until(moved.start)
    assert life.meeting.time == moved
    assert notices(life) == []


def test_a_hand_that_moves_it_onto_the_others_appointment_is_followed_by_the_nearest_time_of_that_day() -> None:
    life = pair(6)
    wanted = Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY)
    engage(life, Role.MENTEE, wanted)
    life.move(DAY)
    life.settle()
    assert life.meeting.time.start.date() == wanted.start.date()
    assert not life.meeting.time.overlaps(wanted)
    assert notices(life) == [("moved", "mentee"), ("moved", "mentor")]


def test_a_calendar_that_refuses_the_move_has_it_booked_anew() -> None:
    life = pair()
    stood = life.meeting
    engage(life, Role.MENTEE)
    life.decide()
    (move,) = [e for e in life.plan().due(life.now) if e.kind == "move"]
    life.relationship.give_up(move.name, move.about, "refused", False, by_mail(Role.MENTOR, life.now))
    life.settle()
    assert life.relationship.meeting(stood.ref).reason == "the calendar refused to move it"
    assert life.meeting.generation == stood.generation + 1


def test_a_copy_taken_out_counts_as_declined_after_a_while() -> None:
    life = pair()
    stood = life.meeting
    life.relationship.see_copy(stood.ref, Role.MENTEE, False, by_calendar(Role.MENTEE, life.now))
    life.settle()
    assert life.meeting.ref == stood.ref
    life.live_until(life.now + HOUR)
    given_up = life.relationship.meeting(stood.ref)
    assert (given_up.state, given_up.reason) == (MeetingState.CANCELLED, "taken out of the calendar by the mentee")
    assert life.meeting.generation == stood.generation + 1


def test_a_copy_that_comes_back_in_time_changes_nothing() -> None:
    life = pair()
    stood = life.meeting
    life.relationship.see_copy(stood.ref, Role.MENTEE, False, by_calendar(Role.MENTEE, life.now))
    life.relationship.see_copy(stood.ref, Role.MENTEE, True, by_calendar(Role.MENTEE, life.now))
    life.live_until(life.now + DAY)
    assert life.meeting.ref == stood.ref


def test_a_late_no_is_told_as_a_fact() -> None:
    life = pair(0.5)
    stood = life.meeting
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    assert life.relationship.meeting(stood.ref).reason == "declined by the mentee, less than 24 hours before"


def test_an_unread_calendar_is_no_conflict() -> None:
    life = pair()
    time = life.meeting.time
    life.busy[Role.MENTEE] = None
    life.settle()
    assert life.meeting.time == time


@pytest.mark.parametrize("conflict", ConflictPolicy)
def test_under_every_policy_a_no_cancels_the_event(conflict: ConflictPolicy) -> None:
    life = pair(conflict=conflict)
    stood = life.meeting
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    assert life.relationship.meeting(stood.ref).state is MeetingState.CANCELLED
    assert not life.relationship.meeting(stood.ref).to_cancel
    assert charter().clause("conflict") == "v1/conflict"


def test_changed_hours_move_a_meeting_that_lies_outside_them_now_and_no_other() -> None:
    life = pair()
    before = life.meeting.time
    life.mentee.change_hours("Europe/Berlin", "mon-fri 06:00-22:00", by_cli(life.now))
    life.settle()
    assert life.meeting.time == before
    life.mentee.change_hours("Europe/Berlin", "mon-fri 17:30-22:00", by_cli(life.now))
    life.settle()
    assert life.meeting.time != before
    assert life.meeting.moves[-1].reason == "the mentee has other hours since"


def test_a_planned_time_that_is_taken_before_the_move_gives_way_to_another() -> None:
    life = pair()
    engage(life, Role.MENTEE)
    life.decide()
    first = life.meeting.moves[-1].time
    engage(life, Role.MENTOR, first)
    life.settle()
    assert len(life.meeting.moves) == 2
    assert life.meeting.time not in (first, life.meeting.moves[0].instead_of)
