"""What a reply does, by the kind of mail that it answers."""

from datetime import date, datetime

import pytest

from domain.answering import AT_ANY_TIME, Answer, answer
from domain.by import By
from domain.charter import Role
from domain.hearing import Deed, DeedKind, Heard
from domain.interval import Interval
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.occasions import at_time
from domain.relationship import Relationship
from domain.reply import Command, Reply, SaidAction
from domain.rules_proposals import QUESTION
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    NAMES,
    START,
    accepted,
    agreed,
    booked,
    booked_as,
    by_calendar,
    by_cli,
    by_mail,
    kinds,
    meeting_plan,
    requested,
    words,
)

NOT_UNDERSTOOD = "nothing in it was understood as an answer to that mail"
BEFORE, AFTER = START - HOUR, START + HOUR
OCCASION = "1.1@2027-02-10"


def replied(
    relationship: Relationship,
    kind: MailKind,
    reply: Reply,
    role: Role = Role.MENTEE,
    at: datetime = BEGINNING,
    occasion: str = OCCASION,
) -> str | None:
    """Let one of the two answer a mail, twice, and see that the second time records nothing."""
    by: By = by_mail(role, at)
    given = Answer(role, NAMES, kind, occasion, reply, by)
    said = answer(relationship, given)
    count = len(kinds(relationship))
    assert answer(relationship, given) == said
    assert len(kinds(relationship)) == count
    return said.reason or None


@pytest.mark.parametrize("command", [Command.ACCEPT, Command.AGREE])
def test_a_yes_to_the_request_accepts(command: Command) -> None:
    relationship = requested()
    assert replied(relationship, MailKind.REQUEST, Reply(command), Role.MENTOR, occasion="request") is None
    assert kinds(relationship)[1:] == ["Accepted"]


def test_a_no_to_the_request_declines() -> None:
    relationship = requested()
    reply = Reply(Command.DECLINE, unsorted=("I have no time this year.",))
    assert replied(relationship, MailKind.REQUEST, reply, Role.MENTOR, occasion="request") is None
    assert kinds(relationship)[1:] == ["Declined"]


def test_a_yes_after_a_no_is_a_reason_and_no_error() -> None:
    relationship = requested()
    relationship.decline(by_mail(Role.MENTOR))
    said = replied(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), Role.MENTOR)
    assert said == "This request is no longer open."


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("command", [Command.ACCEPT, Command.AGREE])
def test_a_yes_to_the_charter_is_the_writers_own(role: Role, command: Command) -> None:
    relationship = accepted()
    assert replied(relationship, MailKind.CHARTER, Reply(command), role, occasion="v1") is None
    assert relationship.approved == (role,)


def test_a_charter_that_expired_cannot_be_agreed_to() -> None:
    relationship = accepted()
    relationship.expire_request("late", by_cli())
    said = replied(relationship, MailKind.CHARTER, Reply(Command.AGREE), Role.MENTEE)
    assert said == "There is no charter to agree to at the moment."


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (MailKind.REQUEST, None),
        (MailKind.REQUEST, Command.HELD),
        (MailKind.REQUEST, Command.DONE),
        (MailKind.CHARTER, None),
        (MailKind.CHARTER, Command.DECLINE),
        (MailKind.CHASE, None),
        (MailKind.CHASE, Command.AGREE),
        (MailKind.NOTICE, Command.AGREE),
        (MailKind.PREPARATION, Command.ACCEPT),
        (MailKind.AGENDA, None),
        (MailKind.HELD_QUESTION, Command.AGREE),
        (MailKind.FOLLOW_UP, None),
    ],
)
def test_what_does_not_answer_the_mail_changes_nothing_and_says_so(kind: MailKind, command: Command | None) -> None:
    relationship = booked()
    before = kinds(relationship)
    assert replied(relationship, kind, Reply(command)) == NOT_UNDERSTOOD
    assert kinds(relationship) == before


@pytest.mark.parametrize("occasion", ["2.1", "2.2"])
def test_done_closes_the_action_that_the_reminder_named(occasion: str) -> None:
    relationship = agreed()
    for text in words("First", "Second"):
        relationship.owe_action(Role.MENTEE, text, None, 1, by_mail(Role.MENTEE))
    assert replied(relationship, MailKind.CHASE, Reply(Command.DONE), occasion=occasion) is None
    assert [action.number for action in relationship.open_actions()] == [1]


@pytest.mark.parametrize("kind", [MailKind.PREPARATION, MailKind.AGENDA])
def test_before_the_meeting_the_mentees_words_are_agenda_items(kind: MailKind) -> None:
    relationship = booked()
    parts = ("done", "learned", "questions", "samples", "observed", "unsorted")
    reply = Reply(**{part: (f"my {part}",) for part in parts})  # type: ignore[arg-type]
    assert replied(relationship, kind, reply, at=BEFORE) is None
    agenda = relationship.agendas[1]
    for part in parts:
        assert getattr(agenda, part) == words(f"my {part}")


def moved_on() -> Relationship:
    """Return a relationship whose first meeting was given up and booked anew two days later."""
    relationship = booked()
    relationship.cancel_meeting("1.1", "declined", by_cli())
    later = START + 2 * DAY
    relationship.plan_meeting(meeting_plan(1, 2, later), "2026.6", by_cli())
    relationship.book("1.2", booked_as("1.2", later), by_cli())
    return relationship


def test_an_answer_to_the_one_preparation_of_a_cycle_counts_for_the_meeting_that_was_booked_anew() -> None:
    relationship = moved_on()
    reply = Reply(questions=("How to say no?",))
    assert replied(relationship, MailKind.PREPARATION, reply, at=AFTER) is None
    assert relationship.agendas[1].questions == words("How to say no?")


def test_a_word_about_a_meeting_that_was_booked_anew_is_about_the_one_that_took_place() -> None:
    relationship = moved_on()
    assert replied(relationship, MailKind.PREPARATION, Reply(Command.HELD), at=AFTER + 3 * DAY) is None
    assert relationship.meeting("1.2").state is MeetingState.HELD
    assert relationship.meeting("1.1").state is MeetingState.CANCELLED


def test_the_mentors_words_are_not_put_into_the_mentees_mouth() -> None:
    relationship = booked()
    reply = Reply(unsorted=("See you then!",))
    assert replied(relationship, MailKind.AGENDA, reply, Role.MENTOR, BEFORE) == NOT_UNDERSTOOD
    assert relationship.agendas == {}


def test_the_mentor_may_name_an_action_before_the_meeting() -> None:
    relationship = booked()
    reply = Reply(actions=(SaidAction("you", "Bring a sample", date(2027, 2, 9)),))
    assert replied(relationship, MailKind.AGENDA, reply, Role.MENTOR, BEFORE) is None
    [action] = relationship.actions
    assert (action.owner, action.text, action.due) == (
        Role.MENTEE,
        words("Bring a sample", owner=Role.MENTOR)[0],
        date(2027, 2, 9),
    )


@pytest.mark.parametrize(
    ("role", "word", "owner"),
    [
        (Role.MENTEE, "me", Role.MENTEE),
        (Role.MENTEE, "you", Role.MENTOR),
        (Role.MENTEE, " Marta ", Role.MENTOR),
        (Role.MENTEE, "TILO", Role.MENTEE),
        (Role.MENTEE, "", Role.MENTEE),
        (Role.MENTOR, "tilo", Role.MENTEE),
        (Role.MENTOR, "Marta", Role.MENTOR),
        (Role.MENTOR, "Tilo Example", Role.MENTEE),
    ],
)
def test_an_action_is_the_writers_unless_it_names_the_other(role: Role, word: str, owner: Role) -> None:
    relationship = booked()
    reply = Reply(Command.HELD, actions=(SaidAction(word, "Write it down", None),))
    assert replied(relationship, MailKind.HELD_QUESTION, reply, role, AFTER) is None
    assert [action.owner for action in relationship.actions] == [owner]


@pytest.mark.parametrize(
    ("command", "state"), [(Command.HELD, MeetingState.HELD), (Command.NOT_HELD, MeetingState.MISSED)]
)
@pytest.mark.parametrize("kind", [MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION])
@pytest.mark.parametrize("role", list(Role))
def test_a_word_after_the_meeting_counts_whichever_mail_of_it_is_answered(
    command: Command, state: MeetingState, kind: MailKind, role: Role
) -> None:
    relationship = booked()
    assert replied(relationship, kind, Reply(command), role, AFTER) is None
    assert relationship.meeting("1.1").state is state


@pytest.mark.parametrize("reply", [Reply(learned=("Ask early",)), Reply(actions=(SaidAction("me", "Write", None),))])
def test_learnings_and_actions_after_the_meeting_say_that_it_was_held(reply: Reply) -> None:
    relationship = booked()
    assert replied(relationship, MailKind.HELD_QUESTION, reply, at=AFTER) is None
    assert relationship.meeting("1.1").state is MeetingState.HELD


def test_learnings_belong_to_who_wrote_them() -> None:
    relationship = booked()
    reply = Reply(Command.HELD, learned=("Ask early",))
    assert replied(relationship, MailKind.FOLLOW_UP, reply, Role.MENTOR, AFTER) is None
    assert relationship.learnings == {1: ((Role.MENTOR, words("Ask early", owner=Role.MENTOR)[0]),)}


def test_words_without_a_heading_after_the_meeting_say_nothing() -> None:
    relationship = booked()
    reply = Reply(unsorted=("It was lovely.",), questions=("And now?",))
    assert replied(relationship, MailKind.HELD_QUESTION, reply, at=AFTER) == NOT_UNDERSTOOD
    assert relationship.agendas == {}


def test_nobody_can_say_before_the_end_that_it_was_held() -> None:
    relationship = booked()
    assert replied(relationship, MailKind.AGENDA, Reply(Command.HELD), at=BEFORE) == NOT_UNDERSTOOD
    assert relationship.meeting("1.1").state is MeetingState.BOOKED


def test_a_meeting_that_was_cancelled_cannot_be_reported() -> None:
    relationship = booked()
    relationship.cancel_meeting("1.1", "declined", by_cli())
    said = replied(relationship, MailKind.HELD_QUESTION, Reply(Command.HELD), at=AFTER)
    assert said == "That meeting did not stand."


def test_a_later_word_corrects_a_presumption_in_the_follow_up() -> None:
    relationship = booked()
    relationship.presume_held("1.1", by_cli(AFTER + 2 * DAY))
    reply = Reply(Command.NOT_HELD)
    assert replied(relationship, MailKind.FOLLOW_UP, reply, at=AFTER + 3 * DAY) is None
    assert relationship.meeting("1.1").state is MeetingState.MISSED


@pytest.mark.parametrize(
    ("command", "wished"), [(Command.ACCEPT, True), (Command.AGREE, True), (Command.DECLINE, False)]
)
def test_a_yes_to_the_question_about_a_wish_makes_it_the_wish_of_both(command: Command, wished: bool) -> None:
    relationship = booked()
    later = Interval(START + DAY, START + DAY + HOUR)
    relationship.propose_time("1.1", Role.MENTOR, later, by_calendar(Role.MENTOR))
    occasion = at_time(relationship.meeting("1.1"), later, QUESTION)
    assert replied(relationship, MailKind.NOTICE, Reply(command), Role.MENTEE, occasion=occasion) is None
    assert [w.time for w in relationship.meeting("1.1").wishes_of(Role.MENTEE)] == ([later] if wished else [])


def test_keep_in_answer_to_a_conflict_keeps_the_meeting_and_skip_leaves_it_out() -> None:
    relationship = booked()
    occasion = at_time(relationship.meeting("1.1"), relationship.meeting("1.1").time, "no_other_time")
    assert replied(relationship, MailKind.NOTICE, Reply(Command.KEEP), occasion=occasion) is None
    assert relationship.meeting("1.1").kept_by == (Role.MENTEE,)
    assert replied(relationship, MailKind.NOTICE, Reply(Command.SKIP), occasion=occasion) is None
    assert relationship.meeting("1.1").state is MeetingState.CANCELLED
    assert relationship.meeting("1.2").state is MeetingState.SKIPPED


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("role", list(Role))
def test_help_changes_nothing_whatever_it_answers_and_is_told_with_what_was_left_out(
    kind: MailKind, role: Role
) -> None:
    relationship = booked()
    before = len(kinds(relationship))
    given = Answer(role, NAMES, kind, OCCASION, Reply(Command.HELP, unsorted=("Mentor: Ken",)), by_mail(role, BEFORE))
    said = answer(relationship, given)
    assert (said.unclear, said.reason, [deed.what for deed in said.told]) == (("Mentor: Ken",), "", [DeedKind.HELPED])
    assert len(kinds(relationship)) == before


def test_help_is_given_however_old_the_mail_is_that_it_answers() -> None:
    assert Command.HELP in AT_ANY_TIME


def test_an_answer_that_helps_cannot_be_taken_back() -> None:
    heard = Heard("m", Role.MENTEE, "follow_up", OCCASION, AFTER, (Deed(DeedKind.HELPED),))
    assert not heard.can_be_undone
