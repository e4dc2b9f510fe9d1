"""A reply in its place, and what came of it: what all that handles replies passes on."""

from dataclasses import dataclass

from domain.by import By
from domain.charter import Role
from domain.hearing import Deed, Question
from domain.mail import MailKind
from domain.personal import Personal
from domain.reply import Command, Reply
from domain.samples import Sample
from domain.situation import Situation

YES = (Command.ACCEPT, Command.AGREE)
NO_AGENDA = (Command.SKIP, Command.DECLINE, Command.NOT_HELD, Command.MOVE, Command.ASK_AGENDA, Command.HELP)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply in its place.

    Who wrote it (`role`, and the first names of both for actions), and which of our mails it answers. With `delegate`
    somebody else wrote it in the person's stead, who cannot agree to anything lasting. `echoed` names the earlier mail
    of hers that our mail had answered, if it was such an answer. `proved` says that it was written to the address that
    our mail gave for it, which nobody else knows. Without a `situation` no time that it names is used. `mail` names the
    reply, `samples` are the files that it brings for an agenda.
    """

    role: Role
    names: dict[Role, str]
    kind: MailKind
    occasion: str
    reply: Reply
    by: By
    delegate: bool = False
    echoed: str = ""
    proved: bool = True
    situation: Situation | None = None
    mail: str = ""
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a reply: which of its words were not used, and why nothing in it could be acted on.

    Without `reason` it was understood; with one, `question` is what its writer is asked. `told` is what it asked, which
    the answer to it tells.
    """

    unclear: tuple[str, ...] = ()
    reason: str = ""
    question: Question = Question.NONE
    told: tuple[Deed, ...] = ()


def personal(texts: tuple[str, ...], owner: str) -> tuple[Personal, ...]:
    """Return words as what they are: their owner's."""
    return tuple(Personal(owner, text) for text in texts)
