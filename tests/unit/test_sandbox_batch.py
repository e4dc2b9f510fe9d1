"""The sandbox's $batch: relative requests in one, answered out of order, each with its own status and faults."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.unit.sandbox_client import JONAS, MARA, OUTLOOK, THEO, Client, graph_event, mime, sandbox

WINDOW = "startDateTime=2027-02-20T00:00:00Z&endDateTime=2027-04-01T00:00:00Z"
TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
TYPED = {"Content-Type": "application/json"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def ask(client: Client, *requests: dict[str, Any]) -> httpx.Response:
    return client.http.post("/v1.0/$batch", headers=client.microsoft, json={"requests": list(requests)})


def poll(number: int, account: str = MARA) -> dict[str, Any]:
    return {"id": str(number), "method": "GET", "url": f"/users/{account}/calendarView/delta?{WINDOW}"}


def create(number: int, account: str = MARA, **more: Any) -> dict[str, Any]:
    event = graph_event(f"Talk {number}", *TIMES)
    url = f"/users/{account}/events"
    return {"id": str(number), "method": "POST", "url": url, "headers": TYPED, "body": event} | more


def answers(response: httpx.Response) -> dict[str, dict[str, Any]]:
    assert response.status_code == 200, response.text
    return {item["id"]: item for item in response.json()["responses"]}


def test_twenty_polls_go_in_one_request_and_come_back_out_of_order(client: Client) -> None:
    response = ask(client, *(poll(number) for number in range(20)))
    found = [item["id"] for item in response.json()["responses"]]
    assert sorted(found, key=int) == [str(number) for number in range(20)]
    assert found != sorted(found, key=int)
    assert all("@odata.deltaLink" in item["body"] for item in answers(response).values())


def test_even_two_answers_never_come_in_the_order_of_their_requests(client: Client) -> None:
    for _ in range(6):
        found = [item["id"] for item in ask(client, poll(1), poll(2)).json()["responses"]]
        assert found == ["2", "1"]


def test_a_batch_counts_as_one_request_and_its_parts_are_counted_apart(client: Client) -> None:
    ask(client, poll(1), poll(2), create(3))
    report = client.report()
    assert report["requests"]["microsoft"] == {"batch": 1}
    assert report["batched"]["microsoft"] == {"calendarView.delta": 2, "events.create": 1}
    assert report["checked"] == {"requests": 3, "responses": 3, "violations": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://127.0.0.1/v1.0/users/x/events"},
        {"url": "https://graph.microsoft.com/v1.0/users/x/events"},
        {"depends_on": ["2"]},
        {"dependsOn": ["9"]},
        {"dependsOn": ["1"]},
        {"method": "FETCH"},
        {"id": 7},
        {"id": "2"},
        {"headers": {}, "body": {"subject": "x"}},
        {"headers": {"Content-Type": "text/plain"}, "body": "no base64!"},
    ],
)
def test_a_malformed_part_refuses_the_whole_batch(client: Client, wrong: dict[str, Any]) -> None:
    response = ask(client, create(1) | wrong, create(2))
    assert response.status_code == 400
    assert "batch payload" in response.json()["error"]["message"]
    assert client.events(MARA, "Talk") == []


def test_more_than_twenty_parts_or_none_are_refused(client: Client) -> None:
    assert ask(client, *(poll(number) for number in range(21))).status_code == 400
    assert ask(client).status_code == 400


def test_a_part_is_judged_like_a_request_of_its_own(client: Client) -> None:
    odd = create(1) | {"body": graph_event("Talk", *TIMES, colour="red")}
    nested = {"id": "4", "method": "POST", "url": "/$batch", "headers": TYPED, "body": {"requests": []}}
    found = answers(ask(client, odd, poll(2, JONAS), create(3), nested))
    assert [found[name]["status"] for name in "1234"] == [400, 404, 201, 400]
    assert found["2"]["body"]["error"]["code"] == "ErrorInvalidUser"


def test_a_part_has_its_own_preferences_and_not_those_of_the_batch(client: Client) -> None:
    made = answers(ask(client, create(1, headers=TYPED | {"Prefer": 'IdType="ImmutableId"'}), create(2)))
    stored = [event["id"] for event in client.events(MARA, "Talk")]
    assert made["1"]["body"]["id"] in stored
    assert made["2"]["body"]["id"] not in stored


def test_without_a_token_the_whole_batch_is_refused(client: Client) -> None:
    assert client.http.post("/v1.0/$batch", json={"requests": [poll(1)]}).status_code == 401


def test_a_fault_strikes_one_part_and_leaves_the_others_alone(client: Client) -> None:
    client.fault(operation="calendarView.delta", account=THEO, fault="429", retry_after=17)
    found = answers(ask(client, poll(1), poll(2, THEO), poll(3, THEO)))
    assert [found[name]["status"] for name in "123"] == [200, 429, 200]
    assert found["2"]["headers"]["Retry-After"] == "17"


def test_what_depends_on_a_failed_part_is_not_done_and_says_so(client: Client) -> None:
    client.fault(operation="events.create", nth=1, fault="503")
    found = answers(ask(client, create(2, dependsOn=["1"]), create(1), create(3, dependsOn=["2"]), create(4)))
    assert [found[name]["status"] for name in "1234"] == [503, 424, 424, 201]
    assert [event["subject"] for event in client.events(MARA, "Talk")] == ["Talk 4"]


def test_an_order_of_parts_is_kept(client: Client) -> None:
    answers(ask(client, create(2, dependsOn=["1"]), create(1)))
    assert [event["subject"] for event in client.events(MARA, "Talk")] == ["Talk 1", "Talk 2"]


@pytest.mark.parametrize(
    ("fault", "applied"), [("answer_lost", 2), ("truncated", 2), ("refused", 0), ("silent", 2), ("stuck", 0)]
)
def test_a_lost_connection_of_a_part_is_that_of_the_batch(client: Client, fault: str, applied: int) -> None:
    client.fault(operation="events.create", fault=fault)
    client.http.timeout = httpx.Timeout(0.5)
    with pytest.raises(httpx.TransportError):
        ask(client, create(1), create(2))
    client.http.timeout = httpx.Timeout(10)
    assert len(client.events(MARA, "Talk")) == applied


def test_a_part_whose_gateway_gave_up_was_applied(client: Client) -> None:
    client.fault(operation="events.create", fault="504")
    assert answers(ask(client, create(1)))["1"]["status"] == 504
    assert len(client.events(MARA, "Talk")) == 1


def test_the_batch_itself_can_be_throttled(client: Client) -> None:
    client.fault(operation="batch", fault="429", retry_after=600)
    throttled = ask(client, create(1))
    assert (throttled.status_code, throttled.headers["Retry-After"]) == (429, "600")
    assert client.report()["batched"]["microsoft"] == {}


def test_mime_goes_in_and_out_as_base64(client: Client) -> None:
    raw = mime(OUTLOOK, MARA, "Hi", "<a@contoso.example>")
    draft = client.graph("POST", OUTLOOK, "/messages", content=_twice(raw, 1), headers={"Content-Type": "text/plain"})
    value = {"id": "1", "method": "GET", "url": f"users/{OUTLOOK}/messages/{draft.json()['id']}/$value"}
    again = {"id": "2", "method": "POST", "url": f"/users/{OUTLOOK}/messages", "body": _twice(raw, 2)}
    found = answers(ask(client, value, again | {"headers": {"Content-Type": "text/plain"}}))
    assert found["1"]["body"] == _twice(raw, 1)
    assert found["2"]["status"] == 201


def _twice(raw: bytes, times: int) -> str:
    for _ in range(times):
        raw = base64.b64encode(raw)
    return raw.decode()
