"""What a reply about one meeting does: before it and after it."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from domain.answer import NO_AGENDA, YES, Answer, personal
from domain.charter import Role
from domain.conversation import PARTS, AgendaItems
from domain.decisions import SkipMeeting
from domain.errors import Refused
from domain.mail import MailKind
from domain.meeting import Meeting, MeetingState
from domain.naming_times import NONE_FITS, wish_named
from domain.occasions import meeting_ref, topic_in, without_topic
from domain.owning import owner_of
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command, Reply
from domain.rules_proposals import QUESTION as WISH_QUESTION
from domain.rules_proposals import time_of_move
from domain.shortening import shorten

ABSENT = "it says that its writer cannot come or has nothing to bring, and not what is to become of the meeting"


def about_meeting(relationship: Relationship, given: Answer) -> tuple[str, ...] | None:
    """A mail about a meeting that was given up since speaks of the one booked anew in its cycle."""
    named = relationship.meeting(meeting_ref(given.occasion))
    meeting = relationship.meetings.of_cycle(named.cycle)[-1]
    over = meeting.time.end <= given.by.at
    used = _said_after(relationship, meeting, given) if over else _said_before(relationship, meeting, given)
    owned = [
        (owner, said) for said in given.reply.actions if (owner := owner_of(said, given.role, given.names)) is not None
    ]
    for owner, said in owned:
        text = Personal(given.by.actor, said.text)
        relationship.owe_action(owner, text, said.due, meeting.cycle, given.by)
    return (*(used or ()), "actions") if used is not None or owned else None


def _said_before(relationship: Relationship, meeting: Meeting, given: Answer) -> tuple[str, ...] | None:
    """Before the meeting: what becomes of it, and what the mentee wants to bring.

    The mentor's words are not put into the mentee's mouth.
    """
    command = given.reply.command
    if command in (*YES, Command.DECLINE) and topic_in(given.occasion) == WISH_QUESTION:
        return _answer_wish(relationship, given)
    if _names_time(given) and given.situation is not None:
        _check_standing(meeting)
        if wish_named(given.situation, given.role, meeting, given.reply.times, given.by):
            return PARTS
    if given.reply.absent and meeting.live:
        raise Refused(ABSENT, "Say whether it is to be moved or left out.")
    if given.reply.time_unclear and meeting.live:
        raise Refused(NONE_FITS, "Name another time, with its day and its hour.")
    if command in _COMMANDS and _DONE_ALREADY.get(command) is not meeting.state:
        _check_standing(meeting)
        _COMMANDS[command](relationship, meeting, given)
    items = _items(given.reply, given.by.actor)
    nothing = items.empty and not given.samples
    if given.role is not Role.MENTEE or nothing or command in NO_AGENDA or given.kind is MailKind.NOTICE:
        return () if command in _COMMANDS else None
    relationship.add_agenda_items(meeting.cycle, items, given.by)
    relationship.attach_samples(meeting.cycle, given.mail, given.samples, given.by)
    return PARTS


def _names_time(given: Answer) -> bool:
    """Say whether the times that it names are for the meeting: what says more than that is a mentee's preparation."""
    reply = given.reply
    alone = given.kind is not MailKind.PREPARATION or len(_items(reply, given.by.actor).all) <= 1
    return bool(reply.times) and alone and reply.command in (None, Command.MOVE, Command.ASK_AGENDA)


def _answer_wish(relationship: Relationship, given: Answer) -> tuple[str, ...]:
    """With a yes both wish the same time, whatever else stands there; after a no it stays where it is."""
    meeting = relationship.meeting(meeting_ref(given.occasion))
    time = time_of_move(meeting, without_topic(given.occasion))
    if given.reply.command in YES and time is not None:
        relationship.propose_time(meeting.ref, given.role, time, given.by)
    return ()


def _said_after(relationship: Relationship, meeting: Meeting, given: Answer) -> tuple[str, ...] | None:
    """After the meeting: whether it was held (actions and learnings say so too), and what was learned."""
    reply = given.reply
    yes = reply.command in YES and given.kind is MailKind.HELD_QUESTION
    told = yes or reply.command in (Command.HELD, Command.NOT_HELD)
    implied = bool(reply.actions or reply.learned)
    if told or implied:
        relationship.report_held(meeting.ref, reply.command is not Command.NOT_HELD, given.by)
    texts = personal(reply.learned, given.by.actor)
    relationship.record_learnings(meeting.cycle, given.role, texts, given.by)
    return ("learned",) if told or implied else None


def _skip(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    clause = relationship.charter.clause("conflict")
    relationship.skip_meeting(SkipMeeting(meeting.ref, f"the {given.role.value} asked to skip it", clause), given.by)


def _move(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    """The next time in its cycle that suits both is found for it, as when an invitation is declined."""
    relationship.cancel_meeting(meeting.ref, f"the {given.role.value} asked for another time", given.by)


def _keep(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    relationship.keep_meeting(meeting.ref, given.role, given.by)


def _shorten(relationship: Relationship, meeting: Meeting, given: Answer) -> None:
    shorten(relationship, meeting, given.by)


_COMMANDS: dict[Command, Callable[[Relationship, Meeting, Answer], None]] = {
    Command.SKIP: _skip,
    Command.MOVE: _move,
    Command.KEEP: _keep,
    Command.SHORTEN: _shorten,
}
_DONE_ALREADY = {Command.SKIP: MeetingState.SKIPPED, Command.MOVE: MeetingState.CANCELLED}


def _check_standing(meeting: Meeting) -> None:
    if not meeting.live:
        raise Refused("That meeting does not stand any more.", "Nothing needs to be done about it.")


def _items(reply: Reply, owner: str) -> AgendaItems:
    words: dict[str, Any] = {field.name: personal(getattr(reply, field.name), owner) for field in fields(AgendaItems)}
    return AgendaItems(**words)
