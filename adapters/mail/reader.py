"""Reads what arrives: from bytes to what a person newly wrote, and from those words to what they say."""

import email
import email.policy
import hashlib
import re
from datetime import date
from email.message import Message

from adapters.mail import grammar, html_text, quotes
from adapters.mail.contents import header_words, texts
from adapters.mail.limits import TEXT, TooMuch, check_parsed, check_raw
from adapters.mail.machine import is_calendar, machine_signs
from adapters.mail.marks import is_forward_subject
from adapters.mail.quotes import NewWords
from adapters.mail.senders import sole_sender
from domain.mail import MailClass, ReceivedMail
from domain.reply import Reply

MAX_REFERENCES = 100
MAX_SUBJECT = 500
_ID = re.compile(r"<[^<>\s]{1,250}>")


class MailReader:
    """Reads mail and understands replies; it holds no state."""

    def read(self, raw: bytes) -> ReceivedMail:
        """Return what arrived; nothing that a mail contains makes this raise."""
        try:
            return _read(raw)
        except TooMuch as limit:
            return _unreadable(raw, str(limit))
        # Python's parser answers hostile mail with errors of many kinds, RecursionError among them.
        except Exception as error:
            return _unreadable(raw, f"the parser failed with {type(error).__name__}")

    def understand(self, text: str, today: date) -> Reply:
        """Return what the text says; dates such as "by Friday" count from `today` in the writer's zone."""
        return grammar.understand(text, today)


def _read(raw: bytes) -> ReceivedMail:
    check_raw(raw)
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = check_parsed(message)
    sender, subject = sole_sender(message), header_words(message, "Subject")[:MAX_SUBJECT]
    plain, html = texts(parts)
    mail_class, reasons = _class(message, parts, sender, subject, plain)
    new = _new_words(plain, html)
    return ReceivedMail(
        message_id=_ids(message, "Message-ID", (_made_up_id(raw),))[0],
        mail_class=mail_class,
        sender=sender,
        references=_references(message),
        subject=subject,
        text=new.text,
        sure=new.sure,
        reasons=reasons,
    )


def _class(
    message: Message, parts: tuple[Message, ...], sender: str | None, subject: str, plain: str
) -> tuple[MailClass, tuple[str, ...]]:
    if is_calendar(parts):
        return MailClass.CALENDAR, ("it carries a calendar part",)
    signs = machine_signs(message, parts, sender, subject)
    if signs:
        return MailClass.MACHINE, signs
    if is_forward_subject(subject) or quotes.is_forward(plain):
        return MailClass.FORWARD, ("it forwards another mail",)
    return MailClass.HUMAN, ("nothing says that a machine wrote it",)


def _new_words(plain: str, html: str) -> NewWords:
    """Prefer the plain text; of HTML, what is left when the known quotes are out, else say that it is not sure."""
    if plain.strip() or not html.strip():
        return quotes.new_words(plain)
    text = html_text.text_of(html)
    if len(text.encode()) > TEXT:
        raise TooMuch("the text is too long to be a reply")
    new = quotes.new_words(text)
    return NewWords(new.text, new.sure and bool(new.text))


def _references(message: Message) -> tuple[str, ...]:
    """Return the ids that the mail answers, nearest first: In-Reply-To, then References backwards (RFC 5322 3.6.4)."""
    older = _ids(message, "References")
    return tuple(dict.fromkeys((*_ids(message, "In-Reply-To"), *reversed(older))))[:MAX_REFERENCES]


def _ids(message: Message, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
    found = tuple(_ID.findall(" ".join(str(value) for value in message.get_all(name, []))))
    return found or otherwise


def _unreadable(raw: bytes, reason: str) -> ReceivedMail:
    return ReceivedMail(_made_up_id(raw), MailClass.UNREADABLE, None, (), "", "", False, (reason,))


def _made_up_id(raw: bytes) -> str:
    """Name a mail without an id by its content, so that the same mail is known again."""
    return f"<{hashlib.sha256(raw).hexdigest()[:32]}@no-id.invalid>"
