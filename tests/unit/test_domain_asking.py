"""How long a mentor is asked: reminders, a second mentor, a no with a reason."""

from datetime import date, timedelta

import pytest

from domain.answering import Answer, answer
from domain.charter import Role
from domain.decisions import ExpireRequest, TurnToFallback
from domain.deeds import deeds_of
from domain.desk import Desk
from domain.effects import Effect, EffectKind
from domain.errors import BadInput, Refused
from domain.hearing import Heard
from domain.letters import CharterLetter, NoticeLetter, RequestLetter
from domain.mail import MailKind
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.situation import Situation
from domain.threads import earlier_mails
from domain.writing import write
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    IDS,
    NAMES,
    accepted,
    by_cli,
    by_mail,
    kinds,
    mentee,
    mentor,
    replayed,
    requested,
)
from tests.unit.domain_life import Life

KEN = "00000000-0000-0000-0000-000000000009"


def lived(life: Life, days: int) -> list[tuple[int, str]]:
    """Let days pass with everything done when it is due, and return after how many days which mails left."""
    for half in range(days * 2 + 1):
        life.now = BEGINNING + timedelta(days=half / 2)
        life.settle()
    return [((at - BEGINNING).days, "/".join(effect.name)) for at, effect in life.done]


def test_a_request_is_brought_back_to_mind_twice_and_then_ends() -> None:
    life = Life(requested())
    assert lived(life, 20) == [
        (0, "request/request/mentor"),
        (7, "request/request.1/mentor"),
        (12, "request/request.2/mentor"),
        (14, "notice/expired/mentee"),
    ]


def test_a_charter_is_brought_back_to_the_mind_of_whoever_has_not_agreed() -> None:
    life = Life(accepted())
    life.settle()
    life.relationship.approve_charter(Role.MENTEE, by_mail(Role.MENTEE))
    assert [mail for mail in lived(life, 13) if mail[0]] == [(7, "charter/v1.1/mentor"), (12, "charter/v1.2/mentor")]


def test_an_answer_ends_the_reminders() -> None:
    life = Life(requested())
    life.settle()
    life.relationship.decline(by_mail(Role.MENTOR))
    assert lived(life, 13)[1:] == [(0, "notice/declined/mentee")]


def test_a_short_time_to_answer_has_one_reminder_and_no_time_has_more_than_two_months() -> None:
    life = Life(requested())
    life.relationship.give_time(4, by_cli())
    assert [mail for mail in lived(life, 6) if "request" in mail[1]] == [
        (0, "request/request/mentor"),
        (2, "request/request.1/mentor"),
    ]
    for days in (0, 61):
        with pytest.raises(BadInput, match="from 1 to 60"):
            requested().give_time(days, by_cli())


def test_reminders_wait_while_the_mentor_is_away_and_for_the_mail_before() -> None:
    away = Life(requested())
    away.mentor.plan_leave(date(2027, 2, 3), date(2027, 2, 9), by_cli())
    days = [day for day, name in lived(away, 25) if name == "request/request.1/mentor"]
    assert days == [14]
    late = Life(requested(), now=BEGINNING + 8 * DAY)
    late.settle()
    assert late.due() == []
    late.now += 2 * DAY
    assert late.due() == ["request/request.1/mentor"]


def test_a_reminder_stays_in_the_conversation_and_says_which_it_is() -> None:
    life = Life(requested())
    lived(life, 8)
    now = life.situation()
    effect = Effect(EffectKind.REQUEST, "request.1", Role.MENTOR, "", BEGINNING, BEGINNING + 14 * DAY, "v1/request")
    assert [mail.occasion for mail in earlier_mails(now, effect)][:1] == ["request"]
    letter = write(Desk(now, effect, "Programme"))
    assert isinstance(letter, RequestLetter)
    assert letter.reminder == 1
    charter = Effect(EffectKind.CHARTER, "v1.2", Role.MENTEE, "1", BEGINNING, BEGINNING + 14 * DAY, "v1/charter")
    other = write(Desk(now, charter, "Programme"))
    assert isinstance(other, CharterLetter)
    assert (other.reminder, other.answer_by) == (2, (BEGINNING + 14 * DAY).date())


def named() -> Relationship:
    """Return a request with a second mentor."""
    relationship = requested()
    relationship.name_fallback(KEN, None, by_cli())
    return relationship


@pytest.mark.parametrize("said_no", [True, False])
def test_the_second_mentor_is_asked_once_when_the_first_says_no_or_nothing(said_no: bool) -> None:
    life = Life(named())
    life.settle()
    if said_no:
        life.relationship.decline(by_mail(Role.MENTOR))
    else:
        life.now = BEGINNING + 14 * DAY
    turn = TurnToFallback("v1/request")
    expired = [] if said_no else [ExpireRequest("the mentor did not answer", "v1/request")]
    assert life.decide() == [*expired, turn]
    assert life.due() == [f"notice/{'declined' if said_no else 'expired'}_next/mentee"]
    assert replayed(life.relationship).asking.turned_to


def test_nobody_else_is_asked_when_the_charter_was_not_agreed_or_the_mentor_said_yes() -> None:
    life = Life(named())
    life.relationship.accept(by_mail(Role.MENTOR))
    life.settle()
    life.now = BEGINNING + 14 * DAY
    assert life.decide() == [ExpireRequest("the charter was not agreed", "v1/charter")]


def test_the_second_is_asked_when_the_first_leaves_before_an_answer_and_not_when_the_mentee_does() -> None:
    life = Life(named())
    life.mentor.leave_organisation(by_cli())
    assert [type(decision).__name__ for decision in life.decide()] == ["EndForLeaver", "TurnToFallback"]
    other = Life(named())
    other.mentee.leave_organisation(by_cli())
    assert [type(decision).__name__ for decision in other.decide()] == ["EndForLeaver"]


def test_one_of_the_two_is_no_second_mentor() -> None:
    for person in IDS.values():
        with pytest.raises(Refused, match="one of the two"):
            requested().name_fallback(person, None, by_cli())


def test_where_the_second_cannot_be_asked_the_mentee_hears_the_plain_no() -> None:
    life = Life(named())
    life.relationship.decline(by_mail(Role.MENTOR))
    life.relationship.turn_to_fallback("The mentor takes nobody more.", by_cli())
    assert life.due() == ["notice/declined/mentee"]


def test_a_no_is_taken_back_until_somebody_else_was_asked() -> None:
    relationship = named()
    relationship.decline(by_mail(Role.MENTOR))
    heard = Heard("m", Role.MENTOR, "request", "request", BEGINNING, deeds_of(relationship.pending_events))
    relationship.hear_mail(heard, by_mail(Role.MENTOR))
    relationship.turn_to_fallback("", by_cli())
    with pytest.raises(Refused, match="Somebody else has been asked"):
        relationship.undo_mail("m", by_mail(Role.MENTOR))


def said_no(*reason: str, left: tuple[str, ...] = ()) -> Relationship:
    """Return a request that the mentor declined in a mail with a reason."""
    relationship = requested()
    reply = Reply(Command.DECLINE, reason=reason, unsorted=left)
    given = Answer(Role.MENTOR, NAMES, MailKind.REQUEST, "request", reply, by_mail(Role.MENTOR))
    assert answer(relationship, given).unclear == left
    return relationship


def notice_of(relationship: Relationship) -> NoticeLetter:
    """Return the mail in which the mentee hears of a no."""
    effect = Effect(EffectKind.NOTICE, "declined", Role.MENTEE, "declined", BEGINNING, BEGINNING + DAY, "v1/request")
    letter = write(Desk(Situation(relationship, mentor(), mentee()), effect, "Programme"))
    assert isinstance(letter, NoticeLetter)
    return letter


def test_a_reason_is_the_mentors_own_words_to_the_mentee_and_nothing_else_of_the_mail_is() -> None:
    relationship = said_no("I have two mentees already.", left=("He sounds dull.",))
    assert kinds(relationship)[1:] == ["Declined"]
    assert relationship.asking.reason == Personal(IDS[Role.MENTOR], "I have two mentees already.")
    assert notice_of(relationship).words == "I have two mentees already."


def test_a_no_without_a_reason_or_with_a_forgotten_one_has_no_words() -> None:
    assert notice_of(said_no()).words == ""
    relationship = said_no("I have two mentees already.")
    relationship.asking = type(relationship.asking)(reason=Personal(IDS[Role.MENTOR], None))
    assert notice_of(relationship).words == ""


def test_a_mentor_who_asked_for_silence_lets_the_request_end_in_its_time_and_the_mentee_hears_of_it() -> None:
    life = Life(named())
    life.settle()
    life.mentor.pause(by_cli())
    assert lived(life, 16)[1:] == [(14, "notice/expired_next/mentee")]


def test_a_no_before_the_word_stop_is_told_and_whoever_asked_for_silence_hears_nothing() -> None:
    life = Life(requested())
    life.relationship.decline(by_mail(Role.MENTOR))
    life.mentor.pause(by_cli())
    assert life.due() == ["notice/declined/mentee"]
    life.mentee.pause(by_cli())
    assert life.due() == []
