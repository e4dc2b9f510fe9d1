"""The one profile of a calendar entry inside a mail, read back by the library and out of the whole mail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from adapters.mail.compose import MailComposer
from adapters.mail.headers import plain_words
from adapters.mail.ics import entry, method_of, told
from domain.errors import Refused
from domain.letters import InvitationLetter, LocalClock, MailedEvent, MeetingTime
from domain.mail import Envelope, MailKind
from tests.unit.sample_letters import LETTERS, envelope

START = datetime(2027, 3, 9, 16, 0, tzinfo=UTC)
STAMP = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
EVENT = MailedEvent(
    uid="00000000-0000-0000-0000-000000000003-1.1@mentorsync",
    sequence=0,
    start=START,
    end=START + timedelta(minutes=45),
    title="Mentoring: Mara / Jonas",
    attendees=("mara@example.org", "jonas@example.net"),
    off=False,
)
MINIMUM = b"BEGIN:VCALENDAR\r\nMETHOD:%b\r\nBEGIN:VEVENT\r\nUID:u\r\nEND:VEVENT\r\n%bEND:VCALENDAR\r\n"


def written(event: MailedEvent = EVENT, name: str = "Mentoring at Example") -> bytes:
    """Return the entry."""
    return entry(event, "mentoring@example.org", name, STAMP)


def mail(event: MailedEvent) -> EmailMessage:
    """Return the whole mail that carries the entry, parsed."""
    time = MeetingTime(START, 45, (LocalClock("Mara", "America/Chicago"), LocalClock("Jonas", "Europe/Berlin")))
    around = Envelope(
        MailKind.INVITATION,
        "mentoring@example.org",
        "Mentoring at Example",
        "mara@example.org",
        "Mara Lindqvist",
        "Meeting: Mara / Jonas, Tue 9 Mar",
        "<one@example.org>",
        (),
        STAMP,
    )
    raw = MailComposer().compose(around, InvitationLetter("Mara", "Jonas", time, event))
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_an_entry_says_exactly_what_was_meant_in_instants_of_utc() -> None:
    text = written().decode()
    assert told(text.encode()) == EVENT
    for line in (
        "METHOD:REQUEST",
        "SEQUENCE:0",
        "DTSTART:20270309T160000Z",
        "DTEND:20270309T164500Z",
        "STATUS:CONFIRMED",
    ):
        assert f"\r\n{line}\r\n" in text
    assert "\r\nPRODID:-//mentorsync//" in text
    assert "VTIMEZONE" not in text
    assert "TZID" not in text
    assert "DTSTAMP:20270301T090000Z" in text


def test_a_change_and_the_end_keep_the_uid_and_raise_the_sequence() -> None:
    moved = replace(EVENT, sequence=1, start=START + timedelta(days=1), end=START + timedelta(days=1, minutes=45))
    off = replace(moved, sequence=2, off=True)
    assert [method_of(event) for event in (EVENT, moved, off)] == ["REQUEST", "REQUEST", "CANCEL"]
    text = written(off).decode()
    assert f"UID:{EVENT.uid[:40]}" in text
    assert "\r\nSTATUS:CANCELLED\r\n" in text
    assert told(text.encode()) == off


def test_the_same_meeting_gives_the_same_bytes_and_no_line_is_longer_than_75_octets() -> None:
    event = replace(EVENT, title="Mentoring: " + "Grüße 山田 " * 12)
    raw = written(replace(event, title=event.title.strip()))
    assert raw == written(replace(event, title=event.title.strip()))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


@given(st.text(max_size=80), st.text(max_size=80))
def test_nobodys_name_can_add_a_line_or_say_something_else(title: str, name: str) -> None:
    event = replace(EVENT, title=plain_words(title))
    raw = written(event, name)
    assert told(raw) == event
    (component,) = Calendar.from_ical(raw).walk("VEVENT")
    assert len(component.property_items(recursive=False)) == 13


def test_an_entry_that_would_not_read_back_is_refused() -> None:
    with pytest.raises(Refused, match="not say what was meant"):
        written(replace(EVENT, title="two\nlines\r\nand a return"))


@pytest.mark.parametrize(
    "raw", [MINIMUM % (b"PUBLISH", b""), MINIMUM % (b"REQUEST", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n")]
)
def test_what_is_not_of_our_profile_is_told_as_nothing(raw: bytes) -> None:
    assert told(raw) is None


@pytest.mark.parametrize("off", [False, True])
def test_the_mail_carries_the_entry_as_its_last_alternative_with_the_method_said_twice(off: bool) -> None:
    parsed = mail(replace(EVENT, off=off, sequence=int(off)))
    parts = list(parsed.iter_parts())
    assert parsed.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2]["Content-Type"].params["method"] == ("CANCEL" if off else "REQUEST")
    payload = parts[2].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert told(payload) == replace(EVENT, off=off, sequence=int(off))


def test_other_mails_carry_no_entry_because_the_calendar_invites_alone() -> None:
    for kind, letter in LETTERS.items():
        if kind is not MailKind.INVITATION:
            assert b"text/calendar" not in MailComposer().compose(envelope(kind), letter)
