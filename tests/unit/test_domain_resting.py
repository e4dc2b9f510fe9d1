"""One relationship rests until a day: nothing leaves, clocks stand still, and it goes on by itself with one word."""

from datetime import date, timedelta

import pytest

from domain.absence import prolonged
from domain.answering import Answer, Answered, answer
from domain.charter import Role
from domain.deeds import deeds_of
from domain.errors import Refused
from domain.hearing import Heard, Question
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import Command, Reply
from domain.rest_events import PairPaused, PairResumed
from tests.unit.domain_cast import BEGINNING, DAY, NAMES, agreed, by_cli, by_mail, charter, kinds, requested
from tests.unit.domain_life import Life

UNTIL = (BEGINNING + 60 * DAY).date()


def booked() -> Life:
    """Return a pair whose first meeting stands in the calendar."""
    life = Life(agreed(charter(cadence_days=14)))
    life.settle()
    return life


def says(life: Life, command: Command, until: date | None = None, role: Role = Role.MENTEE) -> Answered:
    """Let one of the two answer the mail about the meeting, twice; the second time records nothing."""
    reply, by = Reply(command, until=until), by_mail(role, life.now)
    occasion = f"{life.relationship.meetings.items[-1].ref}@x"
    given = Answer(role, NAMES, MailKind.AGENDA, occasion, reply, by, situation=life.situation())
    before = len(life.relationship.pending_events)
    came = answer(life.relationship, given)
    deeds = deeds_of(life.relationship.pending_events[before:])
    count = len(kinds(life.relationship))
    answer(life.relationship, given)
    assert len(kinds(life.relationship)) == count
    life.relationship.hear_mail(Heard(f"m{count}", role, "agenda", occasion, by.at, deeds), by)
    return came


def test_a_pause_clears_the_calendar_tells_the_other_and_then_nothing_leaves_until_it_ends_by_itself() -> None:
    life = booked()
    says(life, Command.PAUSE, UNTIL)
    life.settle()
    assert life.states() == ["1.1 cancelled"]
    mark = len(life.done)
    life.live_until(BEGINNING + 59 * DAY)
    assert life.done[mark:] == []
    assert sorted({effect.kind.value for _, effect in life.done[-3:]}) == ["cancel", "echo", "notice"]
    life.live_until(BEGINNING + 62 * DAY)
    later = [(effect.kind.value, effect.about) for _, effect in life.done[mark:] if effect.kind.value == "notice"]
    assert later == [("notice", "pause_over")] * 2
    assert life.meeting.state is MeetingState.BOOKED
    assert life.meeting.time.start - (BEGINNING + 60 * DAY) < 10 * DAY


def test_no_silence_counts_that_a_pause_explains() -> None:
    life = booked()
    before = prolonged(life.situation(), Role.MENTOR, life.now, timedelta(days=14))
    says(life, Command.PAUSE, UNTIL)
    life.live_until(BEGINNING + 61 * DAY)
    after = prolonged(life.situation(), Role.MENTOR, BEGINNING, timedelta(days=14))
    assert after - before > 55 * DAY
    assert [fact for fact in life.relationship.facts if fact.at < BEGINNING + 61 * DAY] == []


def test_a_word_ends_the_pause_sooner_and_who_said_it_is_told_in_the_answer_alone() -> None:
    life = booked()
    says(life, Command.PAUSE, UNTIL)
    life.live_until(BEGINNING + 20 * DAY)
    says(life, Command.RESUME, role=Role.MENTOR)
    life.settle()
    assert life.relationship.rest is None
    told = [effect.recipient for _, effect in life.done if effect.about == "pause_over"]
    assert told == [Role.MENTEE]


@pytest.mark.parametrize("day", [BEGINNING.date(), (BEGINNING - DAY).date(), (BEGINNING + 500 * DAY).date()])
def test_a_day_that_is_past_or_too_far_is_refused_and_the_reason_names_a_way_out(day: date) -> None:
    life = booked()
    assert says(life, Command.PAUSE, day).question is Question.CANNOT
    with pytest.raises(Refused) as refusal:
        life.relationship.rest_until(day, "Europe/Berlin", None, by_cli())
    assert "year" in refusal.value.remedy
    assert life.relationship.rest is None


def test_another_day_takes_the_place_of_the_first_and_the_same_command_twice_changes_nothing() -> None:
    life = booked()
    says(life, Command.PAUSE, UNTIL)
    later = UNTIL + timedelta(days=31)
    says(life, Command.PAUSE, later)
    rest = life.relationship.rest
    assert rest is not None
    assert rest.until is not None
    assert rest.until.date() >= later - timedelta(days=1)
    assert kinds(life.relationship).count("RestBegan") == 2


def test_a_meeting_after_the_pause_stays_and_the_cadence_goes_on_from_it() -> None:
    life = booked()
    day = life.meeting.time.start.date()
    life.relationship.rest_until(day, "America/Chicago", None, by_cli())
    life.live_until(life.meeting.time.start)
    assert life.states() == ["1.1 booked"]


def test_what_does_not_run_cannot_be_paused() -> None:
    relationship: Relationship = agreed()
    relationship.end("closed", by_cli())
    with pytest.raises(Refused):
        relationship.rest_until(UNTIL, "Europe/Berlin", None, by_cli())


def test_a_rest_without_an_end_sends_nothing_keeps_what_stands_and_only_an_administrator_ends_it() -> None:
    life = booked()
    mark = len(life.done)
    life.relationship.rest_until(None, "Europe/Berlin", None, by_cli(life.now))
    life.live_until(life.now + 5 * DAY)
    assert (life.done[mark:], life.states()) == ([], ["1.1 booked"])
    assert says(life, Command.PAUSE, UNTIL).question is Question.CANNOT
    life.relationship.go_on(by_cli(life.now))
    life.live_until(life.now + DAY)
    assert [effect for _, effect in life.done[mark:] if effect.about in ("paused", "pause_over")] == []
    assert prolonged(life.situation(), Role.MENTOR, BEGINNING, timedelta(days=14)) - BEGINNING >= timedelta(days=19)


def test_what_earlier_programs_recorded_of_a_pause_without_an_end_is_such_a_rest() -> None:
    old, new = agreed(), agreed()
    old.record(PairPaused, by=by_cli(BEGINNING))
    new.rest_until(None, "Europe/Berlin", None, by_cli(BEGINNING))
    assert old.rest is not None
    assert old.rest == new.rest
    old.record(PairResumed, by=by_cli(BEGINNING + DAY))
    new.go_on(by_cli(BEGINNING + DAY))
    assert old.rests == new.rests
    assert len(new.rests) == 1


def test_a_request_waits_while_an_administrator_lets_it_rest_and_has_its_whole_time_afterwards() -> None:
    life = Life(requested())
    life.settle()
    life.relationship.rest_until(None, "Europe/Berlin", None, by_cli(life.now))
    life.live_until(life.now + 40 * DAY)
    assert life.relationship.status is Status.REQUESTED
    life.relationship.go_on(by_cli(life.now))
    life.live_until(life.now + 2 * DAY)
    assert life.relationship.status is Status.REQUESTED
    with pytest.raises(Refused):
        life.relationship.rest_until((life.now + 5 * DAY).date(), "Europe/Berlin", None, by_cli(life.now))


def test_a_pause_without_a_day_rests_this_pair_alone_tells_the_other_once_and_leaves_no_meeting_standing() -> None:
    life = booked()
    came = says(life, Command.PAUSE)
    life.settle()
    assert came.question is Question.NONE
    assert life.states() == ["1.1 cancelled"]
    assert not life.mentee.paused
    mark = len(life.done)
    told = [(effect.kind.value, effect.recipient) for _, effect in life.done[-3:]]
    assert sorted(told) == [("cancel", "calendar"), ("echo", "mentee"), ("notice", "mentor")]
    life.live_until(BEGINNING + 200 * DAY)
    assert life.done[mark:] == []


def test_only_who_asked_for_a_pause_without_a_day_or_an_administrator_ends_it_and_the_other_hears() -> None:
    life = booked()
    says(life, Command.PAUSE)
    life.live_until(BEGINNING + 90 * DAY)
    for command, until in ((Command.RESUME, None), (Command.PAUSE, (BEGINNING + 95 * DAY).date())):
        assert says(life, command, until, Role.MENTOR).question is Question.CANNOT
    life.now += DAY
    says(life, Command.RESUME)
    life.live_until(life.now + 2 * DAY)
    assert life.relationship.rest is None
    assert [effect.recipient for _, effect in life.done if effect.about == "pause_over"] == [Role.MENTOR]
    assert life.meeting.state is MeetingState.BOOKED


def test_an_administrator_takes_over_a_pause_that_one_of_the_two_asked_for() -> None:
    life = booked()
    says(life, Command.PAUSE)
    life.relationship.rest_until(None, "Europe/Berlin", None, by_cli(life.now))
    assert life.situation().halted
    assert says(life, Command.RESUME).question is Question.CANNOT


def test_who_has_paused_without_a_day_and_closes_says_good_bye_to_the_other() -> None:
    life = booked()
    says(life, Command.PAUSE)
    life.settle()
    says(life, Command.CLOSE)
    life.settle()
    assert life.relationship.status is Status.ENDED
    assert [effect.recipient for _, effect in life.done if effect.about == "closed"] == [Role.MENTOR]
