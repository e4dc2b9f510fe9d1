"""Finds the text in a parsed mail and decodes it, whatever its charset claims."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from charset_normalizer import from_bytes

from adapters.mail.headers import plain_words
from adapters.mail.limits import HEADER, MARKUP, TEXT, TooMuch

# Python also decodes utf-7 and unicode_escape, in which an innocent text hides another one.
_ALLOWED = re.compile(
    r"(?:utf[-_]?8(?:[-_]sig)?|(?:us-)?ascii|iso-?8859[-_]\d{1,2}|latin[-_]?1|windows-?125\d|cp125\d|koi8[-_][ru]|"
    r"iso-2022-(?:jp|kr)|shift[-_]jis|euc[-_](?:jp|kr)|gb2312|gbk|gb18030|big5)",
    re.IGNORECASE,
)


def texts(parts: tuple[Message, ...]) -> tuple[str, str]:
    """Return the plain text and the HTML of the mail's own body, empty when there is none; TooMuch over a limit."""
    plain = html = ""
    for part in _own(parts):
        kind = part.get_content_type()
        if kind == "text/plain" and not plain.strip():
            plain = _decoded(part, TEXT)
        elif kind == "text/html" and not html.strip() and not plain.strip():
            html = _decoded(part, MARKUP)
    return plain, html


def every_text(parts: tuple[Message, ...]) -> tuple[list[str], list[str]]:
    """Return all plain texts and all HTML of the mail's own body."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _own(parts):
        kind = part.get_content_type()
        if kind in found:
            found[kind].append(_decoded(part, MARKUP))
    return found["text/plain"], found["text/html"]


def header_words(message: Message, name: str) -> str:
    """Return a header's words (RFC 2047) on one line, empty without it; what cannot be decoded stays."""
    value = next((value for known, value in message.raw_items() if known.lower() == name.lower()), "")
    # Some programs write UTF-8 into headers as it is; the parser keeps such bytes as surrogates.
    return decoded_words(str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def decoded_words(text: str) -> str:
    """Return a text with its encoded words (RFC 2047) decoded, on one line; what cannot be decoded stays."""
    unfolded = " ".join(text.split())
    try:
        pieces = decode_header(unfolded)
    except (ValueError, HeaderParseError):
        return unfolded
    return plain_words("".join(_piece(data, charset) for data, charset in pieces), HEADER)


def _piece(data: bytes | str, charset: str | None) -> str:
    return data if isinstance(data, str) else _text(data, charset or "utf-8")


def _own(parts: tuple[Message, ...]) -> tuple[Message, ...]:
    """Leave out attachments and everything inside an attached mail."""
    inside: set[int] = set()
    for part in parts:
        if part.get_content_maintype() == "message":
            inside |= {id(inner) for inner in part.walk()}
    return tuple(part for part in parts if id(part) not in inside and part.get_content_disposition() != "attachment")


def _decoded(part: Message, cap: int) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    if len(payload) > cap:
        raise TooMuch("the text is too long to be a reply")
    text = _text(payload, str(part.get_param("charset") or ""))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _text(data: bytes, charset: str) -> str:
    if _ALLOWED.fullmatch(charset.strip()):
        try:
            codecs.lookup(charset.strip())
            return data.decode(charset.strip())
        except (LookupError, UnicodeError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:TEXT]).best()
    encoding = best.encoding if best is not None and _ALLOWED.fullmatch(best.encoding.replace("_", "-")) else "utf-8"
    return data.decode(encoding, "replace")
