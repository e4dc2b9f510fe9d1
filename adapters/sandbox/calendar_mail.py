"""The mails that calendars write: a guest's answer or counter-proposal to the organiser (iMIP, RFC 6047)."""

import email.utils
from datetime import datetime

from adapters.sandbox.delivery import headline
from adapters.sandbox.records import Account, Entry, Guest
from adapters.sandbox.world import World

PARTSTAT = {
    "accepted": "ACCEPTED",
    "tentative": "TENTATIVE",
    "declined": "DECLINED",
    "needsAction": "NEEDS-ACTION",
}
WORDS = {"accepted": "Accepted", "tentative": "Tentative", "declined": "Declined", "needsAction": "Tentative"}


def answer_mail(world: World, organiser: Account, entry: Entry, answer: Guest, sent_by: str = "") -> bytes:
    """The guest's answer as the organiser's inbox receives it: METHOD REPLY,
    or COUNTER with a proposed time; `sent_by` is the delegate who wrote it."""
    method = "COUNTER" if answer.proposed else "REPLY"
    word = "New Time Proposed" if answer.proposed else WORDS[answer.response]
    number = len(organiser.mailbox.mails) + 1
    start, end = answer.proposed or (entry.start, entry.end)
    edge = f"sandbox-answer-{number}"
    text = "\r\n".join(_calendar_lines(world, method, entry, answer, start, end, sent_by))
    lines = [
        f"From: {email.utils.formataddr((answer.name, answer.address))}",
        *([f"Sender: {sent_by}"] if sent_by else []),
        f"To: {organiser.address}",
        f"Subject: {headline(f'{word}: {entry.subject}')}",
        f"Date: {email.utils.format_datetime(world.now)}",
        f"Message-ID: <answer-{organiser.stamp}-{number}@mail.{answer.address.partition('@')[2]}>",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{edge}"',
        "",
        f"--{edge}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{answer.comment or word}\r\n",
        f"--{edge}\r\nContent-Type: text/calendar; charset=utf-8; method={method}\r\n\r\n{text}\r\n",
        f"--{edge}--\r\n",
    ]
    return "\r\n".join(lines).encode()


def _calendar_lines(
    world: World, method: str, entry: Entry, answer: Guest, start: datetime, end: datetime, sent_by: str
) -> list[str]:
    delegate = f';SENT-BY="mailto:{sent_by}"' if sent_by else ""
    return [
        "BEGIN:VCALENDAR",
        "PRODID:-//mentorsync//sandbox//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{entry.ical_uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_stamp(world.now)}",
        f"DTSTART:{_stamp(start)}",
        f"DTEND:{_stamp(end)}",
        f"ORGANIZER:mailto:{entry.organiser}",
        f"ATTENDEE;PARTSTAT={PARTSTAT[answer.response]}{delegate}:mailto:{answer.address}",
        f"SUMMARY:{entry.subject}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y%m%dT%H%M%SZ")
