"""A calendar that cannot be read: times are offered by mail, nothing is booked over what it once showed."""

from datetime import timedelta
from typing import Any

import pytest

from domain.agreeing import agree_on_time
from domain.charter import Charter, Organiser, Role
from domain.errors import BadInput, Refused
from domain.interval import Interval
from domain.legs import Leg, Reach, leg_of, organiser_of_next, out_of_reach
from domain.meeting import MeetingState
from domain.offers import Offer, choice_in
from domain.person import Person
from domain.person_state import LossReason
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, agreed, by_cli, by_mail, charter, mentor
from tests.unit.domain_life import Life


def pair(*lost: Role, reason: str = "consent", terms: Charter | None = None) -> Life:
    """Return a pair of whom some have a calendar that cannot be read."""
    life = Life(agreed(terms or charter(organiser=Organiser.SERVICE)))
    for role in lost:
        life.situation().person(role).lose_connection(reason, by_cli())
    return life


def offer(life: Life, role: Role = Role.MENTEE, cycle: int = 1) -> Offer:
    """Return what was offered."""
    found = life.relationship.offer(cycle, role)
    assert found is not None
    return found


def choose(life: Life, number: int, role: Role = Role.MENTEE) -> None:
    """Let somebody take one of the times by mail."""
    agree_on_time(life.relationship, 1, role, number, by_mail(role, life.now))


LEGS = [
    (lambda _: None, Reach.CONNECTED, True),
    (lambda p: p.read_busy_times_only(True, by_cli()), Reach.FREE_BUSY_ONLY, True),
    (lambda p: p.lose_connection("never", by_cli()), Reach.NEVER, False),
    (lambda p: p.lose_connection("consent", by_cli()), Reach.LOST, False),
    (lambda p: p.lose_connection("gone", by_cli()), Reach.LOST, False),
]


@pytest.mark.parametrize(("happens", "reach", "readable"), LEGS)
def test_each_leg_reaches_as_far_as_its_owner_lets_it(happens: object, reach: Reach, readable: bool) -> None:
    person: Person = mentor()
    assert callable(happens)
    happens(person)
    since = None if readable else BEGINNING
    assert leg_of(person) == Leg(reach, since)
    assert leg_of(person).readable is readable


def test_what_was_lost_was_connected_once_so_it_does_not_become_never() -> None:
    person = mentor()
    person.lose_connection("consent", by_cli())
    person.lose_connection("never", by_cli(BEGINNING + DAY))
    assert person.connection is not None
    assert person.connection.reason is LossReason.CONSENT


@pytest.mark.parametrize("reason", ["consent", "gone", "never"])
def test_three_times_on_different_days_are_offered_inside_both_hours_and_free_for_the_other(reason: str) -> None:
    life = pair(Role.MENTEE, reason=reason)
    first = Interval(BEGINNING + 2 * DAY, BEGINNING + 2 * DAY + 12 * HOUR)
    life.busy = {Role.MENTOR: (first,), Role.MENTEE: (Interval(BEGINNING, BEGINNING + 90 * DAY),)}
    life.settle()
    starts = offer(life).starts
    assert len({start.date() for start in starts}) == len(starts) == 3
    assert all(start.hour == 15 for start in starts), "9 o'clock in Chicago is 16 o'clock in Berlin"
    assert not any(first.contains(Interval(start, start)) for start in starts)
    assert life.sent("offer") == [f"1.1@{starts[0].isoformat(timespec='minutes')}"]
    assert life.states() == []


def test_the_answer_plans_the_meeting_in_the_writers_name_and_it_is_booked() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    choose(life, 2)
    events: list[Any] = life.relationship.pending_events
    planned = [event.by.actor for event in events if type(event).__name__ == "MeetingPlanned"]
    assert planned == [life.relationship.mentee_id]
    life.settle()
    assert (life.states(), life.meeting.time.start) == (["1.1 booked"], offer(life).starts[1])


def test_a_repeated_answer_changes_nothing_and_another_one_is_refused() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    choose(life, 1)
    before = len(life.relationship.pending_events)
    choose(life, 1)
    assert len(life.relationship.pending_events) == before
    for number in (0, 2, 4):
        with pytest.raises(Refused):
            choose(life, number)


def test_none_leaves_the_cycle_out_and_the_next_cycle_has_its_own_offer() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    life.relationship.refuse_times(1, Role.MENTEE, by_mail(Role.MENTEE, life.now))
    life.settle()
    assert life.states() == ["1.1 skipped"]
    assert (life.meeting.reason, len(life.relationship.offers)) == ("none of the times that were offered suited", 1)
    life.live_until(life.meeting.target + HOUR)
    assert [o.cycle for o in life.relationship.offers] == [1, 2]


def test_without_an_answer_there_is_one_offer_in_a_cycle_and_it_expires_before_the_notice_of_its_last_time() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    made = offer(life)
    assert made.expires == made.starts[-1] - timedelta(hours=24)
    life.live_until(made.expires)
    assert life.states() == ["1.1 skipped"]
    with pytest.raises(Refused, match="no longer open"):
        choose(life, 1)


def test_a_time_inside_the_notice_cannot_be_chosen_any_more() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    life.now = offer(life).starts[0] - HOUR
    with pytest.raises(Refused, match="no longer open"):
        choose(life, 1)


def test_when_neither_calendar_can_be_read_the_second_is_asked_for_what_the_first_chose() -> None:
    life = pair(*Role)
    life.settle()
    assert [o.role for o in life.relationship.offers] == [Role.MENTOR]
    choose(life, 3, Role.MENTOR)
    assert life.states() == []
    life.settle()
    assert offer(life).starts == (offer(life, Role.MENTOR).starts[2],)
    choose(life, 1)
    life.settle()
    assert life.states() == ["1.1 booked"]


def test_a_calendar_not_read_yet_is_waited_for_and_nothing_is_offered() -> None:
    life = pair(Role.MENTEE)
    life.busy = {Role.MENTOR: None, Role.MENTEE: ()}
    life.settle()
    assert life.relationship.offers == ()


def test_a_time_that_was_planned_from_a_calendar_that_is_lost_since_is_given_up_and_offered_instead() -> None:
    life = Life(agreed(charter(organiser=Organiser.SERVICE)))
    life.decide()
    assert life.states() == ["1.1 planned"]
    life.mentee.lose_connection("consent", by_cli())
    life.settle()
    assert life.states() == ["1.1 cancelled"]
    assert offer(life).generation == 2


def test_a_booked_meeting_stays_when_a_calendar_is_lost() -> None:
    life = Life(agreed())
    life.settle()
    life.mentor.lose_connection("consent", by_cli())
    life.live_until(life.meeting.time.start)
    assert life.states() == ["1.1 booked"]


@pytest.mark.parametrize(
    ("wanted", "lost", "organiser"),
    [
        (Organiser.MENTOR, (), Organiser.MENTOR),
        (Organiser.MENTOR, (Role.MENTOR,), Organiser.MENTEE),
        (Organiser.MENTEE, (Role.MENTEE,), Organiser.MENTOR),
        (Organiser.MENTEE, (Role.MENTOR,), Organiser.MENTEE),
        (Organiser.MENTOR, tuple(Role), Organiser.SERVICE),
        (Organiser.SERVICE, tuple(Role), Organiser.SERVICE),
    ],
)
def test_the_next_meeting_is_made_where_it_can_be(
    wanted: Organiser, lost: tuple[Role, ...], organiser: Organiser
) -> None:
    life = pair(*lost, terms=charter(organiser=wanted))
    assert organiser_of_next(life.situation()) is organiser
    assert out_of_reach(life.situation()) == lost


def test_a_calendar_with_busy_times_only_organises_nothing() -> None:
    life = Life(agreed())
    life.mentor.read_busy_times_only(True, by_cli())
    life.settle()
    assert (life.states(), life.meeting.organiser) == (["1.1 booked"], Organiser.MENTEE)


def test_an_agreed_time_is_kept_when_the_calendar_it_was_to_be_made_in_is_lost_before_the_booking() -> None:
    life = pair(Role.MENTEE, terms=charter(organiser=Organiser.MENTOR))
    life.settle()
    choose(life, 2)
    life.decide()
    life.mentor.lose_connection("consent", by_cli())
    life.settle()
    chosen = offer(life).starts[1]
    assert offer(life, Role.MENTOR).starts == (chosen,), "the other's time is not known any more either"
    choose(life, 1, Role.MENTOR)
    life.settle()
    assert (life.meeting.organiser, life.meeting.time.start) == (Organiser.SERVICE, chosen)
    assert life.states() == ["1.1 cancelled", "1.2 booked"]


def test_an_agreed_time_that_proves_to_be_taken_is_not_tried_again() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    choose(life, 1)
    life.decide()
    life.relationship.lose_slot("1.1", by_cli(life.now))
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 skipped"]


def test_where_no_calendar_takes_the_meeting_both_are_told_by_mail_and_it_stands() -> None:
    life = pair(*Role)
    for role in Role:
        life.settle()
        choose(life, 1, role)
    life.decide()
    life.relationship.give_up(("book", "1.1", "calendar"), "1.1", "no", False, by_cli(life.now))
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 booked"]
    assert (life.meeting.organiser, life.meeting.ical_uid) == (
        Organiser.MAIL,
        f"{life.relationship.id}-1.2@mentorsync",
    )
    assert len(life.sent("invitation")) == 2
    for person in (life.mentor, life.mentee):
        person.restore_connection(by_cli(life.now))
    life.live_until(life.now + 26 * HOUR)
    assert (len(life.sent("invitation")), life.sent("notice")) == (2, []), "what both know is not told again"
    life.relationship.cancel_meeting("1.2", "called off", by_cli(life.now))
    life.settle()
    assert [name[-3:] for name in life.sent("invitation")[2:]] == ["off", "off"]
    assert not any(effect.kind.value in ("book", "cancel") for _, effect in life.done)


def test_no_charter_can_ask_for_meetings_in_nobodys_calendar() -> None:
    with pytest.raises(BadInput, match="nobody's calendar"):
        charter(organiser=Organiser.MAIL).checked()


def test_a_calendar_that_is_back_is_planned_from_and_a_late_answer_is_a_wish() -> None:
    life = pair(Role.MENTEE)
    life.settle()
    second = offer(life).starts[1]
    life.mentee.restore_connection(by_cli())
    life.settle()
    assert life.states() == ["1.1 booked"]
    choose(life, 2)
    life.live_until(life.now + HOUR)
    assert (life.meeting.time.start, life.meeting.state) == (second, MeetingState.BOOKED)
    assert life.sent("offer") == [f"1.1@{offer(life).starts[0].isoformat(timespec='minutes')}"]


def test_a_conflict_is_asked_about_and_moves_nothing_to_a_time_that_nobody_knows_to_suit() -> None:
    life = Life(agreed(charter(organiser=Organiser.SERVICE)))
    life.settle()
    booked = life.meeting.time
    life.mentee.lose_connection("consent", by_cli())
    life.busy = {Role.MENTOR: (booked,), Role.MENTEE: None}
    life.settle()
    assert (life.meeting.moves, life.meeting.time) == ((), booked)
    assert [name.partition("~")[2] for name in life.sent("notice")] == ["no_other_time"]


def test_somebody_on_leave_whose_calendar_is_lost_has_the_cycle_left_out() -> None:
    life = Life(agreed(charter(organiser=Organiser.SERVICE)))
    life.settle()
    day = life.meeting.time.start.date()
    life.mentee.lose_connection("consent", by_cli())
    life.mentee.plan_leave(day - DAY, day + DAY, by_cli())
    life.settle()
    assert life.states() == ["1.1 cancelled", "1.2 skipped"]


def test_whoever_lost_the_consent_is_asked_to_renew_it_at_days_1_3_7_and_14_and_not_again() -> None:
    life = pair(Role.MENTEE)
    life.speaks_for = frozenset((Role.MENTEE,))
    life.live_until(BEGINNING + 60 * DAY)
    sent = [m.at for m in life.relationship.mails.values() if m.kind == "notice" and m.occasion.startswith("reconnect")]
    assert sent == [BEGINNING + day * DAY for day in (1, 3, 7, 14)]


@pytest.mark.parametrize(
    ("reason", "speaks", "left", "days"),
    [("consent", True, False, 2), ("consent", False, False, 0), ("gone", True, False, 0), ("never", True, False, 0)],
)
def test_reminders_stop_with_the_reason_for_them_and_come_from_one_relationship(
    reason: str, speaks: bool, left: bool, days: int
) -> None:
    life = pair(Role.MENTEE, reason=reason)
    life.speaks_for = frozenset((Role.MENTEE,)) if speaks else frozenset()
    life.live_until(BEGINNING + 5 * DAY)
    life.mentee.restore_connection(by_cli(life.now))
    life.live_until(BEGINNING + 30 * DAY)
    assert len([name for name in life.sent("notice") if name.startswith("reconnect")]) == days


@pytest.mark.parametrize(
    ("line", "choice"),
    [("2", 2), (" 3. ", 3), ("1)", 1), ("#2", 2), ("Option 1", 1), ("none", 0), ("None of them.", 0), ("2 or 3", None)],
)
def test_a_line_names_a_time_only_as_a_whole(line: str, choice: int | None) -> None:
    assert choice_in(line) == choice
