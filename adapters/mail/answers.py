"""What can be said in answer to each kind of mail of ours, and what it means there."""

from adapters.mail.lexicon import SUITS, UNSUITED
from domain.reply import Command

YES, NO = "yes", "no"
CONSENT = (Command.ACCEPT, Command.AGREE)
_OF_A_REQUEST: dict[Command | str, Command] = {
    Command.ACCEPT: Command.ACCEPT,
    Command.DECLINE: Command.DECLINE,
    Command.AGREE: Command.ACCEPT,
}
CHOICES = (Command.KEEP, Command.SHORTEN, Command.SKIP, Command.MOVE, Command.HELD, Command.NOT_HELD)
_CHOICES: dict[Command | str, Command] = {command: command for command in CHOICES[:4]}
ANSWERS: dict[str, dict[Command | str, Command]] = {
    "request": {**_OF_A_REQUEST, YES: Command.ACCEPT, NO: Command.DECLINE},
    "charter": {Command.AGREE: Command.AGREE, YES: Command.AGREE, NO: Command.DECLINE},
    "held_question": {
        Command.HELD: Command.HELD,
        Command.NOT_HELD: Command.NOT_HELD,
        YES: Command.HELD,
        NO: Command.NOT_HELD,
    },
    "chase": {Command.DONE: Command.DONE, YES: Command.DONE},
    "follow_up": {Command.NOT_HELD: Command.NOT_HELD, Command.UNDO: Command.UNDO, Command.DONE: Command.DONE},
    "agenda": {**_CHOICES},
    "preparation": {Command.SKIP: Command.SKIP, Command.MOVE: Command.MOVE},
    "notice": {**_CHOICES, SUITS: Command.ACCEPT, UNSUITED: Command.DECLINE, YES: Command.ACCEPT, NO: Command.DECLINE},
}
ANYWHERE: dict[Command | str, Command] = {
    c: c for c in (Command.STOP, Command.PAUSE, Command.RESUME, Command.CLOSE, Command.UNDO)
}
"""What can be said in answer to any."""

OPPOSITES: dict[str, dict[Command | str, Command]] = {
    "request": {Command.ACCEPT: Command.DECLINE},
    "held_question": {Command.HELD: Command.NOT_HELD},
    "follow_up": {Command.HELD: Command.NOT_HELD},
    "notice": {SUITS: Command.DECLINE},
}
"""What a word means that is denied. Of all other words a "not" leaves nothing that could be done."""

STRICT: dict[str, dict[Command, Command | None]] = {
    "request": {Command.AGREE: Command.ACCEPT},
    "held_question": {Command.AGREE: None, Command.ACCEPT: None},
    "chase": {Command.AGREE: None, Command.ACCEPT: None},
}
"""What a line that is a command by itself means there; None where it says nothing by itself."""

# What somebody asks for may stand among other words; a bare "yes" must come first.
PLAIN = frozenset((YES, NO, Command.AGREE))


def sayable(kind: str) -> dict[Command | str, Command]:
    """Return all that can be said in answer to such a mail, with what it means."""
    return {**ANSWERS[kind], **ANYWHERE} if kind in ANSWERS else {}
