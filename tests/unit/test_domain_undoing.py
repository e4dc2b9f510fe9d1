"""Whatever a mail brought about can be taken back for seven days, by whoever wrote it; nothing is erased."""

from datetime import date, datetime, timedelta

import pytest

from domain.answering import Answer, Answered, answer
from domain.charter import ConflictPolicy, Role
from domain.deeds import deeds_of
from domain.effects import EffectKind
from domain.hearing import DeedKind, Heard, Question
from domain.mail import MailKind
from domain.meeting import MeetingState
from domain.relationship import Relationship
from domain.relationship_state import Status
from domain.reply import Command, Reply, SaidAction
from tests.unit.domain_cast import (
    BEGINNING,
    DAY,
    HOUR,
    NAMES,
    START,
    accepted,
    agreed,
    booked,
    by_cli,
    by_mail,
    charter,
    kinds,
    requested,
    words,
)
from tests.unit.domain_life import Life

MENTOR, MENTEE = Role.MENTOR, Role.MENTEE
BEFORE, AFTER = START - HOUR, START + HOUR
OCCASION = "1.1@2027-02-10"
UNDO = Reply(Command.UNDO)


def write(
    relationship: Relationship,
    kind: MailKind,
    reply: Reply,
    role: Role = MENTEE,
    at: datetime = BEFORE,
    occasion: str = OCCASION,
    echoed: str = "",
) -> Answered:
    """Let a mail act as the inbox does, and return what came of it."""
    by, before = by_mail(role, at), len(relationship.pending_events)
    came = answer(relationship, Answer(role, NAMES, kind, occasion, reply, by, echoed=echoed))
    if not came.reason:
        deeds = deeds_of(relationship.pending_events[before:])
        relationship.hear_mail(Heard(f"mail-{before}", role, kind.value, occasion, at, deeds), by)
    return came


def undo(relationship: Relationship, kind: MailKind, role: Role = MENTEE, at: datetime = BEFORE, **more: str) -> str:
    return write(relationship, kind, UNDO, role, at, **more).reason


def test_an_acceptance_is_taken_back_and_can_be_given_again() -> None:
    relationship = requested()
    write(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), MENTOR, BEGINNING, "request")
    assert undo(relationship, MailKind.REQUEST, MENTOR, BEGINNING + DAY, occasion="request") == ""
    seen = [relationship.status]
    write(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), MENTOR, BEGINNING + DAY, "request")
    assert [*seen, relationship.status] == [Status.REQUESTED, Status.ACCEPTED]


def test_an_acceptance_on_which_the_other_has_built_stays() -> None:
    relationship = requested()
    write(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), MENTOR, BEGINNING, "request")
    write(relationship, MailKind.CHARTER, Reply(Command.AGREE), MENTEE, BEGINNING, "v1")
    assert "agreed to since" in undo(relationship, MailKind.REQUEST, MENTOR, BEGINNING, occasion="request")
    assert relationship.status is Status.ACCEPTED


def test_a_refusal_is_taken_back() -> None:
    relationship = requested()
    write(relationship, MailKind.REQUEST, Reply(Command.DECLINE), MENTOR, BEGINNING, "request")
    undo(relationship, MailKind.REQUEST, MENTOR, BEGINNING, occasion="request")
    assert relationship.status is Status.REQUESTED


def test_an_agreement_is_taken_back_with_the_meeting_that_came_of_it() -> None:
    life = Life(accepted())
    for role in Role:
        write(life.relationship, MailKind.CHARTER, Reply(Command.AGREE), role, life.now, "v1")
    life.settle()
    assert life.meeting.state is MeetingState.BOOKED
    assert undo(life.relationship, MailKind.CHARTER, MENTEE, life.now, occasion="v1") == ""
    assert (life.relationship.status, life.relationship.approved) == (Status.ACCEPTED, (MENTOR,))
    assert any(name.startswith("cancel/1.1") for name in life.due())


def test_an_agreement_after_a_meeting_stays() -> None:
    relationship = booked()
    heard = Heard("a", MENTEE, "charter", "v1", BEFORE, deeds_of(relationship.pending_events[3:5]))
    relationship.hear_mail(heard, by_mail(MENTEE, BEFORE))
    relationship.report_held("1.1", True, by_mail(MENTEE, AFTER))
    assert "You have met since" in undo(relationship, MailKind.CHARTER, MENTEE, AFTER, occasion="v1")
    assert relationship.status is Status.AGREED


def test_agenda_items_are_taken_back_and_those_of_other_mails_stay() -> None:
    relationship = booked()
    write(relationship, MailKind.PREPARATION, Reply(questions=("how?",), done=("plan",)))
    write(relationship, MailKind.PREPARATION, Reply(questions=("how?", "when?")), at=BEFORE + timedelta(minutes=1))
    assert undo(relationship, MailKind.PREPARATION) == ""
    assert [text.reveal() for text in relationship.agendas[1].all] == ["plan", "how?"]
    undo(relationship, MailKind.PREPARATION)
    assert relationship.agendas[1].empty


def test_actions_learnings_and_the_report_are_taken_back_together() -> None:
    relationship = booked()
    said = Reply(Command.HELD, learned=("much",), actions=(SaidAction("me", "write", date(2027, 3, 1)),))
    write(relationship, MailKind.HELD_QUESTION, said, at=AFTER)
    assert relationship.meeting("1.1").state is MeetingState.HELD
    assert undo(relationship, MailKind.HELD_QUESTION, at=AFTER) == ""
    assert relationship.meeting("1.1").state is MeetingState.BOOKED
    assert (relationship.actions, relationship.learnings[1]) == ((), ())
    write(relationship, MailKind.HELD_QUESTION, said, at=AFTER)
    assert [action.number for action in relationship.actions] == [2]


def test_a_closed_action_is_open_again() -> None:
    relationship = booked()
    relationship.owe_action(MENTEE, words("write")[0], None, 1, by_cli())
    write(relationship, MailKind.CHASE, Reply(Command.DONE), occasion="1.1")
    assert relationship.open_actions() == ()
    undo(relationship, MailKind.CHASE, occasion="1.1")
    assert [action.number for action in relationship.open_actions()] == [1]


@pytest.mark.parametrize("policy", list(ConflictPolicy))
def test_a_skipped_meeting_is_arranged_again_at_its_time(policy: ConflictPolicy) -> None:
    life = Life(agreed(charter(conflict=policy)))
    life.settle()
    time = life.meeting.time
    write(life.relationship, MailKind.AGENDA, Reply(Command.SKIP), MENTOR, life.now)
    life.settle()
    assert life.relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED
    assert undo(life.relationship, MailKind.AGENDA, MENTOR, life.now) == ""
    life.settle()
    again = life.relationship.meetings.of_cycle(1)[-1]
    assert (again.state, again.time) == (MeetingState.BOOKED, time)


def test_a_skip_taken_back_before_the_calendar_was_touched_leaves_the_meeting_where_it_is() -> None:
    relationship = booked()
    write(relationship, MailKind.AGENDA, Reply(Command.SKIP), MENTOR)
    undo(relationship, MailKind.AGENDA, MENTOR)
    (meeting,) = relationship.meetings.items
    assert (meeting.state, meeting.to_cancel, meeting.event_id) == (MeetingState.BOOKED, False, "event-1.1")


def test_a_wish_for_another_time_is_taken_back_and_the_meeting_returns_to_the_first() -> None:
    life = Life()
    life.settle()
    time = life.meeting.time
    write(life.relationship, MailKind.AGENDA, Reply(Command.MOVE), MENTOR, life.now)
    life.settle()
    assert life.meeting.time != time
    assert undo(life.relationship, MailKind.AGENDA, MENTOR, life.now) == ""
    life.settle()
    assert (life.meeting.state, life.meeting.time) == (MeetingState.BOOKED, time)


def test_a_meeting_whose_time_is_over_does_not_return() -> None:
    relationship = booked()
    write(relationship, MailKind.AGENDA, Reply(Command.SKIP), MENTOR)
    assert "is over" in undo(relationship, MailKind.AGENDA, MENTOR, AFTER)


def test_only_the_writer_takes_back_and_only_in_that_conversation() -> None:
    relationship = booked()
    write(relationship, MailKind.AGENDA, Reply(Command.SKIP), MENTOR)
    for kind, role in ((MailKind.AGENDA, MENTEE), (MailKind.PREPARATION, MENTOR)):
        assert "nothing of yours" in undo(relationship, kind, role)
    assert relationship.meetings.of_cycle(1)[-1].state is MeetingState.SKIPPED


def test_seven_days_later_it_is_too_late() -> None:
    relationship = requested()
    write(relationship, MailKind.REQUEST, Reply(Command.ACCEPT), MENTOR, BEGINNING, "request")
    late = BEGINNING + timedelta(days=7)
    assert "nothing of yours" in undo(relationship, MailKind.REQUEST, MENTOR, late, occasion="request")
    assert relationship.status is Status.ACCEPTED


def test_an_undo_in_answer_to_our_answer_means_the_very_mail_that_was_answered() -> None:
    relationship = booked()
    write(relationship, MailKind.PREPARATION, Reply(questions=("how?",)))
    first = next(iter(relationship.heard))
    write(relationship, MailKind.PREPARATION, Reply(questions=("when?",)))
    assert undo(relationship, MailKind.PREPARATION, echoed=first) == ""
    assert [text.reveal() for text in relationship.agendas[1].all] == ["when?"]
    assert undo(relationship, MailKind.PREPARATION, echoed=first) == ""
    assert kinds(relationship).count("MailUndone") == 1


def test_each_mail_is_answered_once_and_an_idle_answer_to_an_answer_is_not() -> None:
    life = Life(booked())
    life.now = BEFORE
    by = by_mail(MENTEE, BEFORE)
    life.relationship.hear_mail(Heard("a", MENTEE, "agenda", OCCASION, BEFORE), by)
    life.relationship.hear_mail(Heard("b", MENTEE, "agenda", OCCASION, BEFORE, answers_echo=True), by)
    life.decide()
    assert [mail for effect in life.plan().due(life.now) for mail in effect.carries] == ["a"]


def test_at_most_five_answers_leave_in_an_hour() -> None:
    life = Life(booked())
    life.now = BEFORE
    for number in range(12):
        heard = Heard(f"{number:02d}", MENTEE, "agenda", OCCASION, BEFORE, question=Question.WHAT)
        life.relationship.hold_mail(f"<{number}@x.example>", "unclear", by_cli(BEFORE), heard)
    dues = sorted(e.due for e in life.plan().effects if e.kind is EffectKind.ECHO)
    assert dues == [BEFORE] * 5 + [BEFORE + HOUR] * 5 + [BEFORE + 2 * HOUR] * 2


def test_who_wrote_it_is_asked_once_a_day() -> None:
    life = Life(booked())
    life.now = START - 2 * DAY
    for hours in (0, 1, 23, 25):
        at = life.now + hours * HOUR
        heard = Heard(f"at-{hours}", MENTOR, "agenda", OCCASION, at, question=Question.WHO)
        life.relationship.hold_mail(f"<{hours}@x.example>", "forged", by_cli(at), heard)
    asked = [e.occasion for e in life.plan().effects if e.kind is EffectKind.ECHO]
    assert asked == ["at-0", "at-25"]


def test_a_mail_that_changes_nothing_new_is_heard_without_deeds() -> None:
    relationship = booked()
    for _ in range(2):
        write(relationship, MailKind.AGENDA, Reply(Command.KEEP), MENTOR)
    first, second = relationship.heard.values()
    assert ([deed.what for deed in first.deeds], second.deeds) == ([DeedKind.KEPT], ())


def test_an_action_that_is_not_wanted_any_more_is_chased_no_longer_and_comes_back_with_undo() -> None:
    relationship = agreed()
    relationship.owe_action(MENTEE, words("Write it down")[0], None, 1, by_mail(MENTEE))
    write(relationship, MailKind.CHASE, Reply(Command.DROP), occasion="1.1")
    write(relationship, MailKind.CHASE, Reply(Command.DROP), occasion="1.1")
    assert (relationship.open_actions(), kinds(relationship).count("ActionLetGo")) == ((), 1)
    assert relationship.actions[0].done_at is None
    assert [deed.what for heard in relationship.heard.values() for deed in heard.deeds] == [DeedKind.LET_GO]
    undo(relationship, MailKind.CHASE, occasion="1.1")
    assert [action.number for action in relationship.open_actions()] == [1]
