"""Another time that a guest wishes for: granted when it fits both and the charter, else answered once."""

from datetime import timedelta

from domain.calendar import Attendee, CalendarEntry, Response, Shows
from domain.charter import Organiser, Role
from domain.interval import Interval
from domain.observing import Seen, observe, observe_copy
from domain.rules_proposals import SETTLING
from tests.unit.domain_cast import by_calendar, by_cli, kinds
from tests.unit.domain_life import Life, booked_life

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def guest_life() -> Life:
    """A pair whose first meeting is organised by the service, so that both are guests."""
    return booked_life(organiser=Organiser.SERVICE)


def later(life: Life, by: timedelta = SETTLING) -> Life:
    life.now += by
    return life


def answers(life: Life) -> list[str]:
    return [name for name in life.due() if name.startswith(("move", "notice"))]


def test_a_wish_that_fits_both_is_granted_after_a_while_and_never_again() -> None:
    life = guest_life()
    before = life.meeting.time
    life.wish(Role.MENTOR, DAY)
    assert answers(life) == []
    (name,) = answers(later(life))
    assert name.startswith("move/1.1@")
    life.settle()
    assert life.meeting.time == Interval(before.start + DAY, before.end + DAY)
    assert (life.meeting.proposal, life.meeting.earlier, answers(life)) == (None, (before,), [])


def test_a_wish_outside_the_hours_is_answered_by_one_mail_and_moves_nothing() -> None:
    life = guest_life()
    before = life.meeting.time
    life.wish(Role.MENTEE, timedelta(hours=12))
    (name,) = answers(later(life))
    assert name.startswith("notice/1.1@")
    assert name.endswith("/mentee")
    life.settle()
    assert (life.meeting.time, answers(life)) == (before, [])


def test_a_wish_over_something_busy_or_in_the_past_or_beyond_the_cycle_is_not_granted() -> None:
    for by in (DAY, -30 * DAY, 21 * DAY):
        life = guest_life()
        wished = Interval(life.meeting.time.start + by, life.meeting.time.end + by)
        life.busy[Role.MENTEE] = (wished,) if by == DAY else ()
        life.wish(Role.MENTOR, by)
        assert [name.split("/")[0] for name in answers(later(life))] == ["notice"], by


def test_a_wish_for_a_day_of_leave_is_not_granted_and_one_inside_the_hours_of_a_journey_is() -> None:
    life = guest_life()
    day = (life.meeting.time.start + DAY).date()
    life.mentor.plan_leave(day, day, by_cli(life.now))
    life.wish(Role.MENTEE, DAY)
    assert [name.split("/")[0] for name in answers(later(life))] == ["notice"]
    away = guest_life()
    away.mentor.plan_travel(day - DAY, day + DAY, "Asia/Kolkata", by_cli(away.now))
    away.wish(Role.MENTEE, timedelta(hours=-6))
    assert [name.split("/")[0] for name in answers(later(away))] == ["move"]


def test_the_organisers_own_move_that_is_seen_on_a_guests_copy_first_is_no_wish_any_more() -> None:
    life = guest_life()
    life.wish(Role.MENTEE, DAY)
    life.move(DAY)
    assert (life.meeting.proposal, answers(later(life))) == (None, [])


def test_a_copy_that_still_shows_an_earlier_time_is_late_news() -> None:
    life = guest_life()
    old = life.meeting.time
    life.move(DAY)
    life.relationship.propose_time("1.1", Role.MENTEE, old, by_calendar(Role.MENTEE, life.now))
    assert life.meeting.proposal is None


def test_the_same_wish_twice_is_one_and_a_newer_one_replaces_it() -> None:
    life = guest_life()
    for by in (DAY, DAY, 2 * DAY):
        life.wish(Role.MENTOR, by)
    assert kinds(life.relationship).count("TimeProposed") == 2
    assert len(answers(later(life))) == 1


def entry(life: Life, time: Interval, cancelled: bool = False, proposed: Interval | None = None) -> CalendarEntry:
    guest = Attendee("tilo@example.org", Response.TENTATIVE, proposed)
    shown = (Shows.BUSY, Response.ACCEPTED, "service@example.org", (guest,), cancelled, None, "e")
    return CalendarEntry(life.meeting.event_id, life.meeting.ical_uid, time, *shown)


def test_another_time_on_a_guests_own_copy_is_a_wish_but_the_organisers_copy_is_none() -> None:
    life = guest_life()
    time = Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY)
    observe_copy(life.relationship, life.meeting, entry(life, time, cancelled=True), Role.MENTEE, life.now)
    assert life.meeting.proposal is None
    for _ in range(2):
        observe_copy(life.relationship, life.meeting, entry(life, time), Role.MENTEE, life.now)
    assert kinds(life.relationship)[-1:] == ["TimeProposed"]
    own = booked_life(organiser=Organiser.MENTEE)
    observe_copy(own.relationship, own.meeting, entry(own, time), Role.MENTEE, own.now)
    assert own.meeting.proposal is None


def test_a_new_time_that_came_with_the_answer_is_a_wish() -> None:
    life = guest_life()
    wished = Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY)
    shown = entry(life, life.meeting.time, proposed=wished)
    observe(life.relationship, life.meeting, shown, {"tilo@example.org": Role.MENTEE}, Seen(life.now, "2026.6"))
    assert life.meeting.proposal is not None
    assert (life.meeting.proposal.role, life.meeting.proposal.time) == (Role.MENTEE, wished)


def test_a_wish_without_known_calendars_waits() -> None:
    life = guest_life()
    life.busy[Role.MENTOR] = None
    life.wish(Role.MENTOR, DAY)
    assert answers(later(life)) == []


def test_a_wish_that_only_the_others_appointment_stands_against_is_put_to_the_other_and_a_yes_grants_it() -> None:
    life = guest_life()
    wished = Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY)
    life.busy[Role.MENTEE] = (wished,)
    life.wish(Role.MENTOR, DAY)
    (question,) = answers(later(life))
    assert question.endswith("~wish_question/mentee")
    life.settle()
    life.relationship.propose_time(life.meeting.ref, Role.MENTEE, wished, by_calendar(Role.MENTEE, life.now))
    later(life)
    life.settle()
    assert life.meeting.time == wished


def test_who_wishes_for_a_time_of_an_own_appointment_is_taken_at_the_word() -> None:
    life = guest_life()
    wished = Interval(life.meeting.time.start + DAY, life.meeting.time.end + DAY)
    life.busy[Role.MENTOR] = (wished,)
    life.wish(Role.MENTOR, DAY)
    later(life)
    life.settle()
    assert life.meeting.time == wished
