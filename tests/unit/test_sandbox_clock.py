"""The sandbox's clock and human hand: stopping at the first change, never past the end, acts on arrivals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.sandbox_client import (
    GMAIL,
    ISLA,
    JONAS,
    MARA,
    OUTLOOK,
    THEO,
    Client,
    gmail_send,
    graph_event,
    graph_send,
    mime,
    sandbox,
)

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def test_time_stops_at_the_first_change_and_then_goes_on(client: Client) -> None:
    busy = {"start": "2027-03-01T10:00:00Z", "end": "2027-03-01T11:00:00Z"}
    client.hand(account=MARA, act="busy", at="2027-02-23T10:00:00Z", **busy)
    client.hand(account=ISLA, act="busy", at="2027-02-23T09:00:00Z", **busy)
    client.hand(account=JONAS, act="busy", at="2027-02-23T10:00:00Z", **busy)
    assert client.advance() == ("2027-02-23T09:00:00Z", [ISLA])
    assert client.advance() == ("2027-02-23T10:00:00Z", [JONAS, MARA])
    assert client.advance("2027-02-24T00:00:00Z") == ("2027-02-24T00:00:00Z", [])


def test_time_never_goes_back(client: Client) -> None:
    client.advance("2027-02-24T00:00:00Z")
    assert client.advance("2027-02-23T00:00:00Z") == ("2027-02-24T00:00:00Z", [])
    assert client.http.get("/clock").json() == {"now": "2027-02-24T00:00:00Z"}


def test_time_never_passes_its_end() -> None:
    with sandbox(until=datetime(2027, 2, 25, tzinfo=UTC)) as client:
        busy = {"start": "2027-03-01T10:00:00Z", "end": "2027-03-01T11:00:00Z"}
        client.hand(account=MARA, act="busy", at="2027-02-26T00:00:00Z", **busy)
        assert client.advance() == ("2027-02-25T00:00:00Z", [])
        assert client.events(MARA, "Busy") == []


def test_an_own_write_is_no_hint_for_the_account_that_made_it(client: Client) -> None:
    client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES))
    assert client.advance("2027-02-24T00:00:00Z") == ("2027-02-24T00:00:00Z", [])


@pytest.mark.parametrize("wrong", [{}, {"advance_to": "tomorrow"}, {"advance_to": "2027-02-23T10:00:00"}, {"to": 1}])
def test_a_clock_order_that_is_not_understood_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.http.post("/clock", json=wrong)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"account": "nobody@x.example", "act": "move"}, "no account"),
        ({"account": MARA, "act": "dance"}, "no act"),
        ({"account": MARA, "act": "accept", "start": "2027-03-01T10:00:00Z"}, "no field 'start'"),
        ({"account": MARA, "act": "reply"}, "needs the field 'text'"),
        ({"account": MARA, "act": "move"}, "either"),
        ({"account": MARA, "act": "accept", "when": {"subject": "x"}}, "subject_has"),
        (
            {"account": MARA, "act": "accept", "when": {"subject_has": "x"}, "at": "2027-03-01T10:00:00Z"},
            "not both",
        ),
        ({"account": MARA, "act": "leave", "start": "soon", "end": "2027-03-01T10:00:00Z"}, "soon"),
        (
            {
                "account": MARA,
                "act": "busy",
                "start": "2027-03-01T10:00:00Z",
                "end": "2027-03-01T11:00:00Z",
                "status": "x",
            },
            "status",
        ),
    ],
)
def test_an_act_that_is_not_understood_is_refused_with_a_sentence(
    client: Client, wrong: dict[str, Any], word: str
) -> None:
    good = {"account": MARA, "act": "revoke"}
    answer = client.http.post("/hand", json=[good, wrong])
    assert answer.status_code == 400
    assert word in answer.json()["error"]
    client.advance()
    assert client.report()["acts"] == []


def test_a_habit_accepts_every_invitation_and_its_renewal_but_not_ones_own(client: Client) -> None:
    client.hand(account=MARA, act="accept", when={"subject_has": ""}, every=True, delay_minutes=30)
    client.graph("POST", MARA, "/events", json=graph_event("Mine", *TIMES, JONAS))
    made = client.graph("POST", OUTLOOK, "/events", json=graph_event("Theirs", *TIMES, MARA)).json()["id"]
    client.settle(60)
    assert client.events(MARA, "Theirs")[0]["response"] == "accepted"
    later = graph_event("", "2027-03-02T15:00:00", "2027-03-02T15:45:00")
    client.graph("PATCH", OUTLOOK, f"/events/{made}", json={"start": later["start"], "end": later["end"]})
    client.settle(5)
    assert client.events(MARA, "Theirs")[0]["response"] == "needsAction"
    client.settle(60)
    assert client.events(OUTLOOK, "Theirs")[0]["attendees"] == [{"address": MARA, "response": "accepted"}]
    assert client.events(MARA, "Mine")[0]["response"] == "organizer"


def test_the_nth_invitation_is_declined_and_the_others_are_left_alone(client: Client) -> None:
    client.hand(account=JONAS, act="decline", when={"subject_has": "talk", "nth": 2})
    for number in range(3):
        client.graph("POST", MARA, "/events", json=graph_event(f"Talk {number}", *TIMES, JONAS))
    client.settle()
    assert [event["response"] for event in client.events(JONAS, "Talk")] == [
        "needsAction",
        "declined",
        "needsAction",
    ]


def test_an_organisers_event_made_through_the_api_sets_off_the_organisers_hand(client: Client) -> None:
    client.hand(account=MARA, act="move", when={"subject_has": "Talk"}, delay_minutes=90, start="2027-03-04T16:00:00Z")
    client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES, JONAS))
    client.settle(120)
    times = {
        event["account"]: (event["start"], event["end"])
        for event in client.events(MARA, "T") + client.events(JONAS, "T")
    }
    moved = ("2027-03-04T16:00:00Z", "2027-03-04T16:45:00Z")
    assert times == {MARA: moved, JONAS: moved}


@pytest.mark.parametrize(
    ("person", "line"),
    [(MARA, "________________________________\r\nFrom: "), (JONAS, "On Mon, Feb 22, 2027 at 9:01 AM")],
)
def test_a_reply_quotes_the_original_as_its_cloud_does(client: Client, person: str, line: str) -> None:
    graph_send(client, OUTLOOK, mime(OUTLOOK, person, "Agenda", "<key@contoso.example>", text="What shall we do?"))
    client.hand(account=person, act="reply", when={"subject_has": "agenda"}, delay_minutes=60, text="Talk about it.")
    client.settle(120)
    (reply,) = client.mails(OUTLOOK)
    assert (reply["subject"], reply["in_reply_to"]) == ("Re: Agenda", "<key@contoso.example>")
    assert "References: <key@contoso.example>" in reply["raw"]
    assert "Talk about it." in reply["raw"]
    assert line in reply["raw"]
    assert "multipart/alternative" in reply["raw"]
    assert ("> What shall we do?" in reply["raw"]) is (person == JONAS)


def test_a_reply_goes_to_the_address_that_asks_for_replies(client: Client) -> None:
    gmail_send(client, JONAS, mime(JONAS, MARA, "Agenda", "<k@gmail.example>", f"Reply-To: {GMAIL}"))
    client.settle()
    client.hand(account=MARA, act="reply", mail={"subject_has": "Agenda"}, text="Yes")
    client.settle()
    assert [len(client.mails(account)) for account in (GMAIL, JONAS)] == [1, 0]


def test_an_automatic_calendar_mail_is_answered_by_nobody(client: Client) -> None:
    client.hand(account=MARA, act="reply", when={"subject_has": "Talk"}, text="Thanks")
    client.hand(account=JONAS, act="accept", when={"subject_has": "Talk"})
    client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES, JONAS))
    client.settle(30)
    assert client.mails(MARA, "sentitems") == []


def test_a_deletion_by_the_organisers_hand_cancels_for_all_and_a_guests_only_the_copy(client: Client) -> None:
    client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES, JONAS, THEO))
    client.settle()
    client.hand(account=THEO, act="delete", event={"subject_has": "Talk"})
    client.settle()
    assert [len(client.events(person, "Talk")) for person in (MARA, JONAS, THEO)] == [1, 1, 0]
    client.hand(account=MARA, act="delete", event={"subject_has": "Talk"})
    client.settle()
    assert client.events(MARA, "Talk") == []
    assert client.events(JONAS, "Talk")[0]["cancelled"]
    client.hand(account=MARA, act="delete", event={"subject_has": "Talk"})
    client.settle()
    assert client.report()["acts"][-1]["outcome"] == "no such event"
