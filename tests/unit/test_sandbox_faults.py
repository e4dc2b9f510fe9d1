"""The sandbox's fault table: what is refused, what is applied although nobody hears of it,
and what expires."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.unit.sandbox_client import GMAIL, JONAS, MARA, THEO, Client, google_event, graph_event, sandbox

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")
WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def create(client: Client, account: str = MARA) -> httpx.Response:
    return client.graph("POST", account, "/events", json=graph_event("Talk", *TIMES))


def insert(client: Client) -> httpx.Response:
    return client.calendar("POST", JONAS, json=google_event("Talk", *INSTANTS))


@pytest.mark.parametrize("fault", ["429", "503", "401"])
def test_a_refused_write_is_not_applied_on_either_cloud(client: Client, fault: str) -> None:
    client.fault(operation="events.create", nth=2, fault=fault, retry_after=17)
    client.fault(operation="events.insert", nth=1, fault=fault, retry_after=17)
    assert [create(client).status_code for _ in range(3)] == [201, int(fault), 201]
    refused = insert(client)
    assert refused.status_code == int(fault)
    assert refused.headers.get("Retry-After") == (None if fault == "401" else "17")
    assert [len(client.events(account, "Talk")) for account in (MARA, JONAS)] == [2, 0]


@pytest.mark.parametrize("fault", ["answer_lost", "truncated"])
def test_a_lost_answer_hides_a_write_that_was_applied(client: Client, fault: str) -> None:
    client.fault(operation="events.create", fault=fault)
    client.fault(operation="events.insert", fault=fault)
    for write in (create, insert):
        with pytest.raises(httpx.TransportError):
            write(client)
    assert [len(client.events(account, "Talk")) for account in (MARA, JONAS)] == [1, 1]
    assert create(client).status_code == 201


@pytest.mark.parametrize(("fault", "applied"), [("silent", 1), ("stuck", 0)])
def test_a_request_may_never_be_answered_whether_it_was_applied_or_not(
    client: Client, fault: str, applied: int
) -> None:
    client.fault(operation="events.create", fault=fault)
    client.fault(operation="events.insert", fault=fault)
    client.http.timeout = httpx.Timeout(0.3)
    for write in (create, insert):
        with pytest.raises(httpx.ReadTimeout):
            write(client)
    client.http.timeout = httpx.Timeout(10)
    assert [len(client.events(account, "Talk")) for account in (MARA, JONAS)] == [applied, applied]
    assert create(client).status_code == 201


def test_a_gateway_time_out_hides_a_write_that_was_applied(client: Client) -> None:
    client.fault(operation="events.create", fault="504")
    assert create(client).status_code == 504
    assert len(client.events(MARA, "Talk")) == 1


def test_a_refused_connection_applies_nothing(client: Client) -> None:
    client.fault(operation="events.create", fault="refused", times=2)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            create(client)
    assert create(client).status_code == 201
    assert len(client.events(MARA, "Talk")) == 1


def test_a_fault_of_one_account_leaves_the_others_alone(client: Client) -> None:
    client.fault(operation="events.create", fault="503", account=THEO)
    assert create(client, MARA).status_code == 201
    assert create(client, THEO).status_code == 503


def test_a_name_that_both_clouds_use_can_be_narrowed_to_one(client: Client) -> None:
    client.fault(operation="events.get", fault="503", provider="google")
    graph, google = create(client).json()["id"], insert(client).json()["id"]
    assert client.graph("GET", MARA, f"/events/{graph}").status_code == 200
    assert client.calendar("GET", JONAS, f"/{google}").status_code == 503


def test_an_expired_cursor_is_told_as_each_endpoint_tells_it(client: Client) -> None:
    link = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["@odata.deltaLink"]
    token = client.calendar("GET", JONAS).json()["nextSyncToken"]
    start = client.gmail("GET", GMAIL, "/profile").json()["historyId"]
    for operation in ("calendarView.delta", "events.list", "history.list"):
        client.fault(operation=operation, fault="expired_cursor")
    assert client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).status_code == 200
    gone = client.graph("GET", MARA, link)
    assert (gone.status_code, gone.json()["error"]["code"]) == (410, "syncStateNotFound")
    full = client.calendar("GET", JONAS, params={"syncToken": token})
    assert (full.status_code, full.json()["error"]["errors"][0]["reason"]) == (410, "fullSyncRequired")
    assert client.gmail("GET", GMAIL, "/history", params={"startHistoryId": start}).status_code == 404


def test_a_delay_holds_an_answer_up(client: Client) -> None:
    client.fault(operation="events.create", fault="delay_ms", delay_ms=300)
    body = graph_event("Talk", *TIMES)
    with pytest.raises(httpx.ReadTimeout):
        client.graph("POST", MARA, "/events", json=body, timeout=0.05)
    assert create(client).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"operation": "events.dance", "fault": "503"},
        {"operation": "events.get", "fault": "fire"},
        {"operation": "events.get", "fault": "503", "when": 1},
    ],
)
def test_a_fault_that_is_not_understood_is_refused_with_a_sentence(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.http.post("/faults", json=wrong)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith((".", "."))
