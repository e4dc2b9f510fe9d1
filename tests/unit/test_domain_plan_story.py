"""The story of a pair, step by step, as plan tells it."""

from datetime import timedelta

import pytest

from domain.charter import Role
from domain.decisions import ExpireRequest, Lapse, PlanMeeting, PresumeHeld
from domain.effects import effect_key
from domain.relationship_state import Status
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    PAIR_ID,
    accepted,
    agreed,
    by_mail,
    charter,
    planned,
    requested,
    words,
)
from tests.unit.domain_life import Life, booked_life

MINUTE = timedelta(minutes=1)


def test_a_request_goes_to_the_mentor_at_once_and_to_nobody_else() -> None:
    life = Life(requested())
    assert life.due() == ["request/request/mentor"]
    life.settle()
    assert life.due() == []
    assert life.plan().next_review == BEGINNING + 7 * DAY


def test_a_request_expires_after_a_fortnight_and_the_mentee_hears_of_it() -> None:
    life = Life(requested())
    life.settle()
    for day in (7, 12):
        life.now = BEGINNING + day * DAY
        life.settle()
    life.now = BEGINNING + 14 * DAY - MINUTE
    assert life.plan().decisions == ()
    life.now = BEGINNING + 14 * DAY
    assert life.decide() == [ExpireRequest("the mentor did not answer", "v1/request")]
    assert life.relationship.status is Status.EXPIRED
    assert life.due() == ["notice/expired/mentee"]
    life.settle()
    assert life.plan().next_review is None


def test_after_a_yes_both_get_the_charter_and_who_agreed_is_not_asked_again() -> None:
    life = Life(accepted())
    assert life.due() == ["charter/v1/mentee", "charter/v1/mentor"]
    life.relationship.approve_charter(Role.MENTEE, by_mail(Role.MENTEE))
    assert life.due() == ["charter/v1/mentor"]


def test_a_charter_expires_a_fortnight_after_the_yes_and_who_agreed_hears_of_it() -> None:
    life = Life(accepted())
    life.relationship.approve_charter(Role.MENTOR, by_mail(Role.MENTOR))
    life.live_until(BEGINNING + 14 * DAY - MINUTE)
    assert life.relationship.status.value == "accepted"
    life.sleep_until(BEGINNING + 14 * DAY)
    assert life.decide() == [ExpireRequest("the charter was not agreed", "v1/charter")]
    assert life.due() == ["notice/expired/mentee", "notice/expired/mentor"]


def test_a_no_is_told_to_the_mentee_alone_and_the_notice_lapses_after_three_days() -> None:
    life = Life(requested())
    life.relationship.decline(by_mail(Role.MENTOR))
    assert life.due() == ["notice/declined/mentee"]
    life.sleep_until(BEGINNING + 3 * DAY)
    assert [type(d) for d in life.decide()] == [Lapse]
    assert life.plan().next_review is None


def test_the_first_meeting_is_within_days_of_the_charter_and_time_is_left_to_prepare() -> None:
    life = Life(agreed())
    [decision] = life.decide()
    assert isinstance(decision, PlanMeeting)
    lead = decision.time.start - BEGINNING
    assert 2 * DAY <= lead <= 4 * DAY
    assert decision.time.end - decision.time.start == timedelta(minutes=45)
    assert decision.clause == "v1/kick-off"
    assert int(decision.time.start.timestamp()) // 60 in decision.starts
    assert decision.counters[-1][1] == len(decision.starts)


def test_a_planned_meeting_is_to_be_booked_at_once_in_the_calendar() -> None:
    life = Life(agreed())
    assert life.due() == ["book/1.1/calendar"]
    [effect] = life.plan().due(life.now)
    assert effect.expires == life.meeting.time.start
    assert effect_key(str(PAIR_ID), effect) == f"{PAIR_ID}/book/1.1/calendar"
    life.settle()
    assert life.states() == ["1.1 booked"]


def test_preparation_and_agenda_come_at_their_times_and_once() -> None:
    life = booked_life()
    start, day = life.meeting.time.start, "1.1@2027-02-03"
    assert life.sent("preparation") == [day]
    assert life.plan().next_review == start - DAY
    life.live_until(start - DAY - MINUTE)
    assert life.sent("agenda") == []
    life.live_until(start - DAY)
    assert life.sent("agenda") == [day]
    life.live_until(life.meeting.time.end)
    assert len(life.relationship.mails) == 2


def test_the_mentee_is_asked_two_hours_after_the_meeting_whether_it_was_held() -> None:
    life = booked_life()
    end = life.meeting.time.end
    life.live_until(end + 2 * HOUR - MINUTE)
    assert life.sent("held_question") == []
    life.live_until(end + 2 * HOUR)
    assert life.sent("held_question") == ["1.1@2027-02-03"]
    assert life.plan().next_review == end + 48 * HOUR


def test_silence_for_two_days_counts_as_held_and_the_next_cycle_is_planned() -> None:
    life = booked_life()
    end = life.meeting.time.end
    life.live_until(end + 48 * HOUR - MINUTE)
    assert life.states() == ["1.1 booked"]
    life.now = end + 48 * HOUR
    made = life.decide()
    assert made[0] == PresumeHeld("1.1", "v1/follow-up")
    assert life.states() == ["1.1 presumed_held", "2.1 planned"]
    assert life.meeting.time.start == life.relationship.meeting("1.1").time.start + 14 * DAY


def test_a_word_that_it_was_held_brings_the_follow_up_to_both_at_once() -> None:
    life = booked_life()
    end = life.meeting.time.end
    life.live_until(end + 3 * HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTEE, life.now))
    assert [name for name in life.due() if name.startswith("follow_up")] == [
        "follow_up/1.1@2027-02-03/mentee",
        "follow_up/1.1@2027-02-03/mentor",
    ]
    life.settle()
    assert life.states() == ["1.1 held", "2.1 booked"]


def test_a_missed_meeting_has_no_follow_up_and_the_next_one_comes_a_cadence_later() -> None:
    life = booked_life()
    first = life.meeting.time.start
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held("1.1", False, by_mail(Role.MENTEE, life.now))
    life.settle()
    assert life.sent("follow_up") == []
    assert life.states() == ["1.1 missed", "2.1 booked"]
    assert life.meeting.time.start == first + 14 * DAY


def test_a_question_that_was_answered_before_it_was_asked_is_not_asked() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.end + HOUR)
    life.relationship.report_held("1.1", True, by_mail(Role.MENTOR, life.now))
    life.live_until(life.now + 3 * DAY)
    assert life.sent("held_question") == []


def test_twelve_weeks_of_a_quiet_pair_hold_six_meetings_with_everything_around_them() -> None:
    life = Life(agreed())
    life.live_until(BEGINNING + 84 * DAY)
    assert life.states() == [*(f"{n}.1 presumed_held" for n in range(1, 7)), "7.1 booked"]
    for kind in ("preparation", "agenda", "held_question"):
        asked = [occasion.split("@")[0] for occasion in life.sent(kind)]
        assert asked[:6] == [f"{n}.1" for n in range(1, 7)]
    assert len(life.relationship.mails) == len(life.done) - 7
    assert not life.relationship.lapsed


def test_an_agenda_that_could_not_leave_in_time_lapses_with_a_reason() -> None:
    life = booked_life()
    start = life.meeting.time.start
    life.sleep_until(start)
    [decision] = life.decide()
    assert isinstance(decision, Lapse)
    assert (decision.kind, decision.occasion, decision.about) == ("agenda", "1.1@2027-02-03", "1.1")
    assert "not done in time" in life.relationship.lapsed[("agenda", "1.1@2027-02-03", "mentor")]
    assert life.due() == []


@pytest.mark.parametrize("later", [HOUR, DAY, 7 * DAY])
def test_an_agenda_of_a_meeting_that_was_over_before_anybody_looked_has_its_reason_too(later: timedelta) -> None:
    life = booked_life()
    life.sleep_until(life.meeting.time.end + later)
    life.settle()
    assert "not done in time" in life.relationship.lapsed["agenda", "1.1@2027-02-03", "mentor"]


def test_an_agenda_may_still_leave_late_until_the_meeting_begins() -> None:
    life = booked_life()
    life.sleep_until(life.meeting.time.start - MINUTE)
    assert life.due() == ["agenda/1.1@2027-02-03/mentor"]


def test_a_booking_that_never_happened_is_given_up_when_its_time_is_over() -> None:
    life = Life(planned())
    life.sleep_until(life.meeting.time.end)
    life.settle()
    assert life.states()[0] == "1.1 cancelled"
    assert life.meeting.generation == 2 or life.meeting.cycle == 2
    assert life.meeting.live


def test_an_overdue_action_is_chased_twice_a_week_apart_inside_working_hours() -> None:
    life = booked_life()
    due = BEGINNING.date() + timedelta(days=5)
    life.relationship.owe_action(Role.MENTOR, words("Introduce Tilo")[0], due, 1, by_mail(Role.MENTEE))
    life.live_until(BEGINNING + 40 * DAY)
    chased = [(at, effect) for at, effect in life.done if effect.kind == "chase"]
    assert [effect.occasion for _, effect in chased] == ["1.1", "1.2"]
    assert [at.isoformat() for at, _ in chased] == ["2027-02-08T15:00:00+00:00", "2027-02-15T15:00:00+00:00"]
    assert {effect.recipient for _, effect in chased} == {"mentor"}


def test_an_action_that_is_done_or_has_no_date_is_not_chased() -> None:
    life = booked_life()
    for number, day in ((1, BEGINNING.date()), (2, None)):
        text = words(f"Action {number}")[0]
        life.relationship.owe_action(Role.MENTEE, text, day, 1, by_mail(Role.MENTEE))
    life.relationship.close_action(1, by_mail(Role.MENTEE))
    life.live_until(BEGINNING + 30 * DAY)
    assert life.sent("chase") == []


def test_the_plan_tells_the_future_too_and_is_asked_by_name() -> None:
    life = booked_life()
    plan, start = life.plan(), life.meeting.time.start
    name = ("agenda", "1.1@2027-02-03", "mentor")
    assert plan.wants(*name, life.now) is None
    wanted = plan.wants(*name, start - DAY)
    assert wanted is not None
    assert (wanted.due, wanted.expires, wanted.clause) == (start - DAY, start, "v1/agenda-lead")
    assert plan.wants(*name, start) is None


def test_a_longer_notice_moves_the_first_meeting_away() -> None:
    life = Life(agreed(charter(notice_hours=24 * 7)))
    life.decide()
    assert life.meeting.time.start >= BEGINNING + 7 * DAY
