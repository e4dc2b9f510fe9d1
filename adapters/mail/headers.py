"""Headers of outgoing mail that cannot carry more than they were meant to.

Python 3.11's own generator lets a line break inside an encoded word become a header of its own, so the lines are
written here and counted afterwards by a second parser.
"""

import base64
import email
import email.policy
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC
from email.utils import format_datetime

from domain.errors import Refused
from domain.mail import Envelope, MailKind

MAX_WORDS = 200
ENCODED_BYTES = 42
LINE = 76
MAX_REFERENCES = 50
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_PLAIN = re.compile(r"[ -~]*")
_LONG_WORD = re.compile(r"\S{60}")


def plain_words(words: str, cap: int = MAX_WORDS) -> str:
    """Return a person's words on one line.

    No control characters, no line breaks of any alphabet, no reordering marks, composed as Unicode NFC, single spaces,
    at most `cap` characters.
    """
    visible = _INVISIBLE.sub("", _BREAKS.sub(" ", words))
    return " ".join(unicodedata.normalize("NFC", visible).split())[:cap].rstrip()


def header_lines(envelope: Envelope) -> tuple[tuple[str, str], ...]:
    """Return the intended headers in order, each value encoded and folded (RFC 5322 section 2.2.3, RFC 2047)."""
    sender, recipient = _address(envelope.sender), _address(envelope.recipient)
    thread = tuple(id for id in envelope.thread if _MESSAGE_ID.fullmatch(id))
    answer_to = _address(envelope.reply_to) if envelope.reply_to else sender
    other = (("Reply-To", answer_to),) if envelope.reply_to else ()
    answered = (("In-Reply-To", thread[-1]), ("References", "\r\n ".join(_shortened(thread)))) if thread else ()
    return (
        ("From", _mailbox(envelope.sender_name, sender)),
        ("To", _mailbox(envelope.recipient_name, recipient)),
        *other,
        ("Subject", _encoded(plain_words(envelope.subject))),
        ("Message-ID", own_id(envelope)),
        *answered,
        ("Date", format_datetime(envelope.sent_at.astimezone(UTC))),
        ("Auto-Submitted", "auto-replied" if envelope.kind is MailKind.ECHO else "auto-generated"),
        # "All" would also suppress the non-delivery reports that we need ([MS-OXCMAIL] 2.1.3.2.20).
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("List-Unsubscribe", f"<mailto:{answer_to}?subject=stop>"),
        ("X-Mentorsync-Id", own_id(envelope)),
        ("X-Mentorsync-Kind", envelope.kind.value),
        ("MIME-Version", "1.0"),
    )


def own_id(envelope: Envelope) -> str:
    """Return the mail's own id, or raise Refused when it is none."""
    if not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise Refused("The mail's message id is not one.", "Report this to the authors of mentorsync.")
    return envelope.message_id


def refuse_surprises(raw: bytes, intended: Iterable[str]) -> None:
    """Parse the finished mail again and raise Refused when its headers are not exactly the intended ones."""
    found = [name for name, _ in email.message_from_bytes(raw, policy=email.policy.compat32).items()]
    if found != list(intended):
        raise Refused("A name or subject would have added a header to a mail.", "Look at the names and addresses.")


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise Refused("An address cannot be written into a mail.", "Give an address of the form name@example.org.")
    return address


def _mailbox(name: str, address: str) -> str:
    """Return `name <address>`; the name is a quoted string or encoded words (RFC 5322 section 3.4)."""
    words = plain_words(name)
    if not words:
        return address
    if _PLAIN.fullmatch(words) and not _needs_encoding(words):
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"\r\n <{address}>'
    return f"{_encoded_words(words)}\r\n <{address}>"


def _encoded(words: str) -> str:
    if _PLAIN.fullmatch(words) and not _needs_encoding(words):
        return _folded(words)
    return _encoded_words(words)


def _needs_encoding(words: str) -> bool:
    """What looks like an encoded word, or has no place to fold, is encoded so that it reads back as it was."""
    return "=?" in words or _LONG_WORD.search(words) is not None


def _folded(words: str) -> str:
    lines = [""]
    for word in words.split(" "):
        if len(lines[-1]) + len(word) > LINE - len("Subject: "):
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _encoded_words(words: str) -> str:
    """Return RFC 2047 words of whole characters, each below the 75 characters that section 2 allows."""
    chunks = [b""]
    for character in words:
        data = character.encode()
        if len(chunks[-1]) + len(data) > ENCODED_BYTES:
            chunks.append(b"")
        chunks[-1] += data
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(chunk).decode()}?=" for chunk in chunks)


def _shortened(thread: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the first and the newest ids of a long thread, as RFC 5537 section 3.4.4 does."""
    return thread if len(thread) <= MAX_REFERENCES else (thread[0], *thread[1 - MAX_REFERENCES :])
