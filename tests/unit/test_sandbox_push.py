"""Push from the sandbox's clouds: handshakes, ends and renewals, notices after a change, and notices gone astray."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.unit.sandbox_client import JONAS, MARA, OUTLOOK, THEO, Client, graph_send, mime, sandbox
from tests.unit.sandbox_client import START as NOW
from tests.unit.sandbox_listener import Listener, listening

BUSY = {"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T16:00:00Z"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Listener]:
    with listening() as found:
        yield found


def minutes(number: float) -> str:
    return (NOW + timedelta(minutes=number)).isoformat().replace("+00:00", "Z")


def order(hook: Listener, **fields: Any) -> dict[str, Any]:
    full = {
        "changeType": "created,updated,deleted",
        "notificationUrl": hook.url,
        "lifecycleNotificationUrl": f"{hook.url}?life=1",
        "resource": f"/users/{MARA}/events",
        "expirationDateTime": minutes(4200),
        "clientState": "s3cret",
    } | fields
    return {name: value for name, value in full.items() if value is not None}


def subscribe(client: Client, hook: Listener, **fields: Any) -> httpx.Response:
    return client.http.post("/v1.0/subscriptions", headers=client.microsoft, json=order(hook, **fields))


def subscription(client: Client, hook: Listener, **fields: Any) -> str:
    answer = subscribe(client, hook, **fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def watch(client: Client, hook: Listener, **fields: Any) -> httpx.Response:
    body = {"id": "channel-1", "type": "web_hook", "address": hook.url, "token": "s3cret"} | fields
    return client.calendar("POST", JONAS, "/watch", json=body)


def act(client: Client, account: str = MARA, /, **fields: Any) -> None:
    client.hand(account=account, **(fields or {"act": "busy", "subject": "Talk", **BUSY}))
    client.settle()


def test_a_change_is_told_at_once_with_the_clients_state_and_the_id(client: Client, hook: Listener) -> None:
    identity = subscription(client, hook)
    act(client)
    (item,) = hook.items()
    event = client.events(MARA, "Talk")[0]["id"]
    assert (item["subscriptionId"], item["clientState"], item["changeType"]) == (identity, "s3cret", "created")
    assert item["resourceData"]["id"] == event
    assert MARA not in item["resource"]
    act(client, act="move", event={"subject_has": "Talk"}, shift_minutes=30)
    act(client, act="delete", event={"subject_has": "Talk"})
    assert [item["changeType"] for item in hook.items()] == ["created", "updated", "deleted"]


def test_what_the_api_changed_is_told_before_time_goes_on(client: Client, hook: Listener) -> None:
    subscription(client, hook)
    subscription(client, hook, resource=f"users/{THEO}/events")
    for account in (MARA, THEO):
        body = {"dateTime": "2027-03-01T15:00:00", "timeZone": "UTC"}
        client.graph("POST", account, "/events", json={"subject": "Talk", "start": body, "end": body})
    assert hook.calls == []
    client.advance("2027-02-22T08:00:00Z")
    assert len(hook.calls) == 1
    assert len(hook.items()) == 2


def test_mail_that_arrives_is_told_to_who_watches_the_inbox(client: Client, hook: Listener) -> None:
    subscription(client, hook, resource=f"/users/{OUTLOOK}/mailFolders('inbox')/messages", changeType="created")
    graph_send(client, MARA, mime(MARA, OUTLOOK, "Hi", "<a@contoso.example>"))
    client.settle()
    (item,) = hook.items()
    found = client.graph("GET", OUTLOOK, f"/messages/{item['resourceData']['id']}").json()
    assert found["subject"] == "Hi"


@pytest.mark.parametrize(
    "wrong",
    [
        {"expirationDateTime": minutes(10_071)},
        {"expirationDateTime": minutes(-1)},
        {"expirationDateTime": None},
        {"clientState": "x" * 129},
        {"changeType": "created,moved"},
        {"resource": "/users/x/contacts"},
        {"notificationUrl": "https://example.com/hook"},
        {"includeResourceData": True},
        {"colour": "red"},
    ],
)
def test_a_subscription_that_graph_would_not_take_is_refused(
    client: Client, hook: Listener, wrong: dict[str, Any]
) -> None:
    assert subscribe(client, hook, **wrong).status_code == 400


def test_the_longest_and_the_shortest_life(client: Client, hook: Listener) -> None:
    longest = subscribe(client, hook, expirationDateTime=minutes(10_070)).json()
    shortest = subscribe(client, hook, expirationDateTime=minutes(5)).json()
    assert longest["expirationDateTime"] == minutes(10_070)
    assert shortest["expirationDateTime"] == minutes(45)
    assert shortest["clientState"] is None


@pytest.mark.parametrize(
    ("echo", "kind"),
    [('"{token}"', "text/plain"), ("{token}", "text/html"), ("", "text/plain"), ("{token} ", "text/plain")],
)
def test_a_handshake_that_is_not_answered_exactly_is_refused(
    client: Client, hook: Listener, echo: str, kind: str
) -> None:
    hook.echo, hook.kind = echo, kind
    answer = subscribe(client, hook)
    assert (answer.status_code, "validation" in answer.json()["error"]["message"]) == (400, True)


def test_a_subscription_is_listed_renewed_confirmed_and_deleted(client: Client, hook: Listener) -> None:
    identity = subscription(client, hook)

    def ask(verb: str, rest: str = "", **options: Any) -> httpx.Response:
        return client.http.request(verb, f"/v1.0/subscriptions{rest}", headers=client.microsoft, **options)

    assert [item["id"] for item in ask("GET").json()["value"]] == [identity]
    renewed = ask("PATCH", f"/{identity}", json={"expirationDateTime": minutes(9000)})
    assert renewed.json()["expirationDateTime"] == minutes(9000)
    assert ask("PATCH", f"/{identity}", json={"lifecycleNotificationUrl": hook.url}).status_code == 400
    assert ask("PATCH", f"/{identity}", json={"expirationDateTime": minutes(90_000)}).status_code == 400
    assert ask("POST", f"/{identity}/reauthorize").status_code == 204
    assert ask("DELETE", f"/{identity}").status_code == 204
    assert ask("GET", f"/{identity}").status_code == 404
    act(client)
    assert hook.calls == []


def test_a_subscription_asks_for_its_renewal_and_then_ends(client: Client, hook: Listener) -> None:
    subscription(client, hook, expirationDateTime=minutes(200))
    client.settle(100)
    client.settle(10)
    (item,) = hook.items()
    assert (item["lifecycleEvent"], hook.calls[0][0]) == ("reauthorizationRequired", "/hook?life=1")
    client.settle(120)
    act(client)
    assert len(hook.items()) == 1


def test_lost_consent_and_a_lost_mailbox_show_in_the_lifecycle(client: Client, hook: Listener) -> None:
    subscription(client, hook)
    for name in ("revoke", "gone"):
        client.hand(account=MARA, act=name)
        client.settle()
    assert [item["lifecycleEvent"] for item in hook.items()] == ["reauthorizationRequired", "subscriptionRemoved"]
    assert subscribe(client, hook).status_code == 404


@pytest.mark.parametrize(
    ("fault", "kinds"),
    [
        ("notification_lost", ["updated"]),
        ("notification_doubled", ["created", "created", "updated"]),
        ("notification_reordered", ["updated", "created"]),
    ],
)
def test_notices_get_lost_come_twice_and_overtake_each_other(
    client: Client, hook: Listener, fault: str, kinds: list[str]
) -> None:
    subscription(client, hook)
    client.fault(operation="notification", fault=fault, account=MARA)
    client.hand(account=MARA, act="busy", subject="Talk", **BUSY)
    client.hand(account=MARA, act="move", event={"subject_has": "Talk"}, shift_minutes=30, delay_minutes=1)
    client.advance()
    client.settle()
    assert [item["changeType"] for item in hook.items()] == kinds
    assert client.report()["notifications"][fault] == 1


@pytest.mark.parametrize(
    ("fault", "event", "told"),
    [
        ("notification_missed", "missed", 0),
        ("subscription_removed", "subscriptionRemoved", 0),
        ("reauthorization_required", "reauthorizationRequired", 1),
    ],
)
def test_graph_says_what_became_of_a_subscription(
    client: Client, hook: Listener, fault: str, event: str, told: int
) -> None:
    identity = subscription(client, hook)
    client.fault(operation="notification", fault=fault)
    act(client)
    life = [item["lifecycleEvent"] for item in hook.items() if "lifecycleEvent" in item]
    assert (life, len(hook.items()) - 1) == ([event], told)
    there = client.http.get(f"/v1.0/subscriptions/{identity}", headers=client.microsoft)
    assert there.status_code == (404 if fault == "subscription_removed" else 200)


def test_a_notice_that_is_not_taken_comes_again_for_four_hours(client: Client, hook: Listener) -> None:
    subscription(client, hook)
    hook.status = 503
    act(client)
    hook.status = 202
    client.settle(10)
    assert {item["changeType"] for item in hook.items()} == {"created"}
    tried = len(hook.calls)
    assert tried >= 2
    client.settle(10)
    assert len(hook.calls) == tried


def test_a_channel_says_sync_and_then_that_something_exists_without_any_body(client: Client, hook: Listener) -> None:
    made = watch(client, hook).json()
    assert made["expiration"] == str(int((NOW + timedelta(days=7)).timestamp() * 1000))
    for _ in range(3):
        act(client, JONAS)
    assert hook.states() == ["sync", "exists", "exists", "exists"]
    numbers = [int(headers["x-goog-message-number"]) for _, headers, _ in hook.calls]
    assert numbers == sorted(set(numbers))
    assert numbers != list(range(1, 5))
    headers = hook.calls[-1][1]
    assert (headers["x-goog-channel-id"], headers["x-goog-channel-token"]) == ("channel-1", "s3cret")
    assert (headers["x-goog-resource-id"], headers["content-length"]) == (made["resourceId"], "0")
    assert headers["x-goog-channel-expiration"] == "Mon, 01 Mar 2027 08:00:00 GMT"
    assert client.report()["checked"]["violations"] == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": "x" * 65}, "invalid"),
        ({"id": "so so"}, "invalid"),
        ({"type": "pubsub"}, "invalid"),
        ({"address": "https://example.com/hook"}, "push.webhookUrlNotHttps"),
        ({"id": "taken"}, "channelIdNotUnique"),
    ],
)
def test_a_channel_that_google_would_not_open_is_refused(
    client: Client, hook: Listener, wrong: dict[str, Any], reason: str
) -> None:
    watch(client, hook, id="taken")
    answer = watch(client, hook, **wrong)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (400, reason)


def test_a_stopped_channel_fires_once_more_at_most_and_its_end_is_seven_days_away(
    client: Client, hook: Listener
) -> None:
    made = watch(client, hook, expiration=str(int((NOW + timedelta(days=30)).timestamp() * 1000))).json()
    assert made["expiration"] == str(int((NOW + timedelta(days=7)).timestamp() * 1000))
    client.settle()
    stop = {"id": made["id"], "resourceId": made["resourceId"]}
    wrong = client.http.post("/calendar/v3/channels/stop", headers=client.google, json=stop | {"resourceId": "x"})
    assert wrong.status_code == 404
    assert client.http.post("/calendar/v3/channels/stop", headers=client.google, json=stop).status_code == 204
    assert client.http.post("/calendar/v3/channels/stop", headers=client.google, json=stop).status_code == 404
    for _ in range(3):
        act(client, JONAS)
    assert hook.states() in (["sync"], ["sync", "exists"])


def test_a_channel_ends_after_seven_days(client: Client, hook: Listener) -> None:
    watch(client, hook)
    client.settle(7 * 24 * 60)
    act(client, JONAS)
    assert hook.states() == ["sync"]


@pytest.mark.parametrize(("fault", "states"), [("notification_lost", 1), ("notification_doubled", 3)])
def test_a_channels_message_gets_lost_or_comes_twice(client: Client, hook: Listener, fault: str, states: int) -> None:
    watch(client, hook)
    client.fault(operation="notification", provider="google", fault=fault)
    act(client, JONAS)
    assert len(hook.states()) == states


def test_a_fault_of_a_request_is_none_of_a_notice(client: Client) -> None:
    for operation, fault in (("notification", "429"), ("events.create", "notification_lost")):
        answer = client.http.post("/faults", json={"operation": operation, "fault": fault})
        assert answer.status_code == 400
