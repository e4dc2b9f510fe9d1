"""Judges files of mails without store or configuration: what kind each is, what it says, and whether to believe it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from domain.errors import BadInput
from domain.mail import AttachedFile, MailClass, ReceivedMail, TooDemanding
from domain.reply import Reply, SaidAction
from domain.samples import sift

UNDATED = date(2027, 1, 1)
"""From which day dates count in a mail that says of none when it was written."""

# One more than the reader takes, so that it is the reader that says what is too large.
_LARGEST = 25 * 1024 * 1024 + 1
_SECTIONS = ("questions", "done", "learned", "samples", "observed", "goals")
Json = dict[str, Any]


class MailJudge(Protocol):
    """Reads a mail, takes its words apart and judges its origin.

    Nothing that a mail contains makes this raise, except TooDemanding where its words or files are taken apart.
    """

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Return what arrived; lines of `sent`, our own mail that it answers, are never its writer's words."""
        ...

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Return the files that came with a mail, or raise TooDemanding."""
        ...

    def take_apart(
        self, raw: bytes, text: str, otherwise: date, sent: bytes | None = None
    ) -> tuple[Reply, tuple[str, ...]]:
        """Return what the text says, and apart from it the private note."""
        ...

    def trust(
        self, raw: bytes, provider: str | None, addresses: Collection[str], sent: bytes | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """Return "trusted", "held" or "refused" with the reasons."""
        ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """How the mails are thought to have arrived.

    In the service's mailbox at `provider`, from the person with these registered `addresses`, in answer to `sent`.
    """

    provider: str | None = None
    addresses: tuple[str, ...] = ()
    sent: bytes | None = None


def read_mail(path: Path) -> bytes:
    """Return the bytes of a file, or raise BadInput when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read ({error.strerror}).", "Name a file that is there.") from None


def inspect_mail(path: Path, arrival: Arrival, judge: MailJudge) -> Json:
    """Return what one file's mail is, says and is worth.

    A mail that no person wrote has no commands and no sections. A file that cannot be read is BadInput.
    """
    raw = read_mail(path)
    mail = judge.read(raw, arrival.sent)
    trust, reasons = judge.trust(raw, arrival.provider, arrival.addresses, arrival.sent)
    human = mail.mail_class is MailClass.HUMAN
    try:
        reply, note = judge.take_apart(raw, mail.text, UNDATED, arrival.sent) if human else (Reply(), ())
        files = judge.files(raw) if human and mail.files else ()
    except TooDemanding as limit:
        reply, note, files, reasons = Reply(), (), (), (*reasons, limit.reason)
    return {
        "file": str(path),
        "class": mail.mail_class.value,
        "text": mail.text,
        "confidence": "sure" if mail.sure else "unsure",
        "commands": [reply.command.value] if reply.command else [],
        "sections": _sections(reply, note),
        "files": _files(files),
        "trust": trust,
        "reasons": list(dict.fromkeys((*mail.reasons, *reasons))),
    }


def _sections(reply: Reply, note: tuple[str, ...]) -> Json:
    words = {name: list(getattr(reply, name)) for name in _SECTIONS}
    return {**words, "actions": [_action(said) for said in reply.actions], "note": list(note)}


def _files(files: tuple[AttachedFile, ...]) -> list[Json]:
    """Return what an agenda would make of them that takes nothing else along."""
    fit = sift(files, ()).fit
    shown = {"name": "name", "kind": "kind", "bytes": "size"}
    return [{**{key: getattr(one, name) for key, name in shown.items()}, "passed_on": one in fit} for one in files]


def _action(said: SaidAction) -> Json:
    return {"owner": said.owner, "text": said.text, "due": said.due.isoformat() if said.due else None}
