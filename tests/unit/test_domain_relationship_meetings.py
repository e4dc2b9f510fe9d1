"""What may happen to a meeting: planned, booked, lost, moved, answered, cancelled, skipped, held."""

from datetime import timedelta

import pytest

from domain.calendar import Response
from domain.charter import Role
from domain.errors import Refused
from domain.interval import Interval
from domain.meeting import Meeting, MeetingState
from domain.relationship import Relationship
from tests.unit.domain_cast import (
    DAY,
    HOUR,
    START,
    agreed,
    booked,
    booked_as,
    by_calendar,
    by_cli,
    by_mail,
    kinds,
    meeting_plan,
    planned,
    replayed,
    skip_plan,
)

AFTER = START + HOUR
LATER = Interval(START + DAY, START + DAY + timedelta(minutes=45))


def first(relationship: Relationship) -> Meeting:
    """Return meeting 1.1."""
    return relationship.meeting("1.1")


def test_planning_reserves_the_time_once() -> None:
    relationship = planned()
    relationship.plan_meeting(meeting_plan(start=START + DAY), "2026.6", by_cli())
    assert kinds(relationship).count("MeetingPlanned") == 1
    meeting = first(relationship)
    assert (meeting.ref, meeting.state, meeting.live) == ("1.1", MeetingState.PLANNED, True)
    assert meeting.time == Interval(START, START + timedelta(minutes=45))
    assert meeting.organiser is relationship.charter.organiser


def test_two_meetings_never_stand_at_once() -> None:
    relationship = planned()
    with pytest.raises(Refused, match="stands already"):
        relationship.plan_meeting(meeting_plan(2), "2026.6", by_cli())


def test_booking_records_the_event_once() -> None:
    relationship = booked()
    relationship.book("1.1", booked_as("other"), by_cli())
    assert kinds(relationship).count("MeetingBooked") == 1
    assert (first(relationship).event_id, first(relationship).ical_uid) == ("event-1.1", "uid-1.1")
    assert first(relationship).state is MeetingState.BOOKED
    assert not first(relationship).to_cancel


def test_a_booking_that_comes_after_the_meeting_was_given_up_is_to_be_cancelled() -> None:
    relationship = planned()
    relationship.cancel_meeting("1.1", "given up", by_cli())
    assert not first(relationship).to_cancel
    relationship.book("1.1", booked_as("1.1"), by_cli())
    assert first(relationship).state is MeetingState.CANCELLED
    assert first(relationship).to_cancel


def test_a_lost_slot_ends_the_generation_without_a_calendar_to_clear() -> None:
    relationship = planned()
    relationship.lose_slot("1.1", by_cli())
    relationship.lose_slot("1.1", by_cli())
    assert kinds(relationship).count("SlotLost") == 1
    assert first(relationship).state is MeetingState.CANCELLED
    assert not first(relationship).to_cancel
    assert relationship.meetings.current is None


def test_a_booked_meeting_cannot_lose_its_slot() -> None:
    relationship = booked()
    relationship.lose_slot("1.1", by_cli())
    assert first(relationship).state is MeetingState.BOOKED


def test_a_move_meeting_is_a_fact_and_keeps_the_generation() -> None:
    relationship = booked()
    relationship.move_meeting("1.1", LATER, by_calendar())
    relationship.move_meeting("1.1", LATER, by_calendar())
    assert kinds(relationship).count("MeetingMoved") == 1
    assert (first(relationship).time, first(relationship).moved_by_hand) == (LATER, True)
    assert first(relationship).ref == "1.1"


def test_what_is_not_in_the_calendar_cannot_be_moved_or_answered_there() -> None:
    relationship = planned()
    before = kinds(relationship)
    relationship.move_meeting("1.1", LATER, by_calendar())
    relationship.see_response("1.1", Role.MENTEE, Response.DECLINED, by_calendar(Role.MENTEE))
    assert kinds(relationship) == before


def test_an_answer_is_recorded_when_it_changes() -> None:
    relationship = booked()
    for response in (Response.ACCEPTED, Response.ACCEPTED, Response.DECLINED, Response.DECLINED):
        relationship.see_response("1.1", Role.MENTEE, response, by_calendar(Role.MENTEE))
    assert kinds(relationship).count("ResponseSeen") == 2
    assert first(relationship).response_of(Role.MENTEE) is Response.DECLINED
    assert first(relationship).response_of(Role.MENTOR) is Response.NEEDS_ACTION


def test_the_answers_of_the_two_are_kept_apart() -> None:
    relationship = booked()
    relationship.see_response("1.1", Role.MENTOR, Response.TENTATIVE, by_calendar())
    assert first(relationship).mentor_response is Response.TENTATIVE
    assert first(relationship).mentee_response is Response.NEEDS_ACTION


def test_cancelling_a_booked_meeting_leaves_its_event_to_be_cancelled_until_that_is_confirmed() -> None:
    relationship = booked()
    relationship.cancel_meeting("1.1", "declined", by_cli())
    relationship.cancel_meeting("1.1", "again", by_cli())
    assert (first(relationship).to_cancel, first(relationship).reason) == (True, "declined")
    relationship.confirm_cancelled("1.1", by_cli())
    relationship.confirm_cancelled("1.1", by_cli())
    assert not first(relationship).to_cancel
    assert kinds(relationship)[-2:] == ["MeetingCancelled", "BookingCancelled"]


def test_a_meeting_deleted_by_its_organiser_needs_no_cancelling() -> None:
    relationship = booked()
    relationship.cancel_meeting("1.1", "deleted", by_calendar(), in_calendar=False)
    assert first(relationship).state is MeetingState.CANCELLED
    assert not first(relationship).to_cancel


def test_a_cancelled_cycle_can_be_planned_again_as_the_next_generation() -> None:
    relationship = booked()
    relationship.cancel_meeting("1.1", "declined", by_cli())
    relationship.plan_meeting(meeting_plan(1, 2, START + DAY), "2026.6", by_cli())
    latest = relationship.meetings.latest
    assert latest is not None
    assert latest.ref == "1.2"
    assert latest == relationship.meetings.current
    assert [m.ref for m in relationship.meetings.of_cycle(1)] == ["1.1", "1.2"]


def test_a_cycle_is_skipped_once() -> None:
    relationship = agreed()
    relationship.skip_cycle(skip_plan(), by_cli())
    relationship.skip_cycle(skip_plan(), by_cli())
    assert kinds(relationship).count("CycleSkipped") == 1
    assert (first(relationship).state, first(relationship).reason) == (MeetingState.SKIPPED, "no time")
    assert not first(relationship).live


@pytest.mark.parametrize(("held", "state"), [(True, MeetingState.HELD), (False, MeetingState.MISSED)])
def test_a_report_is_recorded_once(held: bool, state: MeetingState) -> None:
    relationship = booked()
    relationship.report_held("1.1", held, by_mail(Role.MENTEE, AFTER))
    count = len(kinds(relationship))
    relationship.report_held("1.1", held, by_mail(Role.MENTOR, AFTER))
    assert len(kinds(relationship)) == count
    assert first(relationship).state is state
    assert first(relationship).took_place is held
    assert first(relationship).resolved_at == AFTER


def test_a_contrary_word_replaces_an_earlier_one_and_a_presumption() -> None:
    relationship = booked()
    relationship.presume_held("1.1", by_cli(AFTER))
    assert first(relationship).took_place
    relationship.report_held("1.1", False, by_mail(Role.MENTEE, AFTER))
    assert first(relationship).state is MeetingState.MISSED
    relationship.report_held("1.1", True, by_mail(Role.MENTOR, AFTER))
    assert first(relationship).state is MeetingState.HELD


def test_a_presumption_never_replaces_a_word() -> None:
    relationship = booked()
    relationship.report_held("1.1", False, by_mail(Role.MENTEE, AFTER))
    relationship.presume_held("1.1", by_cli(AFTER))
    assert first(relationship).state is MeetingState.MISSED
    assert "MeetingPresumedHeld" not in kinds(relationship)


def test_a_presumption_is_recorded_once() -> None:
    relationship = booked()
    for _ in range(2):
        relationship.presume_held("1.1", by_cli(AFTER))
    assert kinds(relationship).count("MeetingPresumedHeld") == 1
    assert first(relationship).state is MeetingState.PRESUMED_HELD


def test_nobody_can_report_a_meeting_that_has_not_begun() -> None:
    with pytest.raises(Refused, match="not begun"):
        booked().report_held("1.1", True, by_mail(Role.MENTEE, START - HOUR))


def test_nobody_can_report_a_meeting_that_did_not_stand() -> None:
    unbooked, cancelled, skipped = planned(), booked(), agreed()
    cancelled.cancel_meeting("1.1", "declined", by_cli())
    skipped.skip_cycle(skip_plan(), by_cli())
    for relationship in (unbooked, cancelled, skipped):
        with pytest.raises(Refused, match="did not stand"):
            relationship.report_held("1.1", True, by_mail(Role.MENTEE, AFTER))


def test_a_meeting_that_never_was_is_our_own_bug() -> None:
    with pytest.raises(LookupError, match=r"9\.9"):
        booked().meeting("9.9")


def test_telling_the_events_again_gives_the_same_meetings() -> None:
    relationship = booked()
    relationship.see_response("1.1", Role.MENTEE, Response.DECLINED, by_calendar(Role.MENTEE))
    relationship.cancel_meeting("1.1", "declined", by_cli())
    relationship.skip_cycle(skip_plan(1, 2), by_cli())
    assert replayed(relationship).meetings == relationship.meetings
