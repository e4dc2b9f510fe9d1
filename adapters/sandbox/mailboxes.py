"""Mails in their folders: storing, threading and moving, with ids that depend on their own mailbox alone."""

import email.header
import email.parser
import email.policy
import email.utils
import re
from datetime import datetime
from email.message import EmailMessage, Message

from adapters.sandbox.records import Account, Mail

LABELS = {"inbox": ["INBOX", "UNREAD"], "sentitems": ["SENT"], "drafts": ["DRAFT"]}


def headers_of(raw: bytes) -> Message:
    """The header block of a mail; the body is left unread."""
    return email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw)


def text_of(header: object) -> str:
    """One header's value as readable text, unfolded and decoded."""
    flat = re.sub(r"\r?\n[ \t]+", " ", str(header or ""))
    try:
        return str(email.header.make_header(email.header.decode_header(flat))).strip()
    except (UnicodeError, LookupError, ValueError):
        return flat.strip()


def addresses_of(*values: str) -> list[tuple[str, str]]:
    """(name, address) pairs of some address headers, in order, each address once."""
    found: dict[str, tuple[str, str]] = {}
    for name, address in email.utils.getaddresses([value for value in values if value]):
        if "@" in address:
            found.setdefault(address.lower(), (name, address))
    return list(found.values())


def parsed(mail: Mail) -> EmailMessage:
    """The whole mail as the standard library reads it."""
    message = email.message_from_bytes(mail.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def plain_subject(subject: str) -> str:
    """A subject without its reply and forward marks, as both clouds compare it for threads."""
    return re.sub(r"^(?:\s*(?:re|aw|fw|fwd|sv|wg)\s*:)+", "", subject, flags=re.IGNORECASE).strip().lower()


def bodies_of(message: EmailMessage) -> tuple[str, str]:
    """(content type `text` or `html`, content) of the part a mail program would show."""
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        return "text", ""
    content = str(part.get_content()) if part.get_content_maintype() == "text" else ""
    return ("html" if part.get_content_subtype() == "html" else "text"), content


def store(account: Account, raw: bytes, folder: str, at: datetime, thread: str | None = None) -> Mail:
    """Put a mail into a folder; it joins the given thread (a new one if empty),
    else the one its references name."""
    box, head = account.mailbox, headers_of(raw)
    number = len(box.mails) + 1
    mail = Mail(
        number=number,
        raw=raw,
        folder=folder,
        at=at,
        message_id=text_of(head["Message-ID"]),
        subject=text_of(head["Subject"]),
        sender=text_of(head["From"]),
        to=text_of(head["To"]),
        in_reply_to=text_of(head["In-Reply-To"]),
        references=text_of(head["References"]),
        id=_new_id(account, number),
        thread="",
        labels=list(LABELS[folder]),
        calendar="text/calendar" in str(head["Content-Type"] or ""),
    )
    mail.thread = (thread_for(account, mail) if thread is None else thread) or mail.id
    box.mails.append(mail)
    box.record("messagesAdded", mail)
    return mail


def _new_id(account: Account, number: int) -> str:
    if account.provider == "google":
        return f"19{account.stamp[:6]}{number:08x}"
    return f"AAkALgAAM{account.stamp}{number:06d}"


def thread_for(account: Account, mail: Mail) -> str:
    """The thread of the newest mail that this one refers to under the same subject, or an empty string."""
    named = set(re.findall(r"<[^<>\s]+>", f"{mail.references} {mail.in_reply_to}"))
    for other in reversed(account.mailbox.mails):
        if other.message_id in named and plain_subject(other.subject) == plain_subject(mail.subject):
            return other.thread
    return ""


def move(account: Account, mail: Mail, folder: str) -> None:
    """Move a mail to another folder: its immutable id stays, the other kind of id changes."""
    mail.folder, mail.labels = folder, list(LABELS[folder])
    mail.generation += 1
    account.mailbox.record("labelsAdded", mail, tuple(mail.labels))


def discard(account: Account, mail: Mail) -> None:
    """Remove a mail for good."""
    mail.gone = True
    account.mailbox.record("messagesDeleted", mail)


def newest(account: Account, subject_has: str) -> Mail | None:
    """The newest received mail whose subject contains the words, or None."""
    found = [m for m in account.mailbox.live() if m.folder == "inbox" and subject_has.lower() in m.subject.lower()]
    return found[-1] if found else None
