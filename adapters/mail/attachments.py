"""Finds the files that the writer of a mail attached, apart from what mail programs add by themselves."""

import email
import email.policy
from collections.abc import Iterable
from email.message import Message

from adapters.mail.contents import decoded_words
from adapters.mail.file_kinds import kind_by_name, kind_of
from adapters.mail.file_names import clean_name
from adapters.mail.limits import MARKUP, check_parsed, check_raw, without_bulk
from domain.mail import AttachedFile
from domain.samples import MOST_BYTES

LOOKED_INTO = 10
LARGE = 8 * 1024 * 1024
"""Files of a mail that is larger are too large without a look: what is passed on fits into a quarter of it."""
_NO_FILES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/ms-tnef",
    "application/ics",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
)


def files_of(raw: bytes) -> tuple[AttachedFile, ...]:
    """Return the files of a mail, those with a kind with their bytes; raises for mail that cannot be read."""
    check_raw(raw)
    large = len(raw) > LARGE
    message = email.message_from_bytes(without_bulk(raw) if large else raw, policy=email.policy.compat32)
    found = file_parts(check_parsed(message))
    return tuple(_file(part, whole=not large and place < LOOKED_INTO) for place, part in enumerate(found))


def file_parts(parts: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the parts that the writer attached as files.

    Signatures, cards, calendar entries, whatever lies inside an attached mail, and pictures that the text shows
    (RFC 2387, RFC 2392) are none.
    """
    inside = {id(part) for outer in parts if outer.get_content_maintype() == "message" for part in outer.walk()}
    own = tuple(part for part in parts if id(part) not in inside and not part.is_multipart())
    shown = _shown(parts, own)
    return tuple(part for part in own if _is_attached(part) and id(part) not in shown)


def _is_attached(part: Message) -> bool:
    if part.get_content_type() in _NO_FILES:
        return False
    if part.get_content_disposition() == "attachment":
        return True
    # Some programs show what was attached inside the text; a text of that kind is read as text.
    return part.get_content_maintype() != "text" and bool(_given_name(part))


def _shown(parts: Iterable[Message], own: Iterable[Message]) -> set[int]:
    """Return the pictures that are part of the text: those that it names, and its companions that nobody attached."""
    companions = {
        id(child)
        for part in parts
        if part.get_content_type() == "multipart/related" and part.is_multipart()
        for child in part.walk()
    }
    pictures = [part for part in own if part.get_content_maintype() == "image"]
    markup = b"".join(_bytes(part) for part in own if part.get_content_type() == "text/html") if pictures else b""
    return {id(part) for part in pictures if _is_shown(part, markup[:MARKUP], id(part) in companions)}


def _is_shown(part: Message, markup: bytes, companion: bool) -> bool:
    name = str(part.get("Content-ID", "")).strip().strip("<>").encode("ascii", "ignore")
    named = bool(name) and b"cid:" + name in markup
    return named or (companion and part.get_content_disposition() != "attachment")


def _file(part: Message, whole: bool) -> AttachedFile:
    name = clean_name(_given_name(part))
    content = _bytes(part) if whole else b""
    size = len(content) if whole else MOST_BYTES + 1
    if size > MOST_BYTES:
        return AttachedFile(name, kind_by_name(name), size)
    kind = kind_of(name, content)
    return AttachedFile(name, kind, size, content if kind else b"")


def _given_name(part: Message) -> str:
    """Return the name in either form in which programs write it (RFC 2231 and, against it, RFC 2047)."""
    try:
        return decoded_words(part.get_filename() or "")
    except Exception:  # the library answers some malformed names with errors that no page of it lists
        return ""


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
