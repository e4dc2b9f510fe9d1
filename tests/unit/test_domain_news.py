"""What the two are told about the time of their meeting, and what is left to the provider to tell."""

from datetime import timedelta

import pytest

from domain.by import by_policy
from domain.calendar import CalendarEntry, Response, Shows
from domain.charter import Organiser, Role
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.observing import DELETED, Seen, observe
from tests.unit.domain_cast import by_calendar
from tests.unit.domain_life import Life, booked_life

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def notices(life: Life) -> list[tuple[str, str]]:
    """Return topic and reader of the notices that left."""
    return [(e.about, e.recipient) for _, e in life.done if e.kind == "notice"]


def shown(life: Life, time: Interval) -> CalendarEntry:
    """Return the organiser's copy at that time."""
    people = ("marta@example.com", ())
    meeting = life.meeting
    return CalendarEntry(
        meeting.event_id, meeting.ical_uid, time, Shows.BUSY, Response.ACCEPTED, *people, False, None, "2"
    )


def test_a_deletion_by_the_organiser_is_confirmed_once_and_another_time_is_found() -> None:
    life = booked_life()
    stood = life.meeting
    life.relationship.cancel_meeting(stood.ref, DELETED, by_calendar(at=life.now), in_calendar=False)
    life.live_until(life.now + DAY)
    assert notices(life) == [("cancelled_by_organiser", "mentor")]
    assert (life.meeting.cycle, life.meeting.generation) == (stood.cycle, stood.generation + 1)


def test_the_service_that_organises_tells_itself_nothing() -> None:
    life = booked_life(organiser=Organiser.SERVICE)
    life.relationship.cancel_meeting(life.meeting.ref, DELETED, by_calendar(at=life.now), in_calendar=False)
    life.live_until(life.now + DAY)
    assert notices(life) == []


def test_a_move_by_hand_is_told_by_the_provider_alone() -> None:
    life = booked_life()
    life.move(HOUR)
    life.live_until(life.now + DAY)
    assert notices(life) == []


def test_new_rules_of_the_zone_are_told_from_a_hand_and_announced_to_both() -> None:
    life = booked_life()
    meeting = life.meeting
    old = Interval(meeting.time.start - HOUR, meeting.time.end - HOUR)
    life.relationship.change_rules(meeting.ref, old, "2027.1", by_policy("v1/pins", life.now))
    observe(life.relationship, life.meeting, shown(life, meeting.time), {}, Seen(life.now, "2027.2"))
    assert type(life.relationship.pending_events[-1]).__name__ == "ZoneRulesChanged"
    life.settle()
    assert notices(life) == [("zone_rules_changed", "mentee"), ("zone_rules_changed", "mentor")]
    assert not life.meeting.moved_by_hand


def test_a_shift_that_also_changes_the_length_is_a_hand() -> None:
    life = booked_life()
    meeting = life.meeting
    old = Interval(meeting.time.start - HOUR, meeting.time.end - HOUR)
    life.relationship.change_rules(meeting.ref, old, "2027.1", by_policy("v1/pins", life.now))
    longer = Interval(meeting.time.start, meeting.time.end + HOUR)
    observe(life.relationship, life.meeting, shown(life, longer), {}, Seen(life.now, "2027.2"))
    assert type(life.relationship.pending_events[-1]).__name__ == "MeetingMoved"


def test_a_third_person_is_asked_about_once() -> None:
    life = booked_life()
    life.third_person = True
    life.live_until(life.now + DAY)
    assert notices(life) == [("third_person", "mentor")]


@pytest.mark.parametrize("bounces", [False, True])
@pytest.mark.parametrize("organiser", [Organiser.SERVICE, Organiser.MENTOR, Organiser.MENTEE])
def test_one_who_gets_mail_is_asked_about_a_third_person_and_of_what_the_service_organises_the_mentor(
    organiser: Organiser, bounces: bool
) -> None:
    life = booked_life(organiser=organiser)
    if bounces:
        life.mentor.mark_bounced(life.mentor.address, by_calendar(at=life.now))
    life.third_person = True
    life.settle()
    first = "mentee" if organiser is Organiser.MENTEE or bounces else "mentor"
    topic = "third_person" if organiser.value == first else "third_person_elsewhere"
    assert notices(life) == [(topic, first)]
    life.mentor.mark_reached(life.mentor.address, by_calendar(at=life.now))
    life.live_until(life.now + HOUR)
    assert notices(life) == [(topic, first)]


def test_an_invitation_that_shows_nowhere_within_a_day_is_told_to_its_guest() -> None:
    life = Life()
    life.arrives = False
    life.settle()
    assert notices(life) == []
    life.live_until(life.now + DAY)
    assert notices(life) == [("invitation_missing", "mentee")]


def test_the_event_of_a_meeting_that_is_over_stays_where_it_is() -> None:
    life = booked_life()
    life.live_until(life.meeting.time.end + HOUR)
    life.answer(Role.MENTEE, Response.DECLINED)
    life.settle()
    first = life.relationship.meeting("1.1")
    assert (first.state, first.to_cancel) == (MeetingState.CANCELLED, False)
    assert "cancel" not in [effect.kind for _, effect in life.done]
