"""What a word does that concerns the two as a whole: undo, close, pause, keep as a contact."""

from collections.abc import Callable

from domain.answer import Answer
from domain.ending import CLOSED
from domain.errors import Refused
from domain.relationship import Relationship
from domain.reply import Command
from domain.ways_on import recalibrate


def _undo(relationship: Relationship, given: Answer) -> None:
    place = ("echo", given.echoed) if given.echoed else (given.kind.value, given.occasion)
    heard = relationship.undoable(given.role, *place, given.by.at)
    if not heard:
        raise Refused("There is nothing of yours to undo there.", "Reply to the answer that you got to your mail.")
    for mail in heard:
        relationship.undo_mail(mail.mail, given.by)


def _close(relationship: Relationship, given: Answer) -> None:
    """A meeting that stands leaves the calendars with it."""
    current = relationship.meetings.current
    if current is not None:
        relationship.cancel_meeting(current.ref, f"the {given.role.value} closed the mentoring", given.by)
    relationship.end(CLOSED, given.by)


def _recalibrate(relationship: Relationship, given: Answer) -> None:
    reachable = given.situation is not None and given.situation.mentor.reachable_after
    recalibrate(relationship, given.role, reachable, given.by)


def _revive(relationship: Relationship, given: Answer) -> None:
    relationship.wish_revival(given.role, given.by)


def _withdraw(relationship: Relationship, given: Answer) -> None:
    relationship.withdraw_references(given.role, given.by)


def _rest(relationship: Relationship, given: Answer) -> None:
    """It is one of this relationship; what silences a person is decided before (`domain/silence.py`)."""
    if given.situation is not None:
        zone = given.situation.person(given.role).zone
        relationship.rest_until(given.reply.until, zone, given.role, given.by)


def _go_on(relationship: Relationship, given: Answer) -> None:
    relationship.go_on(given.by, given.role)


def _help(relationship: Relationship, given: Answer) -> None:
    """Change nothing; the answer tells what can be written (`domain/asked_beside.py`)."""
    del relationship, given


ANYWHERE: dict[Command, Callable[[Relationship, Answer], None]] = {
    Command.UNDO: _undo,
    Command.CLOSE: _close,
    Command.RECALIBRATE: _recalibrate,
    Command.REVIVE: _revive,
    Command.WITHDRAW: _withdraw,
    Command.PAUSE: _rest,
    Command.RESUME: _go_on,
    Command.HELP: _help,
}
"""What concerns the two as a whole, whichever of our mails it answers."""
