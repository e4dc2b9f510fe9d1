"""What a reply does, given which of our mails it answers.

Commands and sections become facts of the relationship.
"""

from dataclasses import dataclass
from typing import Any

from domain.by import By
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.errors import Refused
from domain.mail import MailKind
from domain.meeting import Meeting
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command, Reply, SaidAction

MEETING_MAILS = (MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION, MailKind.FOLLOW_UP)
YES = (Command.ACCEPT, Command.AGREE)
NO_AGENDA = (Command.SKIP, Command.DECLINE, Command.NOT_HELD)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply in its place.

    Who wrote it (`role`, and the first names of both for actions), and which of our mails it answers.
    """

    role: Role
    names: dict[Role, str]
    kind: MailKind
    occasion: str
    reply: Reply
    by: By


def answer(relationship: Relationship, given: Answer) -> str | None:
    """Record what the reply says; return None, or the reason why nothing in it could be acted on.

    Doing it twice records nothing the second time. What the relationship refuses is a reason, not an error. The
    command "stop" is not handled here: it concerns the person, not one relationship.
    """
    before = len(relationship.pending_events)
    try:
        understood = _respond(relationship, given)
    except Refused as refusal:
        return refusal.problem
    if understood or len(relationship.pending_events) > before:
        return None
    return "nothing in it was understood as an answer to that mail"


def _respond(relationship: Relationship, given: Answer) -> bool:
    command, by = given.reply.command, given.by
    match given.kind:
        case MailKind.REQUEST if command in YES:
            relationship.accept(by)
        case MailKind.REQUEST if command is Command.DECLINE:
            relationship.decline(by)
        case MailKind.CHARTER if command in YES:
            relationship.approve_charter(given.role, by)
        case MailKind.CHASE if command is Command.DONE:
            relationship.close_action(int(given.occasion.split(".")[0]), by)
        case kind if kind in MEETING_MAILS:
            return _about_meeting(relationship, given)
        case _:
            return False
    return True


def _about_meeting(relationship: Relationship, given: Answer) -> bool:
    """A mail about a meeting that was given up since speaks of the one booked anew in its cycle."""
    named, reply = relationship.meeting(given.occasion.split("@")[0]), given.reply
    meeting = relationship.meetings.of_cycle(named.cycle)[-1]
    over = meeting.time.end <= given.by.at
    said = _said_after(relationship, meeting, given) if over else _said_before(relationship, meeting, given)
    for said_action in reply.actions:
        owner = _owner(said_action, given)
        text = Personal(given.by.actor, said_action.text)
        relationship.owe_action(owner, text, said_action.due, meeting.cycle, given.by)
    return said or bool(reply.actions)


def _said_before(relationship: Relationship, meeting: Meeting, given: Answer) -> bool:
    """Before the meeting the mentee's words are agenda items.

    The mentor's are not put into the mentee's mouth.
    """
    items = _items(given.reply, given.by.actor)
    if given.role is not Role.MENTEE or items.empty or given.reply.command in NO_AGENDA:
        return False
    relationship.add_agenda_items(meeting.cycle, items, given.by)
    return True


def _said_after(relationship: Relationship, meeting: Meeting, given: Answer) -> bool:
    """After the meeting: whether it was held (actions and learnings say so too), and what was learned."""
    reply = given.reply
    yes = reply.command in YES and given.kind is MailKind.HELD_QUESTION
    told = yes or reply.command in (Command.HELD, Command.NOT_HELD)
    implied = bool(reply.actions or reply.learned)
    if told or implied:
        relationship.report_held(meeting.ref, reply.command is not Command.NOT_HELD, given.by)
    texts = _personal(reply.learned, given.by.actor)
    relationship.record_learnings(meeting.cycle, given.role, texts, given.by)
    return told or implied


def _items(reply: Reply, owner: str) -> AgendaItems:
    parts = ("done", "learned", "questions", "samples", "observed", "unsorted")
    words: dict[str, Any] = {part: _personal(getattr(reply, part), owner) for part in parts}
    return AgendaItems(**words)


def _personal(texts: tuple[str, ...], owner: str) -> tuple[Personal, ...]:
    return tuple(Personal(owner, text) for text in texts)


def _owner(action: SaidAction, given: Answer) -> Role:
    """An action is the writer's unless it says "you" or names the other."""
    word = action.owner.strip().lower()
    if word in ("you", given.names[given.role.other].lower()):
        return given.role.other
    return given.role
