"""Reads what arrives: from bytes to what a person newly wrote, and from those words to what they say."""

import email
import email.policy
import hashlib
import re
from collections.abc import Collection
from datetime import date
from email.message import Message

from adapters.mail import grammar, html_text, quotes
from adapters.mail.attachments import file_parts, files_of
from adapters.mail.bounces import bounced, returned_ids
from adapters.mail.classes import class_of
from adapters.mail.contents import header_words, texts
from adapters.mail.limits import TEXT, TooMuch, check_parsed, check_raw, without_bulk
from adapters.mail.own_text import OwnText, known_text
from adapters.mail.places import Place
from adapters.mail.privacy import is_for_us_alone, written_at
from adapters.mail.quotes import NewWords
from adapters.mail.senders import recipients_of, sole_sender
from adapters.mail.trust import Judgement, Thread, Trust, judge
from domain.mail import AttachedFile, MailClass, ReceivedMail, TooDemanding
from domain.reply import Reply

MAX_REFERENCES = 100
MAX_SUBJECT = 500
_ID = re.compile(r"<[^<>\s]{1,250}>")


class MailReader:
    """Reads mail and understands replies; it holds no state."""

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Return what arrived; nothing that a mail contains makes this raise.

        Lines of `sent`, the mail of ours that it answers, are quotes wherever they stand.
        """
        try:
            return _read(raw, OwnText(known_text(sent)) if sent is not None else None)
        except TooMuch as limit:
            return unreadable(raw, str(limit))
        # Python's parser answers hostile mail with errors of many kinds, RecursionError among them.
        except Exception as error:
            return unreadable(raw, f"the parser failed with {type(error).__name__}")

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Return the files that came with a mail; TooDemanding for one whose files cannot be looked into."""
        try:
            return files_of(raw)
        # As in `read`; whoever asks knows already that the mail has files.
        except Exception as error:
            raise TooDemanding(f"looking into its files failed with {type(error).__name__}") from None

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Return what the text says in answer to a mail of ours of that kind, on the writer's own day `today`."""
        return grammar.understand(text, today, kind, names)

    def take_apart(
        self, raw: bytes, text: str, otherwise: date, sent: bytes | None = None
    ) -> tuple[Reply, tuple[str, ...]]:
        """Return what the text of a mail says and, apart from it, what its writer noted for nobody else's eyes.

        Dates count from the mail's own Date header, else from the day `otherwise`.
        """
        message = email.message_from_bytes(without_bulk(raw), policy=email.policy.compat32)
        written = written_at(message)
        today = written.date() if written is not None else otherwise
        kind = header_words(_parsed(sent)[0], "X-Mentorsync-Kind") if sent is not None else ""
        return grammar.take_apart(text, today, is_for_us_alone(message, sent), Place(kind))

    def trust(
        self, raw: bytes, provider: str | None, addresses: Collection[str], sent: bytes | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """Return "trusted", "held" or "refused" with the reasons; nothing that a mail contains makes this raise.

        The mail lies in the service's mailbox at the provider ("microsoft" or "google"); `addresses` are those of the
        one person who may act. With `sent` it must answer that mail of ours.
        """
        try:
            judgement = _judged(raw, provider, addresses, sent)
        except Exception:
            judgement = Judgement(Trust.HELD, ("unreadable mail is never acted on",))
        return judgement.trust.value, judgement.reasons


def _judged(raw: bytes, provider: str | None, addresses: Collection[str], sent: bytes | None) -> Judgement:
    message, parts = _parsed(raw)
    plain, _ = texts(parts)
    kind, _ = class_of(message, parts, sole_sender(message), header_words(message, "Subject")[:MAX_SUBJECT], plain)
    thread = None if sent is None else Thread(_references(message), _ids(_parsed(sent)[0], "Message-ID"))
    return judge(message, kind, provider, addresses, thread)


def _parsed(raw: bytes) -> tuple[Message, tuple[Message, ...]]:
    check_raw(raw)
    message = email.message_from_bytes(without_bulk(raw), policy=email.policy.compat32)
    return message, check_parsed(message)


def _read(raw: bytes, ours: OwnText | None) -> ReceivedMail:
    message, parts = _parsed(raw)
    sender, subject = sole_sender(message), header_words(message, "Subject")[:MAX_SUBJECT]
    plain, html = texts(parts)
    mail_class, reasons = class_of(message, parts, sender, subject, plain)
    new = _new_words(plain, html, ours)
    failing = bounced(parts) if mail_class is MailClass.MACHINE else ()
    returned = returned_ids(parts) if failing else ()
    return ReceivedMail(
        message_id=_ids(message, "Message-ID", (_made_up_id(raw),))[0],
        mail_class=mail_class,
        sender=sender,
        references=tuple(dict.fromkeys((*returned, *_references(message)))),
        subject=subject,
        text=new.text,
        sure=new.sure,
        reasons=reasons,
        recipients=recipients_of(message),
        bounced=failing,
        marked=new.marked,
        files=len(file_parts(parts)),
        written=written_at(message),
    )


def _new_words(plain: str, html: str, ours: OwnText | None) -> NewWords:
    """Prefer the plain text; of HTML, what is left when the known quotes are out, else say that it is not sure."""
    if plain.strip() or not html.strip():
        return quotes.new_words(plain, ours)
    text = html_text.text_of(html)
    if len(text.encode()) > TEXT:
        raise TooMuch("the text is too long to be a reply")
    new = quotes.new_words(text, ours)
    return NewWords(new.text, new.sure and bool(new.text), new.marked)


def _references(message: Message) -> tuple[str, ...]:
    """Return the ids that the mail answers, nearest first: In-Reply-To, then References backwards (RFC 5322 3.6.4)."""
    older = _ids(message, "References")
    return tuple(dict.fromkeys((*_ids(message, "In-Reply-To"), *reversed(older))))[:MAX_REFERENCES]


def _ids(message: Message, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
    found = tuple(_ID.findall(" ".join(str(value) for value in message.get_all(name, []))))
    return found or otherwise


def unreadable(raw: bytes, reason: str) -> ReceivedMail:
    """Return what is known of a mail that cannot be read: a name for it, and why."""
    return ReceivedMail(_made_up_id(raw), MailClass.UNREADABLE, None, (), "", "", False, (reason,))


def _made_up_id(raw: bytes) -> str:
    """Name a mail without an id by its content, so that the same mail is known again."""
    return f"<{hashlib.sha256(raw).hexdigest()[:32]}@no-id.invalid>"
