"""Bad mail in a thread of ours: set aside once with its reason, answered at most once, never read again, and the next
mail is heard.
"""

from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from adapters.memory.world import Letter
from domain.relationship_events import MailHeld
from domain.relationship_state import Status
from service.inbox import PARKED
from service.rows import POLL_INBOX
from tests.service.test_inbox import answered_at, request_id, write_in
from tests.service.theatre import HOUR, MENTOR, SERVICE, Theatre, theatre

Make = Callable[[str], bytes]
EVIL = "mallory@example.com"
NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))


def with_text(text: bytes, more: str = "") -> Make:
    """A mail of the mentor in answer to ours with that body, below more header lines."""

    def make(head: str) -> bytes:
        return f"{head}{more}\r\n".encode("utf-8", "surrogateescape") + text

    return make


BAD: dict[str, tuple[Make, str, int]] = {
    "a charset that nobody knows": (
        with_text(b"\xff\xfe\xfa\x80", "Content-Type: text/plain; charset=x-klingon\r\n"),
        "nothing in it was understood",
        1,
    ),
    "a charset that makes words of other letters": (
        with_text(b"+AGEAYwBjAGUAcAB0-", "Content-Type: text/plain; charset=utf-7\r\n"),
        "nothing in it was understood",
        1,
    ),
    "null bytes": (with_text(b"hm\x00m\x00\x00", "X-A: b\x00c\r\n"), "nothing in it was understood", 1),
    "25 MB": (with_text(b"x" * (25 * 1024 * 1024)), "25 MB", 0),
    "3,000 nested parts": (lambda head: head.encode() + NESTED, "parts", 0),
    "two From headers": (with_text(b"accept", f"From: {EVIL}\r\n"), "was not sent from the registered address", 1),
    "a header hidden in the subject": (
        with_text(b"well, who knows", f"Subject: =?utf-8?q?Re:_x=0D=0ABcc:_{EVIL}?=\r\n"),
        "nothing in it was understood",
        1,
    ),
    "a language that is not known": (
        with_text("Chętnie, ale dopiero w przyszłym miesiącu.".encode()),
        "nothing in it was understood",
        1,
    ),
    "letters of another alphabet": (with_text("もちろん、喜んで".encode()), "nothing in it was understood", 1),
    "nothing at all": (with_text(b""), "", 1),
}


def arrive(stage: Theatre, raw: bytes) -> None:
    """Put the bytes into the service's inbox as they are; a provider takes in what no program can parse."""
    number = stage.world.account(SERVICE).next()
    letter = Letter(f"mail-{number}", number, "inbox", raw, "<bad@example.org>", "c", stage.world.now)
    stage.world.keep(letter, SERVICE)


def status(stage: Theatre) -> Status:
    return stage.relationship.status


def reasons(stage: Theatre) -> list[str]:
    """Return why mails were set aside, in the relationship or outside of it."""
    held = [event.reason for event in stage.house.streams.events(stage.id) if isinstance(event, MailHeld)]
    return held + [row.work.recipient for row in stage.house.ledger.rows(kinds=[PARKED])]


@pytest.mark.parametrize(("make", "reason", "answers"), BAD.values(), ids=BAD.keys())
def test_bad_mail_is_set_aside_once_and_the_next_is_heard(
    tmp_path: Path, make: Make, reason: str, answers: int
) -> None:
    with theatre(tmp_path) as stage:
        ours = request_id(stage)
        to = answered_at(stage, ours)
        head = f"From: {MENTOR}\r\nTo: {to}\r\nIn-Reply-To: {ours}\r\nMessage-ID: <bad@example.org>\r\n"
        arrive(stage, make(head))
        stage.live_until(stage.world.now + 2 * HOUR)
        (why,) = reasons(stage)
        assert reason in why
        assert status(stage) is Status.REQUESTED
        sent = [message_from_bytes(letter.raw) for letter in stage.inbox(MENTOR, "echo")]
        assert len(sent) == answers
        assert not any("Bcc" in message or EVIL in str(message.items()) for message in sent)
        write_in(stage, MENTOR, "accept", ours)
        assert status(stage) is Status.ACCEPTED
        stage.live_until(stage.world.now + 2 * HOUR)
        assert len(reasons(stage)) == 1
        assert stage.daemon.troubles == []
        polls = stage.house.ledger.rows(kinds=[POLL_INBOX])
        assert [(row.attempts, row.reason) for row in polls] == [(0, "")]
