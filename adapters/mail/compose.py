"""Makes mails from letters: a text part and an HTML part, each from its own template."""

import base64
import hashlib
import quopri
import re
from dataclasses import dataclass
from functools import cache

import jinja2
from markupsafe import Markup

from adapters.mail import words
from adapters.mail.catalogue import catalogue
from adapters.mail.headers import header_lines, own_id, plain_words, refuse_surprises
from adapters.mail.notices import notice_of
from adapters.mail.speaker import MAX_FIELD, Speaker
from domain.letters import Letter
from domain.mail import Envelope

_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every mail shows around its letter: the line above which to reply, and who sent it."""

    ref: str
    service: str
    address: str


class MailComposer:
    """Composes each of the eight kinds of mail; it holds no state."""

    def compose(self, envelope: Envelope, letter: Letter) -> bytes:
        """Return RFC 5322 bytes: multipart/alternative, text first; the same input gives the same bytes.

        Raises Refused when an address or message id cannot be written, or when the finished mail has other headers than
        intended.
        """
        digest = hashlib.sha256(own_id(envelope).encode()).digest()
        frame = Frame(ref_of(digest), plain_words(envelope.sender_name), envelope.sender)
        # Quoted-printable text never has "=" before "_", so no part can contain this boundary (RFC 2045 6.7).
        boundary = f"=_{digest.hex()[:32]}"
        headers = (
            *header_lines(envelope),
            ("Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"'),
        )
        raw = _assembled(headers, boundary, _rendered(envelope.kind.value, letter, frame))
        refuse_surprises(raw, (name for name, _ in headers))
        return raw


def ref_of(digest: bytes) -> str:
    """Return the short reference of a mail, for people to name it by."""
    return base64.b32encode(digest[:5]).decode()


def _assembled(headers: tuple[tuple[str, str], ...], boundary: str, parts: tuple[str, str]) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers]
    for subtype, content in zip(("plain", "html"), parts, strict=True):
        lines += [
            "",
            f"--{boundary}",
            f'Content-Type: text/{subtype}; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            _quoted_printable(content),
        ]
    return "\r\n".join([*lines, f"--{boundary}--", ""]).encode("ascii")


def _quoted_printable(content: str) -> str:
    return quopri.encodestring(content.encode()).decode("ascii").replace("\n", "\r\n")


def _rendered(kind: str, letter: Letter, frame: Frame) -> tuple[str, str]:
    words = catalogue("en")
    text = _templates(".txt").get_template(f"{kind}.txt").render(letter=letter, frame=frame, t=Speaker(words, False))
    html = _templates(".html").get_template(f"{kind}.html").render(letter=letter, frame=frame, t=Speaker(words, True))
    return _GAPS.sub("\n\n", text.strip()) + "\n", html.strip() + "\n"


@cache
def _templates(suffix: str) -> jinja2.Environment:
    """One environment per format: both strict about unknown names, HTML escaping whatever it shows."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("adapters.mail"),
        autoescape=suffix == ".html",
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=words.day,
        when=words.when,
        local_day=words.local_day,
        example_day=words.example_day,
        every=words.every,
        paragraphs=_paragraphs,
    )
    environment.globals.update(moment=words.moment, counted=words.counted, owed_by=words.owed_by, notice_of=notice_of)
    return environment


def _shown(value: object) -> object:
    """Put what a person wrote on one line, so that nobody's words can pass for a line of ours."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return plain_words(value, MAX_FIELD)
    return value


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a longer text, without empty ones."""
    return tuple(line for line in (plain_words(line, MAX_FIELD) for line in text.splitlines()) if line)
