"""Outlook's mailbox over a scripted server: arrivals, drafts that leave once, and looking up what became of them."""

import base64
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.graph import mailbox as graph_mailbox
from adapters.graph.mailbox import GraphMailbox
from domain.errors import Broken, CursorExpired, Doubtful, TryLater
from domain.mail import Arrivals, Draft, Sent
from tests.unit.graph_office import NOW, client, refusal, removed
from tests.unit.loopback import Loopback, Reply

US = "mentoring@example.org"
GONE = refusal(404, "ErrorItemNotFound")
OURS = "<k1@mentorsync.example.org>"
Office = Callable[..., tuple[GraphMailbox, Loopback]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:

        def opened(*replies: Reply | None) -> tuple[GraphMailbox, Loopback]:
            server = stack.enter_context(Loopback(*replies))
            return GraphMailbox(stack.enter_context(client(server, tmp_path))), server

        yield opened


def arrived(id: str, minute: int) -> dict[str, Any]:
    return {"id": id, "receivedDateTime": f"2027-02-22T08:{minute:02}:00Z"}


def round_of(server: Loopback, *items: dict[str, Any], delta: str = "d1") -> Reply:
    return Reply(body={"value": list(items), "@odata.deltaLink": f"{server.root}/v1.0/round?$deltatoken={delta}"})


def letter(id: str = "m1", draft: bool = True) -> dict[str, Any]:
    return {"id": id, "isDraft": draft, "internetMessageId": OURS, "conversationId": "c1"}


def test_a_fresh_cursor_brings_no_mail_of_the_past(office: Office) -> None:
    mailbox, server = office()
    server.replies[:] = [round_of(server, arrived("old", 1))]
    assert mailbox.arrivals(US, None) == Arrivals((), f"{server.root}/v1.0/round?$deltatoken=d1")
    asked = parse_qs(urlsplit(server.seen[0].path).query)
    # A day of margin: the provider's clock need not agree with ours.
    assert asked == {"$select": ["id,receivedDateTime"], "$filter": ["receivedDateTime ge 2027-02-21T09:00:00Z"]}
    assert urlsplit(server.seen[0].path).path.startswith("/v1.0/users/mentoring%40example.org/mailFolders/inbox/")


def test_arrivals_come_oldest_first_once_each_and_without_what_left(office: Office) -> None:
    mailbox, server = office()
    items = [arrived("b", 5), arrived("a", 3), removed("gone"), arrived("b", 5), {"id": "read", "isRead": True}]
    server.replies[:] = [round_of(server, *items, delta="d2")]
    arrivals = mailbox.arrivals(US, f"{server.root}/v1.0/round?$deltatoken=d1")
    assert arrivals == Arrivals(("read", "a", "b"), f"{server.root}/v1.0/round?$deltatoken=d2")


def test_what_arrived_since_a_moment_comes_with_a_fresh_cursor(office: Office) -> None:
    mailbox, server = office()
    server.replies[:] = [round_of(server, arrived("a", 3))]
    assert mailbox.recent(US, NOW - timedelta(days=3)).message_ids == ("a",)
    assert "2027-02-19T09%3A00%3A00Z" in server.seen[0].path


@pytest.mark.parametrize("refused", [refusal(410, "syncStateNotFound"), refusal(400, "SyncStateInvalid")])
def test_a_forgotten_cursor_has_expired(office: Office, refused: Reply) -> None:
    mailbox, server = office(refused)
    with pytest.raises(CursorExpired):
        mailbox.arrivals(US, f"{server.root}/v1.0/round?$deltatoken=d1")


def test_a_cursor_of_another_host_has_expired(office: Office) -> None:
    mailbox, server = office()
    with pytest.raises(CursorExpired):
        mailbox.arrivals(US, "http://elsewhere.example/v1.0/round")
    assert server.seen == []


def test_a_message_is_read_as_the_bytes_that_came_or_it_is_gone(office: Office) -> None:
    mailbox, server = office(Reply(body=b"From: b@example.net\r\n\r\n\xff"), GONE)
    assert mailbox.raw(US, "m1") == b"From: b@example.net\r\n\r\n\xff"
    assert server.seen[0].path.endswith("/messages/m1/$value")
    assert mailbox.raw(US, "m1") is None


def test_a_message_is_cut_at_its_largest(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_mailbox, "LARGEST", 4)
    mailbox, _ = office(Reply(body=b"123456"))
    assert mailbox.raw(US, "m1") == b"1234"


def test_a_draft_travels_as_mime_in_base64(office: Office) -> None:
    mailbox, server = office(Reply(201, letter()))
    assert mailbox.draft(US, b"Subject: \xc3\xa4\r\n\r\nhello", "") == Draft("m1", "c1")
    seen = server.seen[0]
    assert (seen.method, seen.headers["content-type"]) == ("POST", "text/plain")
    assert base64.b64decode(seen.body, validate=True) == b"Subject: \xc3\xa4\r\n\r\nhello"


@pytest.mark.parametrize("answer", [None, refusal(503, ""), Reply(201, b"{")])
def test_a_draft_whose_answer_was_lost_is_in_doubt(office: Office, answer: Reply | None) -> None:
    mailbox, server = office(answer)
    with pytest.raises(Doubtful):
        mailbox.draft(US, b"x", "")
    assert len(server.seen) == 1


@pytest.mark.parametrize("headers", [(), (("Retry-After", "30"),)])
def test_accepted_is_sent_whatever_else_the_answer_says(office: Office, headers: tuple[tuple[str, str], ...]) -> None:
    mailbox, server = office(Reply(body=letter()), Reply(202, b"", headers), Reply(body=letter(draft=False)))
    assert mailbox.send(US, Draft("m1")) == Sent(OURS, "c1")
    assert [seen.method for seen in server.seen] == ["GET", "POST", "GET"]


def test_a_mail_is_known_by_the_message_id_under_which_it_left(office: Office) -> None:
    left = {**letter(draft=False), "internetMessageId": "<theirs@outlook.example>"}
    mailbox, _ = office(Reply(body=letter()), Reply(202, b""), Reply(body=left))
    assert mailbox.send(US, Draft("m1")) == Sent("<theirs@outlook.example>", "c1")


@pytest.mark.parametrize("look", [GONE, refusal(503, ""), Reply(body=letter()), None])
def test_a_sent_copy_that_is_not_to_be_seen_yet_does_not_put_the_sending_in_doubt(
    office: Office, look: Reply | None
) -> None:
    mailbox, _ = office(Reply(body=letter()), Reply(202, b""), look)
    assert mailbox.send(US, Draft("m1")) == Sent(OURS, "c1")


def test_a_draft_that_left_already_does_not_leave_twice(office: Office) -> None:
    mailbox, server = office(Reply(body=letter(draft=False)))
    assert mailbox.send(US, Draft("m1")) == Sent(OURS, "c1")
    assert [seen.method for seen in server.seen] == ["GET"]


@pytest.mark.parametrize(
    "replies",
    [[GONE], [Reply(body=letter()), GONE], [Reply(body=letter()), None], [Reply(body=letter()), refusal(504, "")]],
    ids=["gone", "gone meanwhile", "answer lost", "timed out inside"],
)
def test_a_sending_in_doubt_is_said_and_not_repeated(office: Office, replies: list[Reply | None]) -> None:
    mailbox, server = office(*replies)
    with pytest.raises(Doubtful):
        mailbox.send(US, Draft("m1"))
    assert len(server.seen) == len(replies)


def test_a_throttled_sending_was_not_done(office: Office) -> None:
    mailbox, _ = office(Reply(body=letter()), refusal(429, "TooManyRequests", ("Retry-After", "7")))
    with pytest.raises(TryLater) as throttled:
        mailbox.send(US, Draft("m1"))
    assert throttled.value.not_before == NOW + timedelta(seconds=7)


@pytest.mark.parametrize(("draft", "became"), [(True, Draft("m1", "c1")), (False, Sent(OURS, "c1"))])
def test_a_known_draft_says_itself_what_became_of_it(office: Office, draft: bool, became: Draft | Sent) -> None:
    mailbox, server = office(Reply(body=letter(draft=draft)))
    assert mailbox.find(US, OURS, Draft("m1")) == became
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("copies", "became"),
    [
        ([], None),
        ([letter("m2")], Draft("m2", "c1")),
        ([letter("m2"), letter("m3", draft=False)], Sent(OURS, "c1")),
    ],
)
@pytest.mark.parametrize("known", [Draft("m1"), None])
def test_without_its_draft_a_mail_is_found_by_its_message_id(
    office: Office, known: Draft | None, copies: list[dict[str, Any]], became: Draft | Sent | None
) -> None:
    before = [GONE] if known else []
    mailbox, server = office(*before, Reply(body={"value": copies}))
    assert mailbox.find(US, OURS, known) == became
    assert parse_qs(urlsplit(server.seen[-1].path).query)["$filter"] == [f"internetMessageId eq '{OURS}'"]


def test_a_quote_in_a_message_id_stays_inside_the_filter(office: Office) -> None:
    mailbox, server = office(Reply(body={"value": []}))
    mailbox.find(US, "<a' or true@example.org>", None)
    asked = parse_qs(urlsplit(server.seen[0].path).query)["$filter"]
    assert asked == ["internetMessageId eq '<a'' or true@example.org>'"]


def test_a_mailbox_without_permission_is_broken(office: Office) -> None:
    mailbox, _ = office(refusal(403, "ErrorAccessDenied"))
    with pytest.raises(Broken) as broken:
        mailbox.recent(US, NOW)
    assert "words that must not travel" not in str(broken.value)
