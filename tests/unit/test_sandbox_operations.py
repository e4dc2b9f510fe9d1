"""Every operation of the table is served over HTTP, checked and counted under its own name."""

import base64
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from adapters.sandbox.operations import OPERATIONS
from tests.unit.sandbox_client import (
    GMAIL,
    JONAS,
    MARA,
    OUTLOOK,
    Client,
    google_event,
    graph_event,
    mime,
    sandbox,
)
from tests.unit.sandbox_listener import listening

WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}
TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")
TAG = "String {00000000-0000-4000-8000-00000000000a} Name SandboxTag"
HOOK: list[str] = []
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """One quiet sandbox for all cases, with a listener for its notices."""
    with sandbox() as found, listening() as hook:
        HOOK[:] = [hook.url]
        yield found


def event_on_graph(client: Client) -> str:
    tag = [{"id": TAG, "value": "abc"}]
    body = graph_event("Talk", *TIMES, JONAS, singleValueExtendedProperties=tag)
    return str(client.graph("POST", MARA, "/events", json=body).json()["id"])


def event_on_google(client: Client) -> str:
    return str(client.calendar("POST", JONAS, json=google_event("Talk", *INSTANTS, MARA)).json()["id"])


def draft_on_graph(client: Client) -> str:
    raw = base64.b64encode(mime(OUTLOOK, JONAS, "Hi", "<a@contoso.example>"))
    return str(client.graph("POST", OUTLOOK, "/messages", content=raw, headers=PLAIN).json()["id"])


def draft_on_google(client: Client) -> dict[str, Any]:
    raw = base64.urlsafe_b64encode(mime(GMAIL, MARA, "Hi", "<b@gmail.example>")).decode()
    found: dict[str, Any] = client.gmail("POST", GMAIL, "/drafts", json={"message": {"raw": raw}}).json()
    return found


def second(client: Client, account: str) -> str:
    """The id of a person's second calendar."""
    found = client.world.accounts[account]
    return (found.calendars()[1] if found.others else found.add_calendar("Family", "")).id


def wish() -> dict[str, Any]:
    """The body of a new subscription at the listener."""
    return {
        "changeType": "updated",
        "notificationUrl": HOOK[0],
        "resource": f"/users/{MARA}/events",
        "expirationDateTime": "2027-02-23T08:00:00Z",
    }


def subscribed(client: Client) -> str:
    made = client.http.post("/v1.0/subscriptions", headers=client.microsoft, json=wish())
    return f"/v1.0/subscriptions/{made.json()['id']}"


def watched(client: Client, name: str) -> httpx.Response:
    body = {"id": name, "type": "web_hook", "address": HOOK[0]}
    return client.calendar("POST", JONAS, "/watch", json=body)


def stopping(opened: httpx.Response) -> dict[str, Any]:
    return {name: opened.json()[name] for name in ("id", "resourceId")}


def schedule(*people: str) -> dict[str, Any]:
    start, end = ({"dateTime": at, "timeZone": "UTC"} for at in ("2027-03-01T00:00:00", "2027-03-02T00:00:00"))
    return {"Schedules": list(people), "StartTime": start, "EndTime": end, "AvailabilityViewInterval": 30}


def free_busy(*people: str) -> dict[str, Any]:
    window = {"timeMin": "2027-03-01T00:00:00Z", "timeMax": "2027-03-02T00:00:00Z"}
    return window | {"items": [{"id": person} for person in people]}


Ask = Callable[[Client], httpx.Response]
FILTER = f"singleValueExtendedProperties/Any(ep: ep/id eq '{TAG}' and ep/value eq 'ABC')"
GRAPH: dict[str, tuple[int, Ask]] = {
    "calendarView.delta": (200, lambda c: c.graph("GET", MARA, "/calendarView/delta()", params=WINDOW)),
    "calendarView.list": (200, lambda c: c.graph("GET", MARA, "/calendarView", params=WINDOW)),
    "calendars.list": (200, lambda c: c.graph("GET", MARA, "/calendars")),
    "calendars.get": (200, lambda c: c.graph("GET", MARA, f"/calendars/{second(c, MARA)}")),
    "calendars.delta": (
        200,
        lambda c: c.graph("GET", MARA, f"/calendars/{second(c, MARA)}/calendarView/delta", params=WINDOW),
    ),
    "calendars.view": (
        200,
        lambda c: c.graph("GET", MARA, f"/calendars/{second(c, MARA)}/calendarView", params=WINDOW),
    ),
    "events.list": (200, lambda c: c.graph("GET", MARA, "/events", params={"$filter": FILTER})),
    "events.get": (200, lambda c: c.graph("GET", MARA, f"/events/{event_on_graph(c)}")),
    "events.create": (201, lambda c: c.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES))),
    "events.move": (
        200,
        lambda c: c.graph("PATCH", MARA, f"/events/{event_on_graph(c)}", json={"subject": "T"}),
    ),
    "events.cancel": (
        202,
        lambda c: c.graph("POST", MARA, f"/events/{event_on_graph(c)}/cancel", json={"Comment": "x"}),
    ),
    "events.delete": (204, lambda c: c.graph("DELETE", MARA, f"/events/{event_on_graph(c)}")),
    "getSchedule": (
        200,
        lambda c: c.graph("POST", OUTLOOK, "/calendar/getSchedule", json=schedule(MARA, "x@y.example")),
    ),
    "subscriptions.create": (201, lambda c: c.http.post("/v1.0/subscriptions", headers=c.microsoft, json=wish())),
    "subscriptions.list": (200, lambda c: c.http.get("/v1.0/subscriptions", headers=c.microsoft)),
    "subscriptions.get": (200, lambda c: c.http.get(subscribed(c), headers=c.microsoft)),
    "subscriptions.renew": (
        200,
        lambda c: c.http.patch(subscribed(c), headers=c.microsoft, json={"expirationDateTime": "2027-02-23T10:00:00Z"}),
    ),
    "subscriptions.delete": (204, lambda c: c.http.delete(subscribed(c), headers=c.microsoft)),
    "subscriptions.reauthorize": (204, lambda c: c.http.post(f"{subscribed(c)}/reauthorize", headers=c.microsoft)),
    "messages.delta": (200, lambda c: c.graph("GET", OUTLOOK, "/mailFolders/inbox/messages/delta")),
    "messages.list": (
        200,
        lambda c: c.graph("GET", OUTLOOK, "/messages", params={"$filter": "subject eq 'Hi'"}),
    ),
    "folder.messages": (200, lambda c: c.graph("GET", OUTLOOK, "/mailFolders/sentitems/messages")),
    "messages.get": (200, lambda c: c.graph("GET", OUTLOOK, f"/messages/{draft_on_graph(c)}")),
    "messages.value": (200, lambda c: c.graph("GET", OUTLOOK, f"/messages/{draft_on_graph(c)}/$value")),
    "messages.createDraft": (
        201,
        lambda c: c.graph(
            "POST",
            OUTLOOK,
            "/messages",
            content=base64.b64encode(mime(OUTLOOK, JONAS, "Hi", "<c@contoso.example>")),
            headers=PLAIN,
        ),
    ),
    "messages.send": (202, lambda c: c.graph("POST", OUTLOOK, f"/messages/{draft_on_graph(c)}/send")),
    "mailboxSettings.get": (200, lambda c: c.graph("GET", MARA, "/mailboxSettings")),
}
GOOGLE: dict[str, tuple[int, Ask]] = {
    "events.list": (200, lambda c: c.calendar("GET", JONAS, params={"singleEvents": "true"})),
    "events.get": (200, lambda c: c.calendar("GET", JONAS, f"/{event_on_google(c)}")),
    "events.insert": (200, lambda c: c.calendar("POST", JONAS, json=google_event("Talk", *INSTANTS))),
    "events.patch": (
        200,
        lambda c: c.calendar("PATCH", JONAS, f"/{event_on_google(c)}", json={"summary": "T"}),
    ),
    "events.delete": (204, lambda c: c.calendar("DELETE", JONAS, f"/{event_on_google(c)}")),
    "freebusy.query": (
        200,
        lambda c: c.http.post("/calendar/v3/freeBusy", headers=c.google, json=free_busy(JONAS, MARA)),
    ),
    "calendars.get": (200, lambda c: c.http.get(f"/calendar/v3/calendars/{JONAS}", headers=c.google)),
    "events.watch": (200, lambda c: watched(c, "w1")),
    "channels.stop": (
        204,
        lambda c: c.http.post("/calendar/v3/channels/stop", headers=c.google, json=stopping(watched(c, "w2"))),
    ),
    "calendarList.list": (
        200,
        lambda c: c.http.get("/calendar/v3/users/me/calendarList", headers=own_token(c)),
    ),
    "settings.get": (
        200,
        lambda c: c.http.get("/calendar/v3/users/me/settings/timezone", headers=own_token(c)),
    ),
    "users.getProfile": (200, lambda c: c.gmail("GET", GMAIL, "/profile")),
    "history.list": (200, lambda c: c.gmail("GET", GMAIL, "/history", params={"startHistoryId": "1000"})),
    "messages.list": (
        200,
        lambda c: c.gmail("GET", GMAIL, "/messages", params={"q": "in:anywhere subject:Hi"}),
    ),
    "messages.get": (
        200,
        lambda c: c.gmail("GET", GMAIL, f"/messages/{draft_on_google(c)['message']['id']}"),
    ),
    "drafts.create": (
        200,
        lambda c: c.gmail(
            "POST",
            GMAIL,
            "/drafts",
            json={"message": {"raw": base64.urlsafe_b64encode(b"To: a@b.example\n\n").decode()}},
        ),
    ),
    "drafts.send": (
        200,
        lambda c: c.gmail("POST", GMAIL, "/drafts/send", json={"id": draft_on_google(c)["id"]}),
    ),
    "drafts.list": (200, lambda c: c.gmail("GET", GMAIL, "/drafts")),
    "drafts.get": (200, lambda c: c.gmail("GET", GMAIL, f"/drafts/{draft_on_google(c)['id']}")),
    "threads.get": (
        200,
        lambda c: c.gmail("GET", GMAIL, f"/threads/{draft_on_google(c)['message']['threadId']}"),
    ),
}


def own_token(client: Client) -> dict[str, str]:
    """A token bound to one person, for paths that say `me`."""
    return {"Authorization": f"Bearer {client.world.issue('google', JONAS)}"}


def test_the_table_and_this_test_name_the_same_operations() -> None:
    served = {(operation.provider, operation.name) for operation in OPERATIONS}
    assert served == {("microsoft", name) for name in GRAPH} | {("google", name) for name in GOOGLE}


CASES = [("microsoft", name, *case) for name, case in GRAPH.items()] + [
    ("google", name, *case) for name, case in GOOGLE.items()
]


@pytest.mark.parametrize(("provider", "name", "status", "ask"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_an_operation_is_served_checked_and_counted(
    client: Client, provider: str, name: str, status: int, ask: Ask
) -> None:
    answer = ask(client)
    assert answer.status_code == status, answer.text
    report = client.report()
    assert report["requests"][provider][name] >= 1
    assert report["checked"]["requests"] == report["checked"]["responses"]
    assert report["checked"]["violations"] == []


@pytest.mark.parametrize("path", ["/v1.0/users/a@b.example/contacts", "/calendar/v3/colors", "/nowhere"])
def test_what_is_not_in_the_table_is_refused(client: Client, path: str) -> None:
    assert client.http.get(path, headers=client.microsoft).status_code in (400, 404)


def test_no_answer_carries_the_wall_clock_or_the_servers_name(client: Client) -> None:
    headers = client.graph("GET", MARA, "/mailboxSettings").headers
    assert "date" not in headers
    assert "server" not in headers
