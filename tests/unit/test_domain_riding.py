"""The answer to a mail rides on the next mail to its writer that is due within ten minutes, else it is a mail alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.desk import Desk
from domain.echoing import echo, rider
from domain.effects import Effect, EffectKind
from domain.hearing import Deed, DeedKind, Heard, Question
from domain.mail import MailKind, Sent
from domain.personal import Personal
from domain.relationship_state import Status
from domain.reply import Command, Reply
from domain.riding import with_riders
from tests.unit.domain_cast import BEGINNING, HOUR, booked, by_mail, requested, words
from tests.unit.domain_life import Life
from tests.unit.test_domain_undoing import BEFORE, MENTEE, MENTOR, OCCASION, undo, write

MINUTE = timedelta(minutes=1)
KEPT = (Deed(DeedKind.KEPT, "1.1", role=MENTEE),)


def heard(mail: str, at: datetime = BEFORE, role: str = MENTEE, deeds: tuple[Deed, ...] = KEPT) -> Heard:
    return Heard(mail, MENTEE if role == MENTEE else MENTOR, "agenda", OCCASION, at, deeds)


def mail(kind: EffectKind, occasion: str, due: datetime, to: str = MENTEE) -> Effect:
    return Effect(kind, occasion, to, occasion, due, due + 24 * HOUR, None)


def ridden(effects: list[Effect], *mails: Heard) -> dict[str, tuple[str, ...]]:
    """Return the mails that leave, by kind and occasion, with what each carries."""
    left = with_riders(effects, {one.mail: one for one in mails})
    return {f"{effect.kind.value}/{effect.occasion}": effect.carries for effect in left}


@pytest.mark.parametrize("minutes", [-30, 0, 10])
def test_an_answer_rides_on_a_mail_to_the_same_reader_that_is_due_within_ten_minutes(minutes: int) -> None:
    effects = [mail(EffectKind.ECHO, "a", BEFORE), mail(EffectKind.CHASE, "1.1", BEFORE + minutes * MINUTE)]
    assert ridden(effects, heard("a")) == {"chase/1.1": ("a",)}


@pytest.mark.parametrize(
    "other",
    [
        mail(EffectKind.CHASE, "1.1", BEFORE + 11 * MINUTE),
        mail(EffectKind.CHASE, "1.1", BEFORE, MENTOR),
        mail(EffectKind.BRIEF, "1.1", BEFORE),
        mail(EffectKind.INVITATION, "1.1", BEFORE),
        mail(EffectKind.CANCEL, "1.1", BEFORE),
    ],
)
def test_it_is_a_mail_alone_beside_a_later_mail_or_one_for_somebody_else_or_of_another_nature(other: Effect) -> None:
    left = ridden([mail(EffectKind.ECHO, "a", BEFORE), other], heard("a"))
    assert left == {"echo/a": (), f"{other.kind.value}/{other.occasion}": ()}


@pytest.mark.parametrize(
    "kept",
    [
        {"question": Question.WHAT},
        {"deeds": (Deed(DeedKind.NOTED),)},
        {"delegate": Personal("p", "pia@example.net")},
    ],
)
def test_what_asks_back_or_speaks_of_private_notes_or_of_a_delegate_stays_alone(kept: dict[str, object]) -> None:
    effects = [mail(EffectKind.ECHO, "a", BEFORE), mail(EffectKind.CHASE, "1.1", BEFORE)]
    alone = replace(heard("a"), **kept)  # type: ignore[arg-type]
    assert ridden(effects, alone) == {"echo/a": (), "chase/1.1": ()}


def test_a_storm_of_mails_is_answered_in_one() -> None:
    mails = [heard(f"m{minute}", BEFORE + minute * MINUTE) for minute in range(5)]
    effects = [mail(EffectKind.ECHO, one.mail, one.at) for one in mails]
    assert ridden(effects, *mails) == {"echo/m0": ("m1", "m2", "m3", "m4")}


def test_the_mail_that_carries_answers_says_all_that_was_understood_and_until_when_all_can_be_undone() -> None:
    life = Life(booked())
    by = by_mail(MENTEE, BEFORE)
    for name, at in (("a", BEFORE), ("b", BEFORE + 2 * MINUTE)):
        life.relationship.hear_mail(replace(heard(name, at), unclear=words(f"word {name}")), by)
    carrier = mail(EffectKind.HELD_QUESTION, OCCASION, BEFORE)
    below = rider(Desk(life.situation(), replace(carrier, carries=("a", "b")), "Example"))
    assert below is not None
    assert ([line.what for line in below.lines], below.unclear) == (["kept", "kept"], ("word a", "word b"))
    assert below.undo_until == (BEFORE + timedelta(days=7)).date()
    assert rider(Desk(life.situation(), carrier, "Example")) is None
    alone = Effect(EffectKind.ECHO, "a", MENTEE, "a", BEFORE, BEFORE + HOUR, None, ("b",))
    assert echo(Desk(life.situation(), alone, "Example")).lines == below.lines


def test_when_the_mail_has_left_the_answer_is_done_and_an_undo_in_reply_takes_back_what_it_told() -> None:
    relationship = requested()
    write(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), MENTOR, BEGINNING, "request")
    (name,) = relationship.heard
    by = by_mail(MENTOR, BEGINNING)
    relationship.mail_left("charter", "v1", "mentor", Sent("<c@x.example>"), by, (name,))
    assert ("echo", name, "mentor") in relationship.mails
    assert not any(effect.kind is EffectKind.ECHO for effect in Life(relationship).plan().effects)
    assert undo(relationship, MailKind.CHARTER, MENTOR, BEGINNING, occasion="v1") == ""
    assert relationship.status is Status.REQUESTED


def test_an_undo_means_the_own_answer_to_that_mail_before_what_the_mail_told() -> None:
    relationship = booked()
    write(relationship, MailKind.PREPARATION, Reply(questions=("how?",)))
    (first,) = relationship.heard
    by = by_mail(MENTEE, BEFORE)
    relationship.mail_left("held_question", OCCASION, "mentee", Sent("<h@x.example>"), by, (first,))
    write(relationship, MailKind.HELD_QUESTION, Reply(questions=("when?",)))
    left = []
    for _ in range(2):
        assert undo(relationship, MailKind.HELD_QUESTION) == ""
        left.append([text.reveal() for text in relationship.agendas[1].all])
    assert left == [["how?"], []]


def test_an_undo_in_reply_to_one_answer_to_many_mails_takes_all_of_them_back() -> None:
    relationship = booked()
    for question in ("how?", "when?", "who?"):
        write(relationship, MailKind.PREPARATION, Reply(questions=(question,)))
    first, *others = relationship.heard
    relationship.mail_left("echo", first, "mentee", Sent("<e@x.example>"), by_mail(MENTEE, BEFORE), tuple(others))
    assert undo(relationship, MailKind.PREPARATION, echoed=first) == ""
    assert relationship.agendas[1].empty
    assert undo(relationship, MailKind.PREPARATION, echoed=first) == ""
