"""The first charter can be declined: nothing begins, the other hears who said no, and no reminder follows."""

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import Role
from domain.deeds import deeds_of
from domain.desk import Desk
from domain.effects import Effect
from domain.hearing import Heard, Question
from domain.letters import CharterLetter, Letter, NoticeLetter
from domain.mail import MailKind
from domain.occasions import of_charter
from domain.relationship_state import Status
from domain.reply import Command, Reply
from domain.writing import write
from tests.unit.domain_cast import DAY, NAMES, accepted, by_mail
from tests.unit.domain_life import Life

DECLINE = Reply(Command.DECLINE)


def asked() -> Life:
    """Return a pair of which both have the charter and neither has answered."""
    life = Life(accepted())
    life.settle()
    return life


def says(life: Life, role: Role, reply: Reply, version: int = 1) -> Answered:
    """Let one of the two answer the charter, twice; the second time records nothing."""
    by, occasion = by_mail(role, life.now), of_charter(version)
    before = len(life.relationship.pending_events)
    given = Answer(role, NAMES, MailKind.CHARTER, occasion, reply, by, situation=life.situation())
    came = answer(life.relationship, given)
    after = len(life.relationship.pending_events)
    answer(life.relationship, given)
    assert len(life.relationship.pending_events) == after
    deeds = deeds_of(life.relationship.pending_events[before:])
    life.relationship.hear_mail(Heard("m", role, "charter", occasion, by.at, deeds), by)
    return came


def written(life: Life, effect: Effect) -> Letter:
    """Return what that mail says."""
    return write(Desk(life.situation(), effect, "Example Mentoring"))


@pytest.mark.parametrize(("role", "topic"), [(Role.MENTOR, "declined"), (Role.MENTEE, "not_agreed")])
def test_a_no_to_the_first_charter_ends_it_and_the_other_alone_hears_of_it_once(role: Role, topic: str) -> None:
    life = asked()
    mark = len(life.done)
    assert says(life, role, DECLINE).question is Question.NONE
    life.live_until(life.now + 30 * DAY)
    assert life.relationship.status is Status.DECLINED
    told = [(effect.kind.value, effect.recipient, effect.about) for _, effect in life.done[mark:]]
    assert sorted(told) == sorted([("echo", role, "m"), ("notice", role.other, topic)])


def test_the_reason_of_a_no_is_told_to_the_other_in_the_words_of_whoever_gave_it() -> None:
    life = asked()
    says(life, Role.MENTEE, Reply(Command.DECLINE, reason=("Every week is too often.",)))
    (notice,) = [e for e in life.plan().due(life.now) if e.kind.value == "notice"]
    letter = written(life, notice)
    assert isinstance(letter, NoticeLetter)
    assert letter.words == "Every week is too often."


@pytest.mark.parametrize(("role", "turns"), [(Role.MENTOR, True), (Role.MENTEE, False)])
def test_the_second_mentor_is_asked_when_the_first_says_no_and_not_when_the_mentee_does(
    role: Role, turns: bool
) -> None:
    life = asked()
    life.relationship.name_fallback("third", None, by_mail(Role.MENTEE))
    says(life, role, DECLINE)
    assert any(type(decision).__name__ == "TurnToFallback" for decision in life.plan().decisions) is turns


def test_a_no_among_other_words_ends_nothing_and_is_asked_back() -> None:
    life = asked()
    came = says(life, Role.MENTEE, Reply(Command.DECLINE, unsorted=("45 minutes would be better.",)))
    assert (came.question, came.unclear) == (Question.WHAT, ("45 minutes would be better.",))
    assert life.relationship.status is Status.ACCEPTED


def test_a_no_to_an_earlier_version_changes_nothing() -> None:
    life = asked()
    assert says(life, Role.MENTEE, DECLINE, version=7).question is Question.CANNOT
    assert life.relationship.status is Status.ACCEPTED


def test_a_no_is_taken_back_by_a_word_unless_somebody_else_has_been_asked() -> None:
    life = asked()
    says(life, Role.MENTOR, DECLINE)
    life.relationship.undo_mail("m", by_mail(Role.MENTOR, life.now))
    assert (life.relationship.status, life.relationship.asking.against) == (Status.ACCEPTED, None)


def test_the_mentee_reads_that_the_mentor_said_yes_and_both_until_when_they_answer() -> None:
    life = Life(accepted())
    letters = {e.recipient: written(life, e) for e in life.plan().due(life.now) if e.kind.value == "charter"}
    said = {role: letter for role, letter in letters.items() if isinstance(letter, CharterLetter)}
    assert {role: letter.accepted for role, letter in said.items()} == {Role.MENTOR: False, Role.MENTEE: True}
    assert all(letter.answer_by is not None for letter in said.values())
