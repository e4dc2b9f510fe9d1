"""What two people arrange by themselves is recognised: one appointment is the meeting, a second one is too many."""

from datetime import datetime, timedelta

from domain.charter import Organiser, Role
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.observing import DELETED
from domain.situation import HandMade
from tests.unit.domain_cast import by_calendar
from tests.unit.domain_life import Life, booked_life

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def appointment(start: datetime, name: str, by: Role = Role.MENTEE, **said: bool) -> HandMade:
    """Return an hour that one of the two made for both."""
    answers = {"accepted": False, "declined": False} | said
    return HandMade(Interval(start, start + HOUR), Organiser(by.value), f"event-{name}", f"uid-{name}", **answers)


def between_meetings() -> Life:
    """Return a pair whose first meeting is over, before the second is planned, at its end."""
    life = booked_life()
    life.live_until(life.meeting.time.end)
    life.now += 49 * HOUR
    return life


def notices(life: Life) -> list[tuple[str, str, str]]:
    """Return topic, reader and occasion of the notices that left."""
    return [(e.about, e.recipient, e.occasion) for _, e in life.done if e.kind == "notice"]


def test_an_appointment_in_the_window_is_the_meeting_of_its_cycle_and_nothing_is_booked() -> None:
    life = between_meetings()
    start = life.meeting.time.start + 12 * DAY
    life.handmade = (appointment(start, "walk"),)
    life.settle()
    meeting = life.meeting
    assert (meeting.ref, meeting.state, meeting.adopted) == ("2.1", MeetingState.BOOKED, True)
    assert (meeting.time.start, meeting.event_id, meeting.organiser) == (start, "event-walk", "mentee")


def test_of_two_the_accepted_one_is_adopted_and_the_other_proposed_for_removal_to_its_maker_once() -> None:
    life = between_meetings()
    start = life.meeting.time.start + 12 * DAY
    first = appointment(start, "coffee", Role.MENTEE)
    second = appointment(start + DAY, "call", Role.MENTOR, accepted=True)
    life.handmade = (first, second)
    life.decide()
    life.handmade = (first,)
    life.live_until(life.now + DAY)
    assert life.meeting.event_id == "event-call"
    occasion = f"2.1@{start.isoformat(timespec='minutes')}~two_meetings"
    assert notices(life) == [("two_meetings", "mentee", occasion)]


def test_of_two_unanswered_ones_the_earlier_is_adopted() -> None:
    life = between_meetings()
    start = life.meeting.time.start + 12 * DAY
    life.handmade = (appointment(start + DAY, "later"), appointment(start, "earlier", Role.MENTOR))
    life.decide()
    assert life.meeting.event_id == "event-earlier"


def test_a_declined_or_past_or_far_appointment_is_nobodys_meeting() -> None:
    life = between_meetings()
    start = life.meeting.time.start + 12 * DAY
    life.handmade = (
        appointment(start, "no", declined=True),
        appointment(life.now - HOUR, "past"),
        appointment(start + 60 * DAY, "far"),
    )
    life.settle()
    assert not life.meeting.adopted


def test_an_appointment_made_while_ours_is_only_planned_takes_its_place() -> None:
    life = between_meetings()
    life.decide()
    assert life.meeting.state is MeetingState.PLANNED
    life.handmade = (appointment(life.meeting.time.start + DAY, "theirs"),)
    life.settle()
    assert [state for state in life.states() if state.startswith("2.")] == ["2.1 cancelled", "2.2 booked"]
    assert life.meeting.adopted


def test_an_appointment_beside_our_booked_meeting_is_reported_and_neither_is_touched() -> None:
    life = booked_life()
    stood = life.meeting
    life.handmade = (appointment(stood.time.start + DAY, "twin", Role.MENTOR),)
    life.settle()
    assert life.meeting == stood
    assert [(topic, reader) for topic, reader, _ in notices(life)] == [("two_meetings", "mentor")]


def test_an_adopted_meeting_gets_its_mails_and_is_never_moved_or_cancelled_by_us() -> None:
    life = between_meetings()
    life.handmade = (appointment(life.meeting.time.start + 12 * DAY, "walk"),)
    life.settle()
    life.handmade = ()
    life.busy[Role.MENTEE] = (life.meeting.time,)
    life.live_until(life.meeting.time.start)
    kinds = {effect.kind.value for _, effect in life.done if effect.about.startswith("2.")}
    assert kinds == {"preparation", "agenda"}
    assert not {"move", "cancel"} & {effect.kind.value for _, effect in life.done}
    assert ("no_other_time", "mentee") in [(topic, reader) for topic, reader, _ in notices(life)]


def test_an_event_of_ours_that_is_brought_back_takes_the_place_of_the_one_booked_since() -> None:
    life = booked_life()
    first = life.meeting
    life.relationship.cancel_meeting(first.ref, DELETED, by_calendar(at=life.now), in_calendar=False)
    life.settle()
    second = life.meeting
    life.handmade = (HandMade(first.time, first.organiser, first.event_id, first.ical_uid, False, False, ours=True),)
    life.decide()
    life.handmade = ()
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 cancelled", "1.3 booked"]
    assert not life.relationship.meeting(second.ref).to_cancel
    assert (life.meeting.event_id, life.meeting.adopted) == (first.event_id, False)
