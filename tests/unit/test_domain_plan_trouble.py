"""What follows when something goes wrong: declines, lost slots, moves by hand, pauses, late bookings."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar import Response
from domain.charter import ConflictPolicy, Role
from domain.decisions import CancelMeeting, ExpireRequest, Lapse, PlanMeeting, SkipCycle
from domain.hearing import Heard
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.sheet import LATE
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    agreed,
    booked_as,
    by_calendar,
    by_cli,
    by_mail,
    charter,
    requested,
)
from tests.unit.domain_life import Life, booked_life

MINUTE = timedelta(minutes=1)


def everything(start: datetime = BEGINNING, days: int = 60) -> tuple[Interval, ...]:
    """Return a calendar that is full."""
    return (Interval(start, start + days * DAY),)


@pytest.mark.parametrize("role", list(Role))
def test_a_declined_meeting_is_cancelled_and_comes_again_at_another_time(role: Role) -> None:
    life = booked_life()
    refused = life.meeting.time
    life.answer(role, Response.DECLINED)
    first, second = life.decide()
    assert first == CancelMeeting("1.1", f"declined by the {role.value}", "v1/conflict")
    assert isinstance(second, PlanMeeting)
    assert (second.cycle, second.generation) == (1, 2)
    assert not second.time.overlaps(refused)
    assert ("not refused before", len(second.starts)) == second.counters[-1]
    assert life.due() == ["book/1.2/calendar", "cancel/1.1/calendar"]
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 booked"]
    assert not life.relationship.meeting("1.1").to_cancel


def test_every_refused_time_of_the_cycle_stays_excluded() -> None:
    life = booked_life()
    refused: list[Interval] = []
    for _ in range(4):
        refused.append(life.meeting.time)
        life.answer(Role.MENTEE, Response.DECLINED)
        life.settle()
        assert not any(life.meeting.time.overlaps(time) for time in refused)
    assert life.meeting.ref == "1.5"


def test_however_often_it_is_declined_a_meeting_moves_only_inside_its_own_cycle() -> None:
    life = booked_life()
    first = life.meeting.time.start
    while life.meeting.cycle == 1:
        assert life.meeting.time.start <= first + 7 * DAY
        life.live_until(life.meeting.time.start - 2 * HOUR)
        life.answer(Role.MENTEE, Response.DECLINED)
        life.settle()
    assert life.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED
    assert life.meeting.ref == "2.1"


def test_the_window_of_a_first_meeting_that_was_possible_only_late_counts_from_that_meeting() -> None:
    life = Life(agreed())
    life.busy[Role.MENTOR] = everything(days=20)
    life.settle()
    assert life.meeting.time.start > BEGINNING + 20 * DAY
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    assert life.meeting.ref == "1.2"


def test_the_mentee_is_asked_to_prepare_only_once_in_a_cycle() -> None:
    life = booked_life()
    life.answer(Role.MENTOR, Response.DECLINED)
    life.live_until(life.now + 10 * DAY)
    cycles = [occasion.split(".")[0] for occasion in life.sent("preparation")]
    assert cycles.count("1") == 1
    assert life.sent("agenda")[0].startswith("1.2@")


def test_a_charter_that_skips_leaves_the_cycle_out_after_a_decline() -> None:
    life = booked_life(conflict=ConflictPolicy.SKIP)
    target = life.meeting.target
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    assert life.states() == ["1.1 cancelled", "2.1 booked"]
    assert life.meeting.target == target + 14 * DAY


def test_without_another_time_in_the_window_a_declined_cycle_is_skipped_with_its_counters() -> None:
    life = booked_life()
    life.busy[Role.MENTOR] = everything()
    life.answer(Role.MENTEE, Response.DECLINED)
    made = life.decide()
    assert [type(d) for d in made] == [CancelMeeting, SkipCycle]
    skip = made[1]
    assert isinstance(skip, SkipCycle)
    assert ("free for the mentor", 0) in skip.counters
    assert life.relationship.meeting("1.2").state is MeetingState.SKIPPED
    life.busy[Role.MENTOR] = ()
    life.settle()
    assert life.meeting.ref == "2.1"


def test_a_lost_slot_is_replaced_at_once_also_where_the_charter_skips() -> None:
    life = Life(agreed(charter(conflict=ConflictPolicy.SKIP)))
    life.decide()
    taken = life.meeting.time
    life.relationship.lose_slot("1.1", by_cli())
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 booked"]
    assert not life.meeting.time.overlaps(taken)


def test_a_booking_that_was_given_up_is_tried_again_a_day_later_at_another_time() -> None:
    life = Life(agreed())
    life.decide()
    life.relationship.give_up(("book", "1.1", "calendar"), "1.1", "refused", False, by_cli())
    assert [type(d) for d in life.decide()] == [CancelMeeting]
    assert life.due() == []
    assert life.plan().next_review == life.now + DAY
    life.now += DAY
    assert life.due() == ["book/1.2/calendar"]


def test_a_booking_that_was_given_up_without_a_word_does_not_stand_for_ever() -> None:
    life = Life(agreed())
    life.decide()
    life.relationship.give_up(("book", "1.1", "calendar"), "1.1", "", True, by_cli())
    assert life.decide() == [CancelMeeting("1.1", "the calendar refused the booking", "v1/organiser")]


def test_a_booking_that_arrives_after_the_meeting_was_given_up_is_undone() -> None:
    life = Life(agreed())
    life.decide()
    life.relationship.lose_slot("1.1", by_cli())
    life.relationship.book("1.1", booked_as("1.1"), by_cli())
    assert "cancel/1.1/calendar" in life.due()
    life.settle()
    assert not life.relationship.meeting("1.1").to_cancel
    assert "cancel/1.1/calendar" not in life.due()


def test_a_move_to_another_day_brings_the_agenda_after_it_once() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.start - 12 * HOUR)
    assert life.sent("agenda") == ["1.1@2027-02-03"]
    life.move(2 * DAY)
    life.live_until(life.meeting.time.end)
    assert life.sent("agenda") == ["1.1@2027-02-03", "1.1@2027-02-05"]
    assert life.sent("preparation") == ["1.1@2027-02-03"]


def test_a_move_inside_the_day_sends_nothing_again() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.start - 12 * HOUR)
    life.move(HOUR)
    life.live_until(life.meeting.time.end)
    assert life.sent("agenda") == ["1.1@2027-02-03"]


def test_a_move_away_and_back_sends_nothing_again() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.start - 12 * HOUR)
    life.move(3 * DAY)
    life.settle()
    life.move(-3 * DAY)
    life.live_until(life.meeting.time.end)
    assert life.sent("agenda") == ["1.1@2027-02-03"]


def test_the_day_of_an_occasion_is_that_of_the_clock_that_the_charter_pins() -> None:
    life = booked_life(mentor_hours="mon-fri 18:00-22:00", mentee_hours="mon-sun 00:00-24:00")
    assert life.meeting.time.start == datetime(2027, 2, 4, 0, tzinfo=UTC)
    assert life.sent("preparation") == ["1.1@2027-02-03"]


def test_a_meeting_moved_by_hand_is_never_moved_back_and_the_next_one_counts_from_it() -> None:
    life = booked_life()
    life.move(2 * DAY)
    moved = life.meeting.time.start
    life.live_until(life.meeting.time.end + 3 * DAY)
    assert life.relationship.meeting("1.1").time.start == moved
    assert life.meeting.time.start == moved + 14 * DAY


def test_a_meeting_deleted_by_hand_comes_again_without_anything_to_cancel() -> None:
    life = booked_life()
    life.relationship.cancel_meeting("1.1", "deleted", by_calendar(at=life.now), in_calendar=False)
    assert life.due() == ["book/1.2/calendar"]


@pytest.mark.parametrize("role", list(Role))
def test_a_pause_of_either_silences_everything(role: Role) -> None:
    life = booked_life()
    life.pause(role)
    start = life.meeting.time.start
    life.settle()
    assert [effect.name for _, effect in life.done[-2:]] == [
        ("cancel", "1.1", "calendar"),
        ("notice", f"stopped-{life.now:%Y%m%dT%H%M}", role.other),
    ]
    for moment in (life.now, start - DAY, start + 3 * HOUR, start + 5 * DAY, start + 40 * DAY):
        life.now = moment
        assert (life.plan().decisions, life.plan().effects, life.plan().next_review) == ((), (), None)


def test_a_pause_silences_the_request_and_not_its_end_of_which_the_mentee_hears() -> None:
    life = Life(requested())
    life.pause(Role.MENTOR)
    assert (life.due(), life.plan().next_review) == ([], BEGINNING + 14 * DAY)
    life.now = BEGINNING + 20 * DAY
    assert [type(d) for d in life.decide()] == [ExpireRequest]
    assert life.due() == ["notice/expired/mentee"]


def test_whoever_asked_for_silence_leaves_no_meeting_behind_for_the_other_who_hears_of_it_once() -> None:
    life = booked_life()
    life.pause(Role.MENTEE)
    life.live_until(life.now + 30 * DAY)
    assert life.states() == ["1.1 cancelled"]
    assert [effect.recipient for _, effect in life.done if effect.about == "stopped"] == [Role.MENTOR]


def test_what_began_before_the_silence_and_what_the_two_booked_themselves_stays_as_it_is() -> None:
    life = booked_life()
    life.now = life.meeting.time.start + MINUTE
    life.pause(Role.MENTEE)
    assert [type(decision) for decision in life.plan().decisions] == []
    assert life.states() == ["1.1 booked"]


@pytest.mark.parametrize(("writer", "answered"), [(Role.MENTOR, ["echo"]), (Role.MENTEE, [])])
def test_while_one_is_silent_only_the_other_is_answered(writer: Role, answered: list[str]) -> None:
    life = booked_life()
    life.pause(Role.MENTEE)
    life.settle()
    life.relationship.hear_mail(Heard("m", writer, "agenda", "1.1", life.now), by_mail(writer, life.now))
    assert [name.split("/")[0] for name in life.due()] == answered


def test_where_both_asked_for_silence_nobody_hears_anything() -> None:
    life = booked_life()
    life.pause(Role.MENTEE)
    life.pause(Role.MENTOR)
    life.settle()
    assert life.due() == []
    assert [effect for _, effect in life.done if effect.about == "stopped"] == []


def test_a_pause_still_undoes_a_calendar_entry() -> None:
    life = booked_life()
    life.relationship.cancel_meeting("1.1", "declined", by_cli())
    life.pause(Role.MENTEE)
    assert life.due() == ["cancel/1.1/calendar", f"notice/stopped-{life.now:%Y%m%dT%H%M}/mentor"]
    life.settle()
    assert life.plan().next_review is None


def test_an_entry_that_cannot_be_undone_until_its_time_is_over_is_given_up_with_a_reason() -> None:
    life = booked_life()
    end = life.meeting.time.end
    life.relationship.cancel_meeting("1.1", "declined", by_cli())
    life.pause(Role.MENTEE)
    life.now = end - MINUTE
    assert "cancel/1.1/calendar" in life.due()
    life.now = end
    assert life.decide() == [Lapse("cancel", "1.1", "calendar", "1.1", LATE, "v1/conflict")]
    assert "cancel/1.1/calendar" not in life.due()


def test_after_a_pause_life_goes_on_with_a_meeting_in_the_future() -> None:
    life = booked_life()
    life.pause(Role.MENTEE)
    life.now = BEGINNING + 60 * DAY
    life.resume(Role.MENTEE)
    life.settle()
    assert life.meeting.state is MeetingState.BOOKED
    assert life.meeting.time.start > life.now + 2 * DAY
    assert life.meeting.time.start < life.now + 30 * DAY


@pytest.mark.parametrize("role", list(Role))
def test_with_a_calendar_that_was_never_read_nothing_is_planned(role: Role) -> None:
    life = Life(agreed())
    life.busy[role] = None
    assert life.decide() == []
    assert life.plan().next_review == BEGINNING + DAY
    del life.busy[role]
    assert life.decide() == []
    life.busy[role] = ()
    assert [type(d) for d in life.decide()] == [PlanMeeting]


def test_full_calendars_are_looked_at_again_tomorrow() -> None:
    life = Life(agreed())
    life.busy[Role.MENTEE] = everything()
    assert life.decide() == []
    assert life.plan().next_review == BEGINNING + DAY
    life.now += DAY
    life.busy[Role.MENTEE] = ()
    assert life.due() == ["book/1.1/calendar"]


def test_neither_busy_times_nor_other_commitments_are_booked_over() -> None:
    free = Life(agreed())
    free.decide()
    usual = free.meeting.time
    busy = Life(agreed())
    busy.busy[Role.MENTOR] = (usual,)
    busy.decide()
    assert not busy.meeting.time.overlaps(usual)
    committed = Life(agreed())
    committed.commitments[Role.MENTEE] = (usual,)
    committed.decide()
    assert not committed.meeting.time.overlaps(usual)


def test_a_decline_that_is_seen_after_the_meeting_is_never_presumed_to_be_a_meeting() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.end + HOUR)
    life.answer(Role.MENTEE, Response.DECLINED)
    assert CancelMeeting("1.1", "declined by the mentee", "v1/follow-up") in life.decide()
    assert life.states()[0] == "1.1 cancelled"
    assert "cancel/1.1/calendar" not in life.due()
