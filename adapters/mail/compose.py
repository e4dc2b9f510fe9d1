"""Makes mails from letters: a text part and an HTML part, each from its own template."""

import base64
import hashlib
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from adapters.mail.catalogue import catalogue
from adapters.mail.charter_terms import asked_for, kick_off_of, terms_of
from adapters.mail.echoes import echo_of, ways_of
from adapters.mail.enclosing import attached_of, enclosed
from adapters.mail.headers import header_lines, own_id, plain_words, refuse_surprises
from adapters.mail.notices import fact_lines, notice_of
from adapters.mail.speaker import MAX_FIELD, Said, Speaker, owed_by
from adapters.mail.subjects import subject_of
from domain.languages import language_of
from domain.letters import (
    AgendaLetter,
    EchoLetter,
    HeldQuestionLetter,
    InvitationLetter,
    Letter,
    PreparationLetter,
    ReferenceQuestionLetter,
    ReferencesLetter,
    RequestLetter,
)
from domain.mail import AttachedFile, Envelope
from domain.threads import SubjectLine

_GAPS = re.compile(r"\n{3,}")
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every mail shows around its letter: its subject, the line above which to reply, who sent it, where answers
    go, and what was understood of earlier mails of the reader, where the letter carries that.
    """

    ref: str
    subject: str
    service: str
    address: str
    answers: str
    rider: EchoLetter | None = None


class MailComposer:
    """Composes every kind of mail; it holds no state."""

    def subject(self, line: SubjectLine) -> str:
        """See the port."""
        return subject_of(line)

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """Return RFC 5322 bytes: multipart/alternative, text first, with files inside of multipart/mixed.

        The same input gives the same bytes.

        Raises Refused when an address or message id cannot be written, or when the finished mail has other headers than
        intended.
        """
        digest = hashlib.sha256(own_id(envelope).encode()).digest()
        # Quoted-printable text never has "=" before "_", so no part can contain this boundary (RFC 2045 6.7).
        boundary = f"=_{digest.hex()[:32]}"
        kind = ("Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"')
        headers = header_lines(envelope)
        frame = replace(_frame(envelope, ref_of(digest)), rider=rider)
        parts, entry = _rendered(envelope.kind.value, letter, frame), _entry(envelope, letter)
        if files:
            raw = enclosed(headers, digest.hex()[32:], _assembled((kind,), boundary, parts, entry), files)
        else:
            raw = _assembled((*headers, kind), boundary, parts, entry)
        refuse_surprises(raw, (*(name for name, _ in headers), "Content-Type"))
        return raw


def _frame(envelope: Envelope, ref: str) -> Frame:
    """The HTML's title is the subject: filters mistrust mails in which the two differ."""
    subject, name = plain_words(envelope.subject), plain_words(envelope.sender_name)
    return Frame(ref, subject, name, envelope.sender, _answers(envelope))


def ref_of(digest: bytes) -> str:
    """Return the short reference of a mail, for people to name it by."""
    return base64.b32encode(digest[:5]).decode()


def _answers(envelope: Envelope) -> str:
    """Return the beginning of links that answer with one word: a mail to this mail's own address, which alone leads
    back to it, because such a mail names no thread.
    """
    if not envelope.reply_to:
        return ""
    subject = plain_words(envelope.subject).removeprefix("Re: ")
    return f"mailto:{quote(envelope.reply_to, safe='@')}?subject={quote(f'Re: {subject}')}&body="


def _entry(envelope: Envelope, letter: Letter) -> tuple[str, ...]:
    """Return the lines of the part that carries the calendar entry, where the letter has one: the last alternative,
    which mail programs that understand it show with their own buttons.
    """
    if not isinstance(letter, InvitationLetter):
        return ()
    # Few houses ever send such a mail, and the library takes a third of a second to import.
    from adapters.mail import ics

    event = replace(letter.event, title=plain_words(letter.event.title))
    raw = ics.entry(event, envelope.sender, envelope.sender_name, envelope.sent_at)
    return (
        f'Content-Type: text/calendar; charset="utf-8"; method={ics.method_of(event)}',
        "Content-Transfer-Encoding: base64",
        "",
        *base64.encodebytes(raw).decode("ascii").split(),
    )


def _assembled(
    headers: tuple[tuple[str, str], ...], boundary: str, parts: tuple[str, str], entry: tuple[str, ...]
) -> bytes:
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
    if entry:
        lines += ["", f"--{boundary}", *entry]
    return "\r\n".join([*lines, f"--{boundary}--", ""]).encode("ascii")


def _quoted_printable(content: str) -> str:
    return quopri.encodestring(content.encode()).decode("ascii").replace("\n", "\r\n")


def _rendered(kind: str, letter: Letter, frame: Frame) -> tuple[str, str]:
    words, reader = catalogue(language_of(letter.language)), _reader(letter)

    def part(suffix: str, markup: bool) -> str:
        template = _templates(suffix).get_template(f"{kind}{suffix}")
        return template.render(
            letter=letter, frame=frame, reader=reader, t=Speaker(words, markup, frame.answers)
        ).strip()

    return _GAPS.sub("\n\n", part(".txt", False)) + "\n", part(".html", True) + "\n"


def _reader(letter: Letter) -> str:
    match letter:
        case RequestLetter() | AgendaLetter():
            return letter.mentor
        case PreparationLetter() | HeldQuestionLetter() | ReferenceQuestionLetter() | ReferencesLetter():
            return letter.mentee
        case _:
            return letter.reader


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
    # Lines that a macro of ours has written already are shown as they are; all else is put on one line by `finalize`.
    environment.filters.update(paragraphs=_paragraphs, linked=_linked, block=Markup)
    environment.globals.update(owed_by=owed_by, notice_of=notice_of, fact_lines=fact_lines, echo_of=echo_of)
    environment.globals.update(attached_of=attached_of, terms_of=terms_of, asked_for=asked_for, kick_off_of=kick_off_of)
    environment.globals.update(ways_of=ways_of)
    return environment


def _shown(value: object) -> object:
    """Put what a person wrote on one line, so that nobody's words can pass for a line of ours."""
    if isinstance(value, str) and not isinstance(value, (Markup, Said)):
        return plain_words(value, MAX_FIELD)
    return value


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a longer text, without empty ones."""
    return tuple(line for line in (plain_words(line, MAX_FIELD) for line in text.splitlines()) if line)


def _linked(text: str) -> Markup:
    """Return the text with its web addresses as links; a link shows the very address that it leads to."""
    shown, out, end = plain_words(text, MAX_FIELD), Markup(), 0
    for found in _LINK.finditer(shown):
        link = Markup('<a href="{0}">{0}</a>').format(found[0])
        out, end = out + shown[end : found.start()] + link, found.end()
    return out + shown[end:]
