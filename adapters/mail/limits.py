"""How much of a stranger's mail is looked at: everything beyond is unreadable, so that no mail can stop the service.

Measured: Python's parser hands every line through every enclosing part, so 25 MB of short lines in 195 nested parts
keep it busy for three minutes.
"""

import re
from email.message import Message

RAW = 25 * 1024 * 1024
HEADER_BLOCK = 64 * 1024
HEADER = 8 * 1024
PARTS = 200
DEPTH = 20
TEXT = 256 * 1024
MARKUP = 512 * 1024
LINE = 2_000
_SEPARATORS = 4_000
_LINES_BY_LEVELS = 3_000_000
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_LARGE = 1024 * 1024
_KEPT = 900_000
# Lines of base64 (RFC 2045 6.8); nothing is given back once taken, so the time is linear.
_BULK = re.compile(rb"(?m:^)(?:[A-Za-z0-9+/]{4,76}+={0,2}+\r?\n){8,}+")
# The parser takes a bare CR for a line's end too.
_CONTAINER = re.compile(rb"(?:\A|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE)


class TooMuch(Exception):
    """A mail is beyond a limit; the words say which."""


def check_raw(raw: bytes) -> None:
    """Raise TooMuch for a mail that should not even be parsed."""
    if len(raw) > RAW:
        raise TooMuch("the mail is larger than 25 MB")
    end = _HEADER_END.search(raw[: HEADER_BLOCK + 4])
    if end is None and len(raw) > HEADER_BLOCK:
        raise TooMuch("the header is larger than 64 KB")
    containers = sum(1 for _ in _CONTAINER.finditer(raw))
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if raw.count(b"\n--") + raw.count(b"\r--") > _SEPARATORS or containers > PARTS:
        raise TooMuch("the mail has too many parts")
    if lines * (containers + 1) > _LINES_BY_LEVELS:
        raise TooMuch("the mail has too many lines in its parts")


def without_bulk(raw: bytes) -> bytes:
    """Return a large mail with its attachments cut short: nobody looks at them, and parsing them takes the most time.

    More is kept of each than a text may be long, so a text that is too long is still found to be. What is kept ends a
    line, or the boundary behind it would be part of it and the parts that follow would be lost.
    """
    return raw if len(raw) <= _LARGE else _BULK.sub(_shortened, raw)


def _shortened(found: re.Match[bytes]) -> bytes:
    return found[0] if len(found[0]) <= _KEPT else found[0][:_KEPT] + b"\r\n"


def check_parsed(message: Message) -> tuple[Message, ...]:
    """Return all parts of the mail in order, or raise TooMuch."""
    parts: list[Message] = []
    level = [message]
    for _ in range(DEPTH):
        parts += level
        level = [child for part in level for child in _children(part)]
        if len(parts) + len(level) > PARTS:
            raise TooMuch("the mail has more than 200 parts")
        if not level:
            break
    else:
        raise TooMuch("the mail is nested more than 20 deep")
    if any(len(str(value)) > HEADER for part in parts for _, value in part.raw_items()):
        raise TooMuch("a header is larger than 8 KB")
    return tuple(message.walk())


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
