"""What people write that cannot be as it stands: it is refused or asked back with a reason, and nothing is lost."""

from datetime import timedelta

import pytest

from adapters.mail.reader import MailReader
from domain.answering import Answer, Answered, answer
from domain.charter import Role
from domain.hearing import Question
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import Command, Reply, SaidAction, SaidTerms
from tests.unit.domain_cast import BEGINNING, DAY, HOUR, NAMES, START, agreed, booked, by_cli, by_mail, kinds, requested

MEETING = "1.1@2027-02-10"
AFTER = START + HOUR


def says(
    relationship: Relationship,
    kind: MailKind,
    reply: Reply,
    role: Role = Role.MENTOR,
    occasion: str = MEETING,
    at: timedelta = timedelta(),
) -> Answered:
    """Let one of the two answer a mail."""
    return answer(relationship, Answer(role, NAMES, kind, occasion, reply, by_mail(role, BEGINNING + at)))


def test_of_two_replies_that_contradict_each_other_the_first_stands_and_the_second_is_asked_back() -> None:
    relationship = requested()
    assert says(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), occasion="request").reason == ""
    second = says(relationship, MailKind.REQUEST, Reply(Command.DECLINE), occasion="request", at=HOUR)
    assert (second.question, relationship.status) == (Question.CANNOT, Status.ACCEPTED)
    assert "no longer open" in second.reason


def test_whether_they_met_may_be_said_anew_for_the_later_word_is_the_better_one() -> None:
    relationship = booked()
    for command in (Command.HELD, Command.NOT_HELD):
        says(relationship, MailKind.HELD_QUESTION, Reply(command), Role.MENTEE, at=AFTER - BEGINNING)
    assert relationship.meeting("1.1").state is MeetingState.MISSED


@pytest.mark.parametrize("text", ["Accept. No, sorry, I decline.", "held\n\nno wait, we did not meet"])
def test_a_reply_that_says_both_says_neither(text: str) -> None:
    kind = "request" if "decline" in text else "held_question"
    assert MailReader().understand(text, BEGINNING.date(), kind).command is None


def test_an_answer_to_a_question_that_is_no_longer_open_is_told_so() -> None:
    relationship = requested()
    relationship.expire_request("the mentor did not answer", by_cli(BEGINNING + 14 * DAY))
    late = says(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), occasion="request", at=15 * DAY)
    assert (late.question, relationship.status) == (Question.CANNOT, Status.EXPIRED)


def test_the_same_command_twice_is_one() -> None:
    relationship = booked()
    for _ in range(2):
        assert says(relationship, MailKind.AGENDA, Reply(Command.SKIP)).reason == ""
    assert kinds(relationship).count("CycleSkipped") == 1


@pytest.mark.parametrize("owner", ["Zoe", "somebody", "Head of unit"])
def test_an_action_of_which_it_is_not_known_whose_it_is_is_asked_back_and_the_others_count(owner: str) -> None:
    relationship = booked()
    actions = (SaidAction(owner, "Send the plan", None), SaidAction("me", "Write it down", None))
    came = says(
        relationship, MailKind.HELD_QUESTION, Reply(Command.HELD, actions=actions), Role.MENTEE, at=AFTER - BEGINNING
    )
    assert came.unclear == (f"{owner}: Send the plan",)
    assert [(a.owner, a.text.reveal()) for a in relationship.actions] == [(Role.MENTEE, "Write it down")]


def test_an_action_under_a_bare_heading_is_its_writers_own() -> None:
    relationship = booked()
    reply = MailReader().understand("held\n\nActions:\n- Send the plan", AFTER.date(), "held_question")
    says(relationship, MailKind.HELD_QUESTION, reply, Role.MENTEE, at=AFTER - BEGINNING)
    assert [(a.owner, a.text.reveal()) for a in relationship.actions] == [(Role.MENTEE, "Send the plan")]


def test_terms_for_a_charter_that_counts_no_more_are_refused() -> None:
    relationship = agreed()
    relationship.end("closed", by_cli())
    came = says(relationship, MailKind.NOTICE, Reply(proposal=SaidTerms(days=42)), occasion="closed")
    assert came.question is Question.CANNOT
