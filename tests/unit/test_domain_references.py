"""References: who is asked, when words count, that fewer than three are told to nobody, and that none is traceable."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import Role
from domain.consenting import may_be_asked, told
from domain.deeds import deeds_of
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.hearing import DeedKind, Heard, Question
from domain.letters import ReferencesLetter
from domain.mail import MailKind
from domain.personal import Personal
from domain.plan import plan
from domain.references import LASTING, shuffled
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.situation import Situation
from domain.writing import write
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    IDS,
    NAMES,
    START,
    booked,
    by_cli,
    by_mail,
    charter,
    kinds,
    mentee,
    mentor,
    replayed,
    requested,
    sent,
)

LATER = START + 2 * DAY
MINE = "She asks before she answers."


def met(references: bool = True) -> Relationship:
    """Return two who have met once and whose charter says whether the mentee may be asked."""
    relationship = booked(charter(references=references))
    relationship.report_held("1.1", True, by_mail(Role.MENTEE, START + HOUR))
    return relationship


def says(relationship: Relationship, reply: Reply, at: datetime = LATER, role: Role = Role.MENTEE) -> Answered:
    """Let one of the two answer the question how it works."""
    return answer(relationship, Answer(role, NAMES, MailKind.REFERENCE, "2027-02-12", reply, by_mail(role, at)))


def asked(relationship: Relationship, considered: datetime | None, now: datetime = LATER) -> list[str]:
    """Return the occasions on which the mentee is asked now."""
    situation = Situation(relationship, mentor(), mentee(), considered=considered)
    return [e.occasion for e in plan(situation, now).due(now) if e.kind is EffectKind.REFERENCE]


def test_a_mentee_is_asked_while_somebody_considers_the_mentor_and_not_otherwise() -> None:
    assert asked(met(), LATER) == [LATER.date().isoformat()]
    assert asked(met(), None) == []
    assert asked(met(references=False), LATER) == []
    assert asked(booked(charter(references=True)), BEGINNING, BEGINNING + HOUR) == []


def test_nobody_is_asked_twice_in_a_year_whether_she_answers_or_not() -> None:
    relationship = met()
    relationship.mail_left("reference", LATER.date().isoformat(), "mentee", sent(), by_cli(LATER))
    later = LATER + 30 * DAY
    assert asked(relationship, later, later) == []
    after = LATER + LASTING + DAY
    assert asked(relationship, after, after) == [after.date().isoformat()]


def test_all_that_the_mentee_writes_is_kept_as_her_words_and_nothing_is_left_over() -> None:
    relationship = met()
    reply = Reply(unsorted=(MINE,), learned=("To write it down first.",))
    assert says(relationship, reply) == Answered()
    assert kinds(relationship)[-1] == "ReferenceGiven"
    words = tuple(text.reveal() for text in told(relationship, LATER))
    assert words == (MINE, "To write it down first.")
    assert told(relationship, LATER)[0].owner == IDS[Role.MENTEE]
    before = len(kinds(relationship))
    says(relationship, reply)
    assert len(kinds(relationship)) == before
    assert vars(replayed(relationship))["references"] == relationship.references


def test_words_count_for_a_year_and_then_she_may_be_asked_again() -> None:
    relationship = met()
    says(relationship, Reply(unsorted=(MINE,)))
    assert not may_be_asked(relationship, LATER + DAY)
    assert told(relationship, LATER + LASTING - HOUR)
    assert not told(relationship, LATER + LASTING)
    assert may_be_asked(relationship, LATER + LASTING)


@pytest.mark.parametrize("command", [Command.DECLINE, Command.SKIP])
def test_whoever_would_rather_not_is_left_alone_for_a_year(command: Command) -> None:
    relationship = met()
    assert says(relationship, Reply(command)) == Answered()
    assert not told(relationship, LATER)
    assert asked(relationship, LATER + 30 * DAY, LATER + 30 * DAY) == []
    assert may_be_asked(relationship, LATER + LASTING)


@pytest.mark.parametrize("role", list(Role))
def test_either_takes_the_consent_back_by_one_word_and_undo_gives_it_again(role: Role) -> None:
    relationship = met()
    says(relationship, Reply(unsorted=(MINE,)))
    count = len(kinds(relationship))
    assert says(relationship, Reply(Command.WITHDRAW), role=role) == Answered()
    assert not told(relationship, LATER)
    assert asked(relationship, LATER + LASTING, LATER + LASTING) == []
    deeds = deeds_of(relationship.pending_events[count:])
    assert [deed.what for deed in deeds] == [DeedKind.WITHDRAWN]
    relationship.hear_mail(Heard("m", role, "reference", "x", LATER, deeds), by_mail(role, LATER))
    relationship.undo_mail("m", by_mail(role, LATER))
    assert told(relationship, LATER)


def test_after_that_nothing_more_can_be_said_and_without_such_a_charter_nothing_is_withdrawn() -> None:
    relationship = met()
    says(relationship, Reply(Command.WITHDRAW))
    assert says(relationship, Reply(unsorted=(MINE,))).question is Question.CANNOT
    assert says(met(references=False), Reply(Command.WITHDRAW)).question is Question.CANNOT


def test_what_was_said_can_be_taken_back() -> None:
    relationship = met()
    count = len(kinds(relationship))
    says(relationship, Reply(unsorted=(MINE,)))
    deeds = deeds_of(relationship.pending_events[count:])
    relationship.hear_mail(Heard("m", Role.MENTEE, "reference", "x", LATER, deeds), by_mail(Role.MENTEE, LATER))
    relationship.undo_mail("m", by_mail(Role.MENTEE, LATER))
    assert not told(relationship, LATER)


def test_the_words_of_whoever_was_forgotten_count_no_more() -> None:
    relationship = met()
    relationship.references = replace(relationship.references, texts=(Personal(IDS[Role.MENTEE], None),), at=LATER)
    assert not told(relationship, LATER)


def said(*texts: str) -> tuple[tuple[Personal, ...], ...]:
    """Return what each of several others said, each the words of somebody else."""
    return tuple((Personal(f"giver {number}", text),) for number, text in enumerate(texts))


def letters(words: tuple[tuple[Personal, ...], ...], now: datetime = BEGINNING) -> list[Effect]:
    """Return the mails in which a mentee who considers the mentor hears what others say."""
    situation = Situation(requested(), mentor(), mentee(), told=words)
    return [effect for effect in plan(situation, now).due(now) if effect.kind is EffectKind.REFERENCES]


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_three_are_told_to_nobody(count: int) -> None:
    words = said(*"abcde"[:count])
    assert bool(letters(words)) is (count >= 3)
    assert len(shuffled(words, "reader")) == (count if count >= 3 else 0)


def test_no_letter_shows_who_wrote_what_or_in_which_order_they_were_written() -> None:
    """K-check: whoever wrote which of the texts, and whoever answered first, the letter is the same."""
    texts = ("She is direct.", "I learned to ask.", "She reads everything.", "Bring one question.")
    shown = set()
    for order in permutations(texts):
        (effect,) = letters(said(*order))
        desk = Desk(Situation(requested(), mentor(), mentee(), told=said(*order)), effect, "Programme")
        letter = write(desk)
        assert isinstance(letter, ReferencesLetter)
        assert sorted(letter.words) == sorted(texts)
        shown.add(letter)
    assert len(shown) == 1


def test_the_order_is_another_for_another_reader_and_the_same_for_the_same() -> None:
    words = said(*(f"text {number}" for number in range(8)))
    orders = {shuffled(words, f"reader {number}") for number in range(20)}
    assert len(orders) > 15
    assert shuffled(words, "reader 1") == shuffled(words, "reader 1")


def test_they_are_told_once_and_only_before_the_charter_is_agreed() -> None:
    relationship = requested()
    situation = Situation(relationship, mentor(), mentee(), told=said(*"abc"))
    relationship.mail_left("references", "references", "mentee", sent(), by_cli())
    assert not [e for e in plan(situation, BEGINNING).effects if e.kind is EffectKind.REFERENCES]
    running = Situation(met(), mentor(), mentee(), told=said(*"abc"))
    assert not [e for e in plan(running, LATER).effects if e.kind is EffectKind.REFERENCES]


def test_what_comes_too_late_is_no_failure() -> None:
    late = BEGINNING + timedelta(days=20)
    assert plan(Situation(requested(), mentor(), mentee(), told=said(*"abc")), late).effects == ()
