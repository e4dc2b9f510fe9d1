"""Envelopes made to add a header to a mail: names, subjects, addresses and ids with whatever might end a line."""

import email
import email.policy
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from adapters.mail.compose import MailComposer
from domain.errors import Refused
from domain.letters import ActionLine, ChaseLetter
from domain.mail import Envelope, MailKind

LETTER = ChaseLetter("Mara", "Jonas", ActionLine("Jonas", "Write it down", None, done=False), 1)
SENT_AT = datetime(2027, 3, 8, 16, 0, tzinfo=UTC)
# What ends a line, or once did, in some parser: ASCII and Unicode, raw, escaped, and as bytes of other charsets.
ENDS = (
    "\r\n",
    "\n",
    "\r",
    "\n\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\\r\\n",
    "%0D%0A",
)
HEADERS = ("Bcc: x@y.example", "Reply-To: x@y.example", " Bcc: x@y.example", "Subject:", "From x", ".", "--=_", "\t:x")
PIECES = (
    "=?utf-8?q?a=0D=0ABcc:_x@y.example?=",
    "=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=",
    "=?utf-7?q?+AA0ACg-Bcc:?=",
    "=?x?=",
    "?=",
    "=?",
    '"',
    "\\",
    "(",
    ")",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    "=",
    " ",
    "\xa0",
    "\t",
    "\x00",
    "\x7f",
    "\ufeff",
    "\u202e",
    "\u0300",
    "é",
    "日本",
    "🙂",
    "\ud800",
    "a",
    "Mara",
    "x" * 80,
    "é" * 40,
)
NAMES = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Date",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-Unsubscribe",
    "X-Mentorsync-Id",
    "X-Mentorsync-Kind",
    "MIME-Version",
    "Content-Type",
)
OPTIONAL = {"Reply-To", "In-Reply-To", "References"}


def envelopes(seed: int, count: int) -> Iterator[Envelope]:
    """Return so many envelopes, the same for the same seed; most addresses are good, so that most mails are written."""
    chance = random.Random(seed)
    for _ in range(count):
        yield Envelope(
            MailKind.CHASE,
            _address(chance),
            _words(chance),
            _address(chance),
            _words(chance),
            _words(chance),
            _id(chance),
            tuple(_id(chance) for _ in range(chance.randrange(3))),
            SENT_AT,
            _address(chance) if chance.random() < 0.5 else "",
        )


def outcome(envelope: Envelope) -> str:
    """Return "refused", "written", or what is wrong with the mail that was written."""
    try:
        raw = MailComposer().compose(envelope, LETTER)
    except Refused:
        return "refused"
    head = raw.split(b"\r\n\r\n")[0]
    # Read twice: by the library's parser, and line by line as RFC 5322 2.2.3 says.
    unfolded = [line.split(b":")[0].decode("ascii", "replace") for line in re.split(rb"\r\n(?![ \t])", head)]
    parsed = [name for name, _ in email.message_from_bytes(raw, policy=email.policy.compat32).items()]
    for found in (parsed, unfolded):
        if found != [name for name in NAMES if name in found] or set(NAMES) - OPTIONAL - set(found):
            return f"headers {found} of {envelope!r}"
    if b"\n" in head.replace(b"\r\n", b"") or b"\r" in head.replace(b"\r\n", b"") or not head.isascii():
        return f"a bare line end or a byte beyond ASCII in the head of {envelope!r}"
    return "written"


def _words(chance: random.Random) -> str:
    parts = (*ENDS, *HEADERS, *PIECES)
    return "".join(chance.choice(parts) for _ in range(chance.randrange(8)))


def _address(chance: random.Random) -> str:
    if chance.random() < 0.9:
        return f"{chance.choice(('mara', 'a.b+c', 'x' * 60))}@{chance.choice(('example.org', 'a-b.example'))}"
    return f"mara{_words(chance)}@example.org{chance.choice(('', *ENDS))}"


def _id(chance: random.Random) -> str:
    if chance.random() < 0.9:
        return f"<{chance.randrange(10**9)}.a@example.org>"
    return f"<{_words(chance)}@example.org>{chance.choice(('', *ENDS))}"
