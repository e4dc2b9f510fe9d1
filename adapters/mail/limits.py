"""How much of a stranger's mail is looked at: everything beyond is unreadable, so that no mail can stop the service.

Measured: a mail of nested or tiny parts that fits into 25 MB keeps Python's parser busy for a minute.
"""

import re
from email.message import Message

RAW = 25 * 1024 * 1024
HEADER_BLOCK = 64 * 1024
HEADER = 8 * 1024
PARTS = 200
DEPTH = 20
TEXT = 256 * 1024
MARKUP = 2 * 1024 * 1024
LINE = 2_000
_SEPARATORS = 4_000
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


class TooMuch(Exception):
    """A mail is beyond a limit; the words say which."""


def check_raw(raw: bytes) -> None:
    """Raise TooMuch for a mail that should not even be parsed."""
    if len(raw) > RAW:
        raise TooMuch("the mail is larger than 25 MB")
    end = _HEADER_END.search(raw[: HEADER_BLOCK + 4])
    if end is None and len(raw) > HEADER_BLOCK:
        raise TooMuch("the header is larger than 64 KB")
    if raw.count(b"\n--") > _SEPARATORS or sum(1 for _ in _CONTAINER.finditer(raw)) > PARTS:
        raise TooMuch("the mail has too many parts")


def check_parsed(message: Message) -> tuple[Message, ...]:
    """Return all parts of the mail in order, or raise TooMuch."""
    for _, value in message.raw_items():
        if len(str(value)) > HEADER:
            raise TooMuch("a header is larger than 8 KB")
    parts: list[Message] = []
    level = [message]
    for _ in range(DEPTH):
        parts += level
        level = [child for part in level for child in _children(part)]
        if len(parts) + len(level) > PARTS:
            raise TooMuch("the mail has more than 200 parts")
        if not level:
            return tuple(message.walk())
    raise TooMuch("the mail is nested more than 20 deep")


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
