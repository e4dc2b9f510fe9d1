"""Many of Outlook's calendars asked for in one request: on the wire, and when parts of it fail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import Ask, CalendarChanges
from domain.errors import Broken, CursorExpired, MentorsyncError, NotSignedIn, TryLater
from tests.unit.graph_office import ANN, NOW, Office, batch, calendar_office, event, refusal, removed
from tests.unit.loopback import Reply

BO, CAT = "bo@example.org", "cat@example.org"
GONE = refusal(404, "ErrorItemNotFound")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


def page(*items: dict[str, Any], more: str = "", delta: str = "d1") -> Reply:
    """A page of a round inside a batch; its links are those of the cloud, whatever address it was asked under."""
    links = (
        {"@odata.nextLink": more} if more else {"@odata.deltaLink": f"http://localhost/v1.0/round?$deltatoken={delta}"}
    )
    return Reply(body={"value": list(items)} | links)


def good(found: CalendarChanges | MentorsyncError) -> CalendarChanges:
    assert isinstance(found, CalendarChanges), found
    return found


def test_two_mailboxes_are_one_request_with_relative_addresses_and_own_headers(office: Office) -> None:
    calendar, server = office(batch(page(event("a")), page(event("b"))))
    ann, bo = calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert [e.event_id for e in (*good(ann).entries, *good(bo).entries)] == ["a", "b"]
    (seen,) = server.seen
    assert (seen.method, seen.path) == ("POST", "/v1.0/$batch")
    first, second = seen.json()["requests"]
    assert first == {
        "id": "0",
        "method": "GET",
        "url": "/users/ann%40example.org/calendarView/delta()"
        "?endDateTime=2027-08-21T09%3A00%3A00Z&startDateTime=2027-01-23T09%3A00%3A00Z",
        "headers": {
            "accept": "application/json",
            "prefer": 'IdType="ImmutableId", odata.maxpagesize=100, outlook.timezone="UTC"',
        },
    }
    assert second["url"].startswith("/users/bo%40example.org/")


def test_twenty_go_together_and_the_next_one_alone(office: Office) -> None:
    calendar, server = office(batch(*[page() for _ in range(20)]), page())
    found = calendar.changes_of([Ask(f"p{number}@example.org") for number in range(21)], NOW)
    assert all(good(one).complete for one in found)
    assert [(seen.method, seen.path.partition("?")[0]) for seen in server.seen] == [
        ("POST", "/v1.0/$batch"),
        ("GET", "/v1.0/users/p20%40example.org/calendarView/delta()"),
    ]


def test_rounds_go_on_from_their_cursors_and_over_their_pages_together(office: Office) -> None:
    calendar, server = office(batch(page(delta="a1"), page(delta="b1")))
    cursors = [good(one).cursor for one in calendar.changes_of([Ask(ANN), Ask(BO)], NOW)]
    more = [f"{server.root}/v1.0/page?$skiptoken={name}" for name in "ab"]
    server.seen.clear()
    server.replies[:] = [
        batch(page(event("a"), more=more[0]), page(event("b"), more=more[1])),
        batch(page(event("a", showAs="free"), delta="a2"), page(removed("b"), delta="b2")),
        GONE,
    ]
    asks = [
        Ask(ANN, cursors[0].replace("localhost", server.root[7:])),
        Ask(BO, cursors[1].replace("localhost", server.root[7:])),
    ]
    ann, bo = map(good, calendar.changes_of(asks, NOW))
    assert [part["url"] for part in server.seen[0].json()["requests"]] == [
        "/round?$deltatoken=a1",
        "/round?$deltatoken=b1",
    ]
    assert [part["url"] for part in server.seen[1].json()["requests"]] == ["/page?$skiptoken=a", "/page?$skiptoken=b"]
    assert [(e.event_id, e.shows.blocks) for e in ann.entries] == [("a", False)]
    assert (bo.entries, bo.gone) == ((), ("b",))
    assert "a2" in ann.cursor
    assert "b2" in bo.cursor


def test_one_that_fails_does_not_hurt_the_others_and_keeps_its_own_waiting_time(office: Office) -> None:
    throttled = refusal(429, "ApplicationThrottled", ("Retry-After", "90"))
    calendar, server = office(batch(throttled, page(event("b")), refusal(403, "ErrorAccessDenied")))
    ann, bo, cat = calendar.changes_of([Ask(ANN), Ask(BO), Ask(CAT)], NOW)
    assert isinstance(ann, TryLater)
    assert ann.not_before == NOW + timedelta(seconds=90)
    assert [entry.event_id for entry in good(bo).entries] == ["b"]
    assert isinstance(cat, Broken)
    assert len(server.seen) == 1


def test_a_cursor_that_is_no_cursor_fails_alone(office: Office) -> None:
    calendar, _ = office(page(event("b")))
    ann, bo = calendar.changes_of([Ask(ANN, "garbage"), Ask(BO)], NOW)
    assert isinstance(ann, CursorExpired)
    assert good(bo).complete


def test_a_forgotten_cursor_inside_a_batch_is_a_forgotten_cursor(office: Office) -> None:
    calendar, _ = office(batch(refusal(410, "syncStateNotFound"), page()))
    ann, _ = calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert isinstance(ann, CursorExpired)


@pytest.mark.parametrize(
    ("whole", "error"),
    [
        (refusal(401, "InvalidAuthenticationToken"), NotSignedIn),
        (refusal(429, "TooManyRequests"), TryLater),
        (Reply(502, b"<html>Bad gateway</html>"), TryLater),
        (Reply(200, b'{"responses": [{"id":'), TryLater),
        (Reply(200, {"responses": [{"id": "0", "status": 200, "body": {"value": []}}]}, cut=9), TryLater),
        (None, TryLater),
    ],
    ids=["not signed in", "throttled", "html", "cut json", "cut answer", "no answer"],
)
def test_what_befalls_the_whole_batch_befalls_each_of_it_and_is_no_doubtful_write(
    office: Office, whole: Reply | None, error: type[MentorsyncError]
) -> None:
    calendar, server = office(whole)
    found = calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert {type(one) for one in found} == {error}
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "part",
    [None, {"id": "1", "status": 424}, {"id": "1", "status": 200, "body": "PGh0bWw+"}, {"id": "1"}, {"status": 200}],
    ids=["left out", "failed dependency", "no json", "no status", "no id"],
)
def test_an_answer_that_is_missing_or_no_answer_is_asked_again_later(
    office: Office, part: dict[str, Any] | None
) -> None:
    whole = batch(page(event("a")), page())
    whole.body["responses"] = [whole.body["responses"][1], *([part] if part else [])]
    calendar, _ = office(whole)
    ann, bo = calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert good(ann).entries
    assert isinstance(bo, TryLater)


def test_a_page_that_leads_to_another_host_fails_its_own_calendar_alone(office: Office) -> None:
    calendar, server = office(batch(page(event("a"), more="http://elsewhere.example/v1.0/p"), page(event("b"))))
    ann, bo = calendar.changes_of([Ask(ANN), Ask(BO)], NOW)
    assert isinstance(ann, CursorExpired)
    assert good(bo).entries
    assert len(server.seen) == 1


def test_hints_of_all_mailboxes_are_looked_at_together(office: Office) -> None:
    first = batch(page(removed("a")), page({"id": "b", "showAs": "free"}), page(removed("c")))
    calendar, server = office(first, batch(GONE, Reply(body=event("b", showAs="free")), refusal(503, "")))
    ann, bo, cat = calendar.changes_of([Ask(ANN), Ask(BO), Ask(CAT)], NOW)
    assert good(ann).gone == ("a",)
    assert [entry.event_id for entry in good(bo).entries] == ["b"]
    assert isinstance(cat, TryLater)
    assert len(server.seen) == 2
