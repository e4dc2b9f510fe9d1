"""What the sandbox loses or delays on its way, and people who act between a client's look and its request."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import GMAIL, JONAS, MARA, OUTLOOK, Client, google_event, graph_event, sandbox

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")
TALK = {"subject_has": "Talk"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def from_graph(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.graph(
        "POST", OUTLOOK, "/events", json=graph_event("Talk", *TIMES, MARA, JONAS)
    ).json()
    return found


def test_an_invitation_gets_lost_for_one_guest_and_an_update_heals_it(client: Client) -> None:
    client.fault(operation="invitation", fault="lost", account=JONAS)
    made = from_graph(client)
    client.settle()
    assert [len(client.events(guest, "Talk")) for guest in (MARA, JONAS)] == [1, 0]
    client.graph("PATCH", OUTLOOK, f"/events/{made['id']}", json={"subject": "Talk again"})
    client.settle()
    assert len(client.events(JONAS, "Talk again")) == 1


def test_an_invitation_comes_late(client: Client) -> None:
    client.fault(operation="invitation", fault="late", delay_minutes=90, provider="google")
    from_graph(client)
    client.settle(60)
    assert client.events(JONAS, "Talk") == []
    client.settle(60)
    assert len(client.events(JONAS, "Talk")) == 1


def test_an_answer_gets_lost_and_stays_on_the_guests_copy(client: Client) -> None:
    from_graph(client)
    client.settle()
    client.fault(operation="answer", fault="lost", account=OUTLOOK)
    client.hand(account=MARA, act="accept", event=TALK)
    client.settle()
    assert client.events(MARA, "Talk")[0]["response"] == "accepted"
    assert client.events(OUTLOOK, "Talk")[0]["attendees"][0]["response"] == "needsAction"


def test_a_cancellation_gets_lost_and_the_guests_copy_stands(client: Client) -> None:
    made = from_graph(client)
    client.settle()
    client.fault(operation="invitation", fault="lost", account=MARA)
    client.graph("POST", OUTLOOK, f"/events/{made['id']}/cancel", json={})
    client.settle()
    assert [client.events(guest, "Talk")[0]["cancelled"] for guest in (MARA, JONAS)] == [False, True]


def test_a_mail_gets_lost(client: Client) -> None:
    client.fault(operation="mail", fault="lost", account=JONAS)
    for subject in ("One", "Two"):
        client.hand(account=MARA, act="send", to=JONAS, subject=subject, text="Hi")
        client.settle(90)
    assert [mail["subject"] for mail in client.mails(JONAS)] == ["Two"]


def test_a_person_who_is_quicker_makes_the_lock_stale_on_both_clouds(client: Client) -> None:
    graph = from_graph(client)
    google = client.calendar("POST", GMAIL, json=google_event("Talk", *INSTANTS)).json()
    for account, operation in ((OUTLOOK, "events.move"), (GMAIL, "events.patch")):
        move = {"account": account, "act": "move", "event": TALK, "shift_minutes": 30}
        client.fault(operation=operation, fault="hand_first", act=move)
    lock = {"If-Match": graph["@odata.etag"]}
    late = client.graph("PATCH", OUTLOOK, f"/events/{graph['id']}", json={"subject": "X"}, headers=lock)
    lock = {"If-Match": google["etag"]}
    later = client.calendar("PATCH", GMAIL, f"/{google['id']}", json={"summary": "X"}, headers=lock)
    assert (late.status_code, later.status_code) == (412, 412)
    for account in (OUTLOOK, GMAIL):
        assert client.events(account, "Talk")[0]["start"] == "2027-03-01T15:30:00Z"


def test_a_person_acts_right_after_a_request(client: Client) -> None:
    move = {"account": OUTLOOK, "act": "move", "event": TALK, "shift_minutes": 30}
    client.fault(operation="events.create", fault="hand_after", act=move)
    made = from_graph(client)
    assert made["start"]["dateTime"][:16] == "2027-03-01T15:00"
    assert client.events(OUTLOOK, "Talk")[0]["start"] == "2027-03-01T15:30:00Z"
    assert client.report()["acts"][-1]["outcome"] == "done"


@pytest.mark.parametrize(
    "wrong",
    [
        {"operation": "events.move", "fault": "hand_first"},
        {"operation": "events.move", "fault": "429", "act": {"account": MARA, "act": "gone"}},
        {"operation": "events.move", "fault": "hand_first", "act": {"account": MARA, "act": "dance"}},
        {"operation": "events.move", "fault": "hand_first", "act": {"account": MARA, "act": "gone", "every": True}},
        {"operation": "invitation", "fault": "429"},
        {"operation": "events.move", "fault": "lost"},
    ],
)
def test_a_fault_of_this_kind_that_cannot_be_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert client.http.post("/faults", json=wrong).status_code == 400
