"""Mails that the sandbox's people write: fresh ones, and replies that quote as Outlook or Gmail would."""

import email.policy
import email.utils
import html
from datetime import datetime
from email.message import EmailMessage

from adapters.sandbox.hand_files import HandFile, attach
from adapters.sandbox.mailboxes import addresses_of, parsed, plain_subject, text_of
from adapters.sandbox.records import Account, Mail
from adapters.sandbox.zones import zone_of

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def new_message_id(account: Account) -> str:
    """The Message-ID that this account's cloud gives to its next mail."""
    number = len(account.mailbox.mails) + 1
    if account.provider == "google":
        return f"<CA{account.stamp}{number:06d}@mail.gmail.com>"
    return f"<SBX{account.stamp.upper()}{number:06d}@mail.{account.domain}>"


def fresh_mail(account: Account, now: datetime, fields: dict[str, str]) -> bytes:
    """A new mail with the fields `to`, `subject`, `text` and perhaps `in_reply_to` and `from`."""
    sender = fields.get("from") or email.utils.formataddr((account.name, account.address))
    message = _headed(account, now, sender, fields["to"], fields["subject"])
    if fields.get("in_reply_to"):
        message["In-Reply-To"] = message["References"] = fields["in_reply_to"]
    return _with_bodies(message, fields["text"], _paragraphs(fields["text"]))


def reply_mail(
    account: Account, original: Mail, text: str, now: datetime, files: list[HandFile] | None = None
) -> bytes:
    """An answer to a mail, under its subject and in its thread, with the original quoted below and files attached."""
    source = parsed(original)
    to = text_of(source["Reply-To"]) or original.sender
    subject = (
        original.subject if plain_subject(original.subject) != original.subject.lower() else f"Re: {original.subject}"
    )
    message = _headed(account, now, email.utils.formataddr((account.name, account.address)), to, subject)
    message["In-Reply-To"] = original.message_id
    message["References"] = f"{original.references} {original.message_id}".strip()
    quote = _gmail_quote if account.provider == "google" else _outlook_quote
    below, below_html = quote(account, original, *_contents(source))
    raw = _with_bodies(message, f"{text}\n\n{below}", _paragraphs(text) + below_html)
    if not files:
        return raw
    attach(account, message, files, _mark(message), now)
    return message.as_bytes()


def automatic_reply(account: Account, original: Mail, text: str, sender: str, now: datetime) -> bytes:
    """What the mailbox of an absent person answers by itself, under the marks of its cloud."""
    outlook = account.provider == "microsoft"
    subject = f"Automatic reply: {original.subject}" if outlook else f"Re: {original.subject}"
    message = _headed(account, now, email.utils.formataddr((account.name, account.address)), sender, subject)
    message["In-Reply-To"] = original.message_id
    message["References"] = f"{original.references} {original.message_id}".strip()
    if outlook:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    else:
        message["Auto-Submitted"] = "auto-replied"
        message["Precedence"] = "bulk"
        message["X-Autoreply"] = "yes"
    return _with_bodies(message, text, _paragraphs(text))


def _headed(account: Account, now: datetime, sender: str, to: str, subject: str) -> EmailMessage:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, " ".join(subject.split())
    message["Date"] = email.utils.format_datetime(now.astimezone(zone_of(account.zone)))
    message["Message-ID"] = new_message_id(account)
    return message


def _with_bodies(message: EmailMessage, text: str, rich: str) -> bytes:
    message.set_content(text)
    message.add_alternative(f"<html><body>{rich}</body></html>", subtype="html")
    message.set_boundary(_mark(message))
    return message.as_bytes()


def _mark(message: EmailMessage) -> str:
    return f"sandbox-{message['Message-ID'].strip('<>').partition('@')[0]}"


def _paragraphs(text: str) -> str:
    return "".join(f'<div dir="ltr">{html.escape(line) or "<br>"}</div>' for line in text.split("\n"))


def _contents(source: EmailMessage) -> tuple[str, str]:
    plain, rich = (source.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    text = str(plain.get_content()) if plain is not None else ""
    return text, str(rich.get_content()) if rich is not None else _paragraphs(text)


def _clock(value: datetime) -> str:
    return f"{value.hour % 12 or 12}:{value.minute:02d} {'AM' if value.hour < 12 else 'PM'}"


def _gmail_quote(account: Account, original: Mail, text: str, rich: str) -> tuple[str, str]:
    at = original.at.astimezone(zone_of(account.zone))
    name, address = (addresses_of(original.sender) or [("", original.sender)])[0]
    day = f"{DAY_NAMES[at.weekday()][:3]}, {MONTHS[at.month - 1][:3]} {at.day}, {at.year} at {_clock(at)}"
    line = f"On {day} {name} <{address}> wrote:"
    quoted = "\n".join(f"> {part}".rstrip() for part in text.rstrip().splitlines())
    style = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
    below = (
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(line)}<br></div>'
        f'<blockquote class="gmail_quote" style="{style}">{rich}</blockquote></div>'
    )
    return f"{line}\n\n{quoted}\n", below


def _outlook_quote(account: Account, original: Mail, text: str, rich: str) -> tuple[str, str]:
    at = original.at.astimezone(zone_of(account.zone))
    sent = f"{DAY_NAMES[at.weekday()]}, {MONTHS[at.month - 1]} {at.day}, {at.year} {_clock(at)}"
    facts = [("From", original.sender), ("Sent", sent), ("To", original.to), ("Subject", original.subject)]
    lines = "\n".join(f"{name}: {value}" for name, value in facts)
    rows = "<br>".join(f"<b>{name}:</b> {html.escape(value)}" for name, value in facts)
    below = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr">{rows}</div><div>{rich}</div>'
    )
    return f"________________________________\n{lines}\n\n{text}", below
