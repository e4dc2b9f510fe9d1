"""The sandbox's rarer faults: refusals in each cloud's own words, pages that are short or empty, cut JSON."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.unit.sandbox_client import (
    GMAIL,
    JONAS,
    MARA,
    OUTLOOK,
    Client,
    google_event,
    graph_event,
    graph_send,
    mime,
    sandbox,
)

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")
WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def create(client: Client) -> httpx.Response:
    return client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES))


def insert(client: Client) -> httpx.Response:
    return client.calendar("POST", JONAS, json=google_event("Talk", *INSTANTS))


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("403", 403, "ErrorAccessDenied"),
        ("404", 404, "ErrorItemNotFound"),
        ("409", 409, "ErrorDuplicateTransactionId"),
        ("412", 412, "ErrorIrresolvableConflict"),
        ("500", 500, "ErrorInternalServerError"),
    ],
)
def test_graph_refuses_in_its_own_words_and_applies_nothing(client: Client, fault: str, status: int, code: str) -> None:
    client.fault(operation="events.create", fault=fault)
    answer = create(client)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert client.events(MARA, "Talk") == []


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        ("403", 403, "forbidden"),
        ("404", 404, "notFound"),
        ("409", 409, "duplicate"),
        ("412", 412, "conditionNotMet"),
        ("500", 500, "backendError"),
        ("quotaExceeded", 403, "quotaExceeded"),
        ("rateLimitExceeded", 403, "rateLimitExceeded"),
        ("userRateLimitExceeded", 403, "userRateLimitExceeded"),
        ("dailyLimitExceeded", 403, "dailyLimitExceeded"),
    ],
)
def test_google_refuses_in_its_own_words_and_applies_nothing(
    client: Client, fault: str, status: int, reason: str
) -> None:
    client.fault(operation="events.insert", fault=fault)
    answer = insert(client)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (status, reason)
    assert client.events(JONAS, "Talk") == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("0", "0"),
        ("1", "1"),
        ("600", "600"),
        ("date:600", "Mon, 22 Feb 2027 08:10:00 GMT"),
        ("Mon, 22 Feb 2027 09:00:00 GMT", "Mon, 22 Feb 2027 09:00:00 GMT"),
    ],
)
def test_retry_after_is_a_number_or_a_date_of_virtual_time(client: Client, asked: str, given: str) -> None:
    for name in ("events.create", "events.insert"):
        client.fault(operation=name, fault="503", retry_after=asked)
    assert [answer.headers["Retry-After"] for answer in (create(client), insert(client))] == [given] * 2


def test_a_fifth_request_at_the_same_time_is_too_many_for_one_mailbox(client: Client) -> None:
    client.fault(operation="events.create", fault="delay_ms", delay_ms=300, times=6)
    with ThreadPoolExecutor(6) as pool:
        found = sorted(answer.status_code for answer in pool.map(lambda _: create(client), range(6)))
    assert found == [201] * 4 + [429] * 2
    assert create(client).status_code == 201


def test_a_gateway_speaks_html_on_both_clouds(client: Client) -> None:
    for name in ("events.create", "events.insert"):
        client.fault(operation=name, fault="502")
    for answer in (create(client), insert(client)):
        assert (answer.status_code, answer.headers["content-type"][:9]) == (502, "text/html")
        assert answer.text.startswith("<html>")


def test_json_is_cut_although_the_connection_is_well_and_the_write_was_applied(client: Client) -> None:
    for name in ("events.create", "events.insert"):
        client.fault(operation=name, fault="truncated_json")
    for answer in (create(client), insert(client)):
        assert answer.is_success
        with pytest.raises(json.JSONDecodeError):
            answer.json()
    assert [len(client.events(account, "Talk")) for account in (MARA, JONAS)] == [1, 1]


def test_a_success_may_carry_retry_after(client: Client) -> None:
    client.fault(operation="messages.send", fault="late_success", retry_after="30")
    raw = mime(OUTLOOK, MARA, "Hi", "<a@contoso.example>")
    graph_send(client, OUTLOOK, raw)
    client.settle()
    assert len(client.mails(MARA)) == 1


def graph_rounds(client: Client, path: str = "/calendarView/delta") -> list[int]:
    """How many items each page of one delta round held."""
    page = client.graph("GET", MARA, path, params=WINDOW).json()
    sizes = [len(page["value"])]
    while "@odata.nextLink" in page:
        page = client.graph("GET", MARA, page["@odata.nextLink"]).json()
        sizes.append(len(page["value"]))
    return sizes


@pytest.mark.parametrize(("fault", "sizes"), [("short_page", [1, 2]), ("empty_page", [0, 3])])
@pytest.mark.parametrize("path", ["/calendarView/delta", "/calendarView"])
def test_a_page_of_graphs_is_short_or_empty_and_not_the_last(
    client: Client, fault: str, sizes: list[int], path: str
) -> None:
    for _ in range(3):
        create(client)
    client.fault(operation="calendarView.delta" if "delta" in path else "calendarView.list", fault=fault)
    assert graph_rounds(client, path) == sizes


@pytest.mark.parametrize(("fault", "sizes"), [("short_page", [1, 2]), ("empty_page", [0, 3])])
def test_a_page_of_googles_is_short_or_empty_and_not_the_last(client: Client, fault: str, sizes: list[int]) -> None:
    for _ in range(3):
        insert(client)
    client.fault(operation="events.list", provider="google", fault=fault)
    page = client.calendar("GET", JONAS).json()
    assert (len(page["items"]), "nextSyncToken" in page) == (sizes[0], False)
    rest = client.calendar("GET", JONAS, params={"pageToken": page["nextPageToken"]}).json()
    assert (len(rest["items"]), "nextSyncToken" in rest) == (sizes[1], True)


def test_a_page_of_gmails_history_may_hold_no_history(client: Client) -> None:
    graph_send(client, OUTLOOK, mime(OUTLOOK, GMAIL, "Hi", "<a@contoso.example>"))
    client.settle()
    client.fault(operation="history.list", fault="empty_page")
    page = client.gmail("GET", GMAIL, "/history", params={"startHistoryId": "1000"}).json()
    assert ("history" in page, "nextPageToken" in page) == (False, True)
    options = {"startHistoryId": "1000", "pageToken": page["nextPageToken"]}
    assert len(client.gmail("GET", GMAIL, "/history", params=options).json()["history"]) == 1


def test_an_item_may_come_twice_in_one_round(client: Client) -> None:
    create(client)
    client.fault(operation="calendarView.delta", fault="repeated_items")
    items = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["value"]
    assert [item["id"] for item in items] == [client.events(MARA, "Talk")[0]["id"]] * 2


@pytest.mark.parametrize("fault", ["unknown_zone", "swapped_times", "malformed_item"])
def test_one_event_of_a_page_is_spoilt_and_the_others_are_well(client: Client, fault: str) -> None:
    for make in (create, insert) * 2:
        make(client)
    client.fault(operation="calendarView.delta", fault=fault)
    client.fault(operation="events.list", provider="google", fault=fault)
    graph = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["value"]
    google = client.calendar("GET", JONAS, params={"singleEvents": "true"}).json()["items"]
    for first, second in (graph, google):
        assert second["start"]["dateTime"] < second["end"]["dateTime"]
        shape = {
            "unknown_zone": first["start"].get("timeZone") == "Mars/Olympus",
            "swapped_times": first["start"] == second["end"],
            "malformed_item": "end" not in first,
        }
        assert [name for name, holds in shape.items() if holds] == [fault]
    assert client.report()["checked"]["violations"] == []


def test_what_is_made_outside_the_window_comes_as_removed_although_it_stands(client: Client) -> None:
    link = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["@odata.deltaLink"]
    far = graph_event("Far", "2027-07-01T15:00:00", "2027-07-01T16:00:00")
    made = client.graph("POST", MARA, "/events", json=far).json()["id"]
    items = client.graph("GET", MARA, link).json()["value"]
    assert items == [{"id": made, "@removed": {"reason": "deleted"}}]
    assert client.graph("GET", MARA, f"/events/{made}").status_code == 200


def test_odd_faults_strike_inside_a_batch_too(client: Client) -> None:
    create(client)
    client.fault(operation="calendarView.delta", nth=1, fault="empty_page")
    client.fault(operation="calendarView.delta", nth=2, fault="403")
    url = f"/users/{MARA}/calendarView/delta?startDateTime=2027-02-20T00:00:00Z&endDateTime=2027-04-01T00:00:00Z"
    requests = [{"id": str(number), "method": "GET", "url": url} for number in (1, 2)]
    answers = client.http.post("/v1.0/$batch", headers=client.microsoft, json={"requests": requests}).json()
    first, second = sorted(answers["responses"], key=lambda item: item["id"])
    assert (first["body"]["value"], "@odata.nextLink" in first["body"]) == ([], True)
    assert second["body"]["error"]["code"] == "ErrorAccessDenied"


@pytest.mark.parametrize(
    "wrong",
    [
        {"operation": "events.create", "fault": "quotaExceeded", "provider": "microsoft"},
        {"operation": "events.create", "fault": "short_page"},
        {"operation": "events.insert", "fault": "repeated_items"},
        {"operation": "events.insert", "fault": "bad_day"},
        {"operation": "messages.delta", "fault": "swapped_times"},
    ],
)
def test_a_fault_that_cannot_be_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert client.http.post("/faults", json=wrong).status_code == 400
