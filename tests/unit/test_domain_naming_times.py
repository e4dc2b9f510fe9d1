"""Times that somebody names for a meeting: on whose clock they are, which one is wished for, and what is refused."""

from dataclasses import replace
from datetime import date, time

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import Organiser, Role
from domain.hearing import DeedKind, Question
from domain.interval import Interval
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.reply import Command, Reply, SaidTime
from tests.unit.domain_cast import DAY, HOUR, NAMES, agreed, by_cli, by_mail, charter, kinds
from tests.unit.domain_life import Life

NINE, TEN = SaidTime(None, time(9)), SaidTime(None, time(10, 15))


def standing() -> Life:
    """Return a pair whose meeting is booked in the mentee's calendar."""
    life = Life(agreed(charter(organiser=Organiser.MENTEE, minutes=45)))
    life.settle()
    assert life.meeting.state is MeetingState.BOOKED
    return life


def names(
    life: Life, *times: SaidTime, role: Role = Role.MENTOR, kind: MailKind = MailKind.AGENDA, text: str = "x"
) -> Answered:
    """Let one of the two answer with times on the day after the meeting, and return what came of it."""
    day = (life.meeting.time.start + DAY).date() if life.relationship.meetings.current else None
    said = tuple(replace(one, day=one.day or day) for one in times)
    reply = Reply(unsorted=("I cannot. Could we?",), times=said)
    occasion = f"{life.meeting.ref}@{life.meeting.time.start.date()}"
    place = (Role.MENTOR, NAMES, MailKind.AGENDA, occasion, reply, by_mail(Role.MENTOR, life.now))
    return answer(life.relationship, Answer(*place, situation=life.situation()))


def test_the_first_time_that_suits_the_other_is_wished_for_on_the_writers_own_clock() -> None:
    life = standing()
    nine = Interval(life.meeting.time.start, life.meeting.time.start)
    names(life, NINE, TEN)
    (wish,) = life.meeting.proposals
    assert (wish.role, wish.by_mail) == (Role.MENTOR, True)
    assert wish.time.start.strftime("%H:%M") == "15:00", "9 o'clock in Chicago"
    assert wish.time.start.date() == (nine.start + DAY).date()


def test_a_time_that_stands_against_something_of_the_other_is_passed_over_for_the_next() -> None:
    life = standing()
    start = life.meeting.time.start.replace(hour=15, minute=0) + DAY
    life.busy[Role.MENTEE] = (Interval(start, start + HOUR / 2),)
    names(life, NINE, TEN)
    assert life.meeting.proposals[-1].time.start.strftime("%H:%M") == "16:15"


def test_where_none_suits_the_other_the_first_possible_one_is_put_to_him() -> None:
    life = standing()
    start = life.meeting.time.start.replace(hour=15, minute=0) + DAY
    life.busy[Role.MENTEE] = (Interval(start, start + 2 * HOUR),)
    names(life, NINE, TEN)
    assert life.meeting.proposals[-1].time.start == start


def test_times_outside_the_hours_are_asked_back_and_change_nothing() -> None:
    life = standing()
    before = len(kinds(life.relationship))
    came = names(life, SaidTime(None, time(15)))
    assert (came.question, len(kinds(life.relationship))) == (Question.TIMES, before)


def test_a_named_city_tells_whose_clock_is_meant() -> None:
    life = standing()
    names(life, SaidTime(None, time(16), "Europe/Berlin"))
    assert life.meeting.proposals[-1].time.start.strftime("%H:%M") == "15:00"


def test_what_a_mentee_prepares_beside_a_time_moves_nothing() -> None:
    life = standing()
    reply = Reply(unsorted=("The board meets on Thursday at 9.",), questions=("How do I start?",), times=(NINE,))
    place = (Role.MENTEE, NAMES, MailKind.PREPARATION, f"{life.meeting.ref}@x", reply, by_mail(Role.MENTEE, life.now))
    answer(life.relationship, Answer(*place, situation=life.situation()))
    assert life.meeting.proposals == ()
    assert not life.relationship.agendas[life.meeting.cycle].empty


def test_somebody_whose_calendar_cannot_be_read_may_name_a_time_of_her_own_instead_of_those_offered() -> None:
    life = Life(agreed(charter(organiser=Organiser.SERVICE)))
    life.mentor.lose_connection("never", by_cli())
    life.settle()
    offer = life.relationship.offer(1, Role.MENTOR)
    assert offer is not None
    day: date = (offer.starts[-1] + DAY).date()
    while day.weekday() > 4:
        day += DAY
    reply = Reply(unsorted=("9:00 instead?",), times=(SaidTime(day, time(9)),))
    place = (Role.MENTOR, NAMES, MailKind.OFFER, f"1.1@{offer.starts[0]}", reply, by_mail(Role.MENTOR, life.now))
    for _ in range(2):
        assert answer(life.relationship, Answer(*place, situation=life.situation())).reason == ""
    life.settle()
    assert (life.states(), life.meeting.time.start.date()) == (["1.1 booked"], day)


@pytest.mark.parametrize("role", list(Role))
def test_who_asks_for_the_agenda_is_told_how_far_it_is_and_changes_nothing(role: Role) -> None:
    life = standing()
    before = len(kinds(life.relationship))
    reply = Reply(Command.ASK_AGENDA, unsorted=("Do you have an agenda?",))
    place = (role, NAMES, MailKind.AGENDA, f"{life.meeting.ref}@x", reply, by_mail(role, life.now))
    came = answer(life.relationship, Answer(*place))
    assert [deed.what for deed in came.told] == [DeedKind.AGENDA_ASKED]
    assert len(kinds(life.relationship)) == before


@pytest.mark.parametrize("said", [Reply(Command.MOVE, time_unclear=True), Reply(asked=Command.MOVE, time_unclear=True)])
def test_a_move_to_a_time_that_is_unclear_is_asked_back_and_the_meeting_stands(said: Reply) -> None:
    life = standing()
    before = len(kinds(life.relationship))
    occasion = f"{life.meeting.ref}@{life.meeting.time.start.date()}"
    place = (Role.MENTOR, NAMES, MailKind.AGENDA, occasion, said, by_mail(Role.MENTOR, life.now))
    came = answer(life.relationship, Answer(*place, situation=life.situation()))
    assert (came.question, len(kinds(life.relationship))) == (Question.TIMES, before)
    assert life.meeting.state is MeetingState.BOOKED


@pytest.mark.parametrize("kind", [MailKind.AGENDA, MailKind.PREPARATION])
def test_who_only_says_that_she_cannot_come_is_asked_and_nothing_is_put_on_the_agenda(kind: MailKind) -> None:
    life = standing()
    before = len(kinds(life.relationship))
    occasion = f"{life.meeting.ref}@{life.meeting.time.start.date()}"
    said = Reply(unsorted=("I'm ill",), absent=True)
    place = (Role.MENTEE, NAMES, kind, occasion, said, by_mail(Role.MENTEE, life.now))
    came = answer(life.relationship, Answer(*place, situation=life.situation()))
    assert (came.question, came.unclear) == (Question.ABSENT, ("I'm ill",))
    assert (len(kinds(life.relationship)), life.meeting.state) == (before, MeetingState.BOOKED)
