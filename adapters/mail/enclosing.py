"""Puts files beside the text of a mail, and says in the text which they are."""

from collections.abc import Sequence
from email.message import MIMEPart
from email.policy import SMTP

from adapters.mail.speaker import Speaker
from domain.letters import AgendaLetter
from domain.mail import AttachedFile


def enclosed(headers: Sequence[tuple[str, str]], mark: str, body: bytes, files: Sequence[AttachedFile]) -> bytes:
    """Return the mail: its headers, then `body` (a part with headers of its own) and each file (RFC 2046 5.1.3).

    `mark` is a text that the body does not contain; in the files it cannot stand, for they are in base64.
    """
    boundary = f"=_{mark}"
    lines = [f"{name}: {value}" for name, value in headers]
    lines += [f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"', "", ""]
    between = f"--{boundary}\r\n".encode()
    parts = between.join((b"", body, *(_part(file) for file in files)))
    return "\r\n".join(lines).encode("ascii") + parts + f"--{boundary}--\r\n".encode()


def _part(file: AttachedFile) -> bytes:
    """Return a file as a part; the library writes its name so that it adds nothing (RFC 2231)."""
    part = MIMEPart(policy=SMTP)
    main, _, sub = file.kind.partition("/")
    part.set_content(file.content, maintype=main, subtype=sub, disposition="attachment", filename=file.name)
    return part.as_bytes()


def attached_of(letter: AgendaLetter, speaker: Speaker) -> tuple[str, ...]:
    """Return the lines that name the files: those that come with this agenda, and those that came with one before."""
    new = (speaker.say("agenda.attached", name=name) for name in letter.attached)
    return (*new, *(speaker.say("agenda.attached_before", name=name) for name in letter.attached_before))
