"""How the Gmail adapter reads answers that the sandbox never gives."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.google.access import GoogleAccess
from adapters.google.connect import google_mailbox
from adapters.google.mailbox import LARGEST, GoogleMailbox
from domain.errors import CursorExpired, Doubtful
from domain.mail import Draft, Sent
from tests.unit.google_office import ANNA, Office, StandingClock, google_office

OURS = "<agenda-1@service.example>"


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def mailbox(office: Office, tmp_path: Path) -> GoogleMailbox:
    token = tmp_path / "token"
    token.write_text("sesame\n")
    return google_mailbox(GoogleAccess(office.url, token_file=token), office.transport, StandingClock())


def added(*ids: str) -> dict[str, Any]:
    return {"messagesAdded": [{"message": {"id": id, "threadId": "t"}} for id in ids]}


def message(own_id: str, *labels: str, message_id: str = "<g1@mail.example>") -> dict[str, Any]:
    headers = [{"name": "Message-Id", "value": message_id}, {"name": "X-Mentorsync-Id", "value": own_id}]
    return {"id": "m1", "threadId": "t1", "labelIds": list(labels), "payload": {"headers": headers}}


def test_history_is_read_over_empty_pages_and_each_mail_named_once(office: Office, mailbox: GoogleMailbox) -> None:
    office.will(200, {"history": [added("a", "b")], "nextPageToken": "2", "historyId": "7"})
    office.will(200, {"nextPageToken": "3", "historyId": "7"})
    office.will(200, {"history": [added("b", "c"), {"messages": [{"id": "x"}]}], "historyId": "9"})
    arrivals = mailbox.arrivals(ANNA, "5")
    assert (arrivals.message_ids, arrivals.cursor) == (("a", "b", "c"), "9")
    assert "startHistoryId=5" in office.asked[0].path
    assert "labelId=INBOX" in office.asked[0].path


def test_a_history_that_is_not_found_is_a_forgotten_cursor(office: Office, mailbox: GoogleMailbox) -> None:
    office.will_refuse(404, "notFound")
    with pytest.raises(CursorExpired):
        mailbox.arrivals(ANNA, "5")


def test_what_left_carries_the_id_that_gmail_gave_it(office: Office, mailbox: GoogleMailbox) -> None:
    office.will(200, {"id": "m1", "threadId": "t1"}).will(200, message(OURS, "SENT"))
    assert mailbox.send(ANNA, Draft("d1", "t1")) == Sent("<g1@mail.example>", "t1")
    assert office.asked[0].json() == {"id": "d1"}


def test_a_mail_that_left_but_cannot_be_read_is_doubtful_and_not_tried_later(
    office: Office, mailbox: GoogleMailbox
) -> None:
    office.will(200, {"id": "m1", "threadId": "t1"}).will_refuse(429, "rateLimitExceeded")
    with pytest.raises(Doubtful):
        mailbox.send(ANNA, Draft("d1", "t1"))


def test_a_draft_that_is_gone_is_looked_for_in_its_thread_among_what_was_sent(
    office: Office, mailbox: GoogleMailbox
) -> None:
    others = [message("<other@service.example>", "SENT"), message(OURS, "DRAFT")]
    office.will_refuse(404, "notFound").will(200, {"messages": others})
    assert mailbox.find(ANNA, OURS, Draft("d1", "t1")) is None
    ours = message(OURS, "SENT", message_id="<g2@mail.example>")
    office.will_refuse(404, "notFound").will(200, {"messages": [*others, ours]})
    assert mailbox.find(ANNA, OURS, Draft("d1", "t1")) == Sent("<g2@mail.example>", "t1")


def test_without_a_draft_all_drafts_are_looked_through(office: Office, mailbox: GoogleMailbox) -> None:
    office.will(200, {"drafts": [{"id": "d1"}], "nextPageToken": "2"})
    office.will(200, {"id": "d1", "message": message("<other@service.example>", "DRAFT")})
    office.will(200, {"drafts": [{"id": "d2"}]}).will(200, {"id": "d2", "message": message(OURS, "DRAFT")})
    assert mailbox.find(ANNA, OURS, None) == Draft("d2", "t1")


def test_a_conversation_that_gmail_forgot_is_left_out(office: Office, mailbox: GoogleMailbox) -> None:
    office.will_refuse(404, "notFound").will(200, {"id": "d1", "message": {"id": "m1", "threadId": "t9"}})
    assert mailbox.draft(ANNA, b"Subject: x\r\n\r\n", "t1") == Draft("d1", "t9")
    first, second = (asked.json()["message"] for asked in office.asked)
    assert first["threadId"] == "t1"
    assert "threadId" not in second
    assert base64.urlsafe_b64decode(second["raw"]) == b"Subject: x\r\n\r\n"


def test_a_mail_is_cut_at_the_largest_size(office: Office, mailbox: GoogleMailbox) -> None:
    raw = base64.urlsafe_b64encode(b"x" * (LARGEST + 5)).decode().rstrip("=")
    office.will(200, {"id": "m1", "raw": raw})
    found = mailbox.raw(ANNA, "m1")
    assert found is not None
    assert len(found) == LARGEST
