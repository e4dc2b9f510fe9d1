"""What the mentee adds to an agenda that has left reaches the mentor once it has settled: a storm of it is one mail."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.charter import Role
from domain.decisions import Lapse
from domain.desk import Desk
from domain.edits import PAUSE, SETTLING
from domain.effects import Effect, EffectKind
from domain.letters import AgendaLetter, FollowUpLetter
from domain.mail import MailKind
from domain.reply import Reply
from domain.writing import write as letter_of
from tests.unit.domain_cast import HOUR, by_mail, charter
from tests.unit.domain_life import Life
from tests.unit.test_domain_undoing import MENTEE, undo, write

MINUTE = timedelta(minutes=1)


def with_agenda() -> Life:
    """A pair whose agenda has just left."""
    life = Life()
    life.settle()
    life.live_until(life.meeting.time.start - life.relationship.charter.agenda_lead)
    assert life.sent("agenda")
    return life


def add(life: Life, *questions: str, at: datetime) -> None:
    life.now = at
    occasion = life.sent("agenda")[0]
    assert not write(
        life.relationship, MailKind.PREPARATION, Reply(questions=questions), at=at, occasion=occasion
    ).reason


def again(life: Life) -> list[Effect]:
    return [effect for effect in life.plan().effects if effect.kind is EffectKind.AGENDA]


def told(life: Life) -> AgendaLetter:
    (effect,) = again(life)
    written = letter_of(Desk(life.situation(), effect, "Example"))
    assert isinstance(written, AgendaLetter)
    return written


def test_a_storm_of_additions_in_four_minutes_brings_one_agenda_and_one_answer() -> None:
    life = with_agenda()
    start, answered = life.now + 2 * HOUR, len(life.sent("echo"))
    for minute in range(5):
        add(life, f"question {minute}", at=start + minute * MINUTE)
        assert life.plan().due(life.now) == ()
    (effect,) = again(life)
    assert effect.due == start + SETTLING
    assert told(life).added == tuple(f"question {minute}" for minute in range(5))
    before = len(life.done)
    life.live_until(start + 2 * HOUR)
    assert [(at, effect.kind.value) for at, effect in life.done[before:]] == [
        (start + SETTLING, "agenda"),
        (start + SETTLING, "echo"),
    ]
    assert len(life.sent("echo")) - answered == 5


def test_what_is_added_right_after_the_agenda_waits_until_it_is_an_hour_old_and_nothing_is_told_twice() -> None:
    life = with_agenda()
    sent = life.now
    add(life, "one", at=sent + MINUTE)
    assert [effect.due for effect in again(life)] == [sent + PAUSE]
    life.live_until(sent + 2 * HOUR)
    assert again(life) == []
    add(life, "two", at=sent + 3 * HOUR)
    assert (told(life).added, told(life).questions) == (("two",), ("one", "two"))


def test_shortly_before_the_meeting_it_comes_when_it_has_settled_and_not_at_all_when_it_would_come_too_late() -> None:
    life = with_agenda()
    start = life.meeting.time.start
    add(life, "one", at=start - 40 * MINUTE)
    assert [effect.due for effect in again(life)] == [start - 40 * MINUTE + SETTLING]
    life.settle()
    life.live_until(start - 30 * MINUTE)
    add(life, "two", at=start - 4 * MINUTE)
    assert again(life) == []


def test_what_was_taken_back_before_it_settled_brings_nothing() -> None:
    life = with_agenda()
    add(life, "one", at=life.now + 2 * HOUR)
    assert undo(life.relationship, MailKind.PREPARATION, at=life.now, occasion=life.sent("agenda")[0]) == ""
    assert again(life) == []


def test_an_agenda_that_comes_once_more_keeps_quiet_hours_though_the_first_does_not() -> None:
    life = with_agenda()
    around = f"{(life.now - HOUR):%H:%M}-{(life.now + 6 * HOUR):%H:%M}"
    terms = replace(charter(), quiet=around)
    life.relationship.charter = terms
    life.mentor.zone = "UTC"
    add(life, "one", at=life.now + 2 * HOUR)
    (effect,) = again(life)
    assert effect.due == life.now + 4 * HOUR


def test_one_that_could_not_leave_in_time_does_not_say_that_the_agenda_was_missed() -> None:
    life = with_agenda()
    add(life, "one", at=life.now + 2 * HOUR)
    life.sleep_until(life.meeting.time.start)
    made = life.decide()
    assert [decision.occasion for decision in made if isinstance(decision, Lapse)] == [
        f"{life.sent('agenda')[0]}~changed.1"
    ]
    life.live_until(life.meeting.time.end + 3 * HOUR)
    life.relationship.report_held(life.meeting.ref, True, by_mail(MENTEE, life.now))
    follow_up = next(e for e in life.plan().effects if e.kind is EffectKind.FOLLOW_UP and e.recipient == Role.MENTOR)
    written = letter_of(Desk(life.situation(), follow_up, "Example"))
    assert isinstance(written, FollowUpLetter)
    assert not written.agenda_missed
