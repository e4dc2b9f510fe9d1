"""Meetings travel between the two clouds of the sandbox: invitation, move, answer,
proposal and cancellation."""

from collections.abc import Iterator

import pytest

from tests.unit.sandbox_client import (
    GMAIL,
    JONAS,
    MARA,
    OUTLOOK,
    THEO,
    Client,
    google_event,
    graph_event,
    sandbox,
)

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def from_graph(client: Client, *guests: str) -> str:
    answer = client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES, *guests))
    return str(answer.json()["id"])


def from_google(client: Client, *guests: str, updates: str = "all") -> str:
    body = google_event("Talk", *INSTANTS, *guests)
    return str(client.calendar("POST", JONAS, json=body, params={"sendUpdates": updates}).json()["id"])


def test_an_invitation_from_outlook_arrives_in_google_a_minute_later_unanswered(client: Client) -> None:
    from_graph(client, JONAS)
    assert client.events(JONAS, "Talk") == []
    assert client.advance() == ("2027-02-22T08:01:00Z", [JONAS])
    (mine,), (theirs,) = client.events(MARA, "Talk"), client.events(JONAS, "Talk")
    assert theirs["ical_uid"] == mine["ical_uid"]
    assert (theirs["organiser"], theirs["response"]) == (MARA, "needsAction")
    assert (theirs["start"], theirs["end"]) == INSTANTS


def test_an_invitation_from_google_arrives_in_outlook_as_tentative(client: Client) -> None:
    from_google(client, MARA)
    client.settle()
    (theirs,) = client.events(MARA, "Talk")
    seen = client.graph("GET", MARA, f"/events/{theirs['id']}").json()
    assert seen["showAs"] == "tentative"
    assert seen["responseStatus"]["response"] == "notResponded"
    assert seen["organizer"]["emailAddress"]["address"] == JONAS
    assert not seen["isOrganizer"]


@pytest.mark.parametrize(("updates", "reached"), [("all", 1), ("externalOnly", 1), ("none", 0)])
def test_google_tells_its_guests_only_when_asked_to(client: Client, updates: str, reached: int) -> None:
    from_google(client, MARA, updates=updates)
    client.settle()
    assert len(client.events(MARA, "Talk")) == reached


def test_an_acceptance_in_google_reaches_the_organiser_in_outlook_with_a_calendar_mail(
    client: Client,
) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    client.hand(account=JONAS, act="accept", event={"subject_has": "Talk"})
    assert client.advance()[1] == [JONAS]
    assert client.advance()[1] == [MARA]
    (guest,) = client.graph("GET", MARA, f"/events/{identity}").json()["attendees"]
    assert guest["status"]["response"] == "accepted"
    (mail,) = client.mails(MARA)
    assert mail["subject"] == "Accepted: Talk"
    assert "METHOD:REPLY" in mail["raw"]


def test_a_guest_of_google_answers_through_the_api_too(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    (theirs,) = client.events(JONAS, "Talk")
    answer = {"attendees": [{"email": JONAS, "responseStatus": "tentative"}]}
    assert client.calendar("PATCH", JONAS, f"/{theirs['id']}", json=answer).status_code == 200
    client.settle()
    (guest,) = client.graph("GET", MARA, f"/events/{identity}").json()["attendees"]
    assert guest["status"]["response"] == "tentativelyAccepted"


def test_a_decline_in_outlook_takes_the_copy_away_and_reaches_google(client: Client) -> None:
    identity = from_google(client, MARA)
    client.settle()
    client.hand(account=MARA, act="decline", event={"subject_has": "Talk"}, comment="In a train")
    client.settle()
    assert client.events(MARA, "Talk") == []
    (guest,) = client.calendar("GET", JONAS, f"/{identity}").json()["attendees"]
    assert (guest["responseStatus"], guest["comment"]) == ("declined", "In a train")


def test_a_move_by_the_organiser_reaches_the_guest_and_asks_anew(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.hand(account=JONAS, act="accept", when={"subject_has": "Talk"})
    client.settle()
    start = {"dateTime": "2027-03-02T16:00:00.0000000", "timeZone": "UTC"}
    end = {"dateTime": "2027-03-02T10:45:00", "timeZone": "Central Standard Time"}
    moved = client.graph("PATCH", MARA, f"/events/{identity}", json={"start": start, "end": end})
    assert moved.json()["attendees"][0]["status"]["response"] == "none"
    client.settle()
    (theirs,) = client.events(JONAS, "Talk")
    assert (theirs["start"], theirs["end"]) == ("2027-03-02T16:00:00Z", "2027-03-02T16:45:00Z")
    assert theirs["response"] == "needsAction"


def test_a_guests_move_in_outlook_stays_on_the_guests_copy(client: Client) -> None:
    identity = from_google(client, MARA)
    client.settle()
    client.hand(account=MARA, act="move", event={"subject_has": "Talk"}, shift_minutes=30)
    client.settle()
    (theirs,) = client.events(MARA, "Talk")
    assert theirs["start"] == "2027-03-01T15:30:00Z"
    assert client.calendar("GET", JONAS, f"/{identity}").json()["start"]["dateTime"] == "2027-03-01T16:00:00+01:00"


def test_a_guests_move_in_google_is_answered_with_200_and_changes_nothing(client: Client) -> None:
    from_graph(client, JONAS)
    client.settle()
    (theirs,) = client.events(JONAS, "Talk")
    later = google_event("Else", "2027-03-05T15:00:00Z", "2027-03-05T16:00:00Z")
    answer = client.calendar("PATCH", JONAS, f"/{theirs['id']}", json={"start": later["start"], "end": later["end"]})
    assert answer.status_code == 200
    client.hand(account=JONAS, act="move", event={"subject_has": "Talk"}, shift_minutes=60)
    client.settle()
    assert client.events(JONAS, "Talk") == [theirs]
    assert client.report()["acts"][-1]["outcome"] == "a guest cannot move an event in Google"


def test_a_proposal_stands_at_the_organisers_guest_and_comes_as_a_counter_mail(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    times = {"start": "2027-03-03T15:00:00Z", "end": "2027-03-03T15:45:00Z"}
    client.hand(account=JONAS, act="propose", event={"subject_has": "Talk"}, **times)
    client.settle()
    (guest,) = client.graph("GET", MARA, f"/events/{identity}").json()["attendees"]
    assert guest["proposedNewTime"]["start"]["dateTime"] == "2027-03-03T15:00:00.0000000"
    assert "METHOD:COUNTER" in client.mails(MARA)[0]["raw"]


def test_a_cancellation_in_outlook_shows_in_google_as_cancelled(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    assert client.graph("POST", MARA, f"/events/{identity}/cancel", json={}).status_code == 202
    assert client.graph("GET", MARA, f"/events/{identity}").status_code == 404
    client.settle()
    (theirs,) = client.events(JONAS, "Talk")
    assert theirs["cancelled"]
    assert client.calendar("GET", JONAS, f"/{theirs['id']}").json()["status"] == "cancelled"


def test_a_deletion_in_google_is_shown_in_outlook_for_a_day_and_then_gone(client: Client) -> None:
    identity = from_google(client, MARA)
    client.settle()
    assert client.calendar("DELETE", JONAS, f"/{identity}", params={"sendUpdates": "all"}).status_code == 204
    client.settle()
    (theirs,) = client.events(MARA, "Talk")
    seen = client.graph("GET", MARA, f"/events/{theirs['id']}").json()
    assert (seen["isCancelled"], seen["subject"]) == (True, "Canceled: Talk")
    client.settle(minutes=24 * 60)
    assert client.graph("GET", MARA, f"/events/{theirs['id']}").status_code == 404


def test_only_the_organiser_may_cancel(client: Client) -> None:
    from_google(client, MARA)
    client.settle()
    (theirs,) = client.events(MARA, "Talk")
    assert client.graph("POST", MARA, f"/events/{theirs['id']}/cancel", json={}).status_code == 400


def test_a_guest_taken_off_the_list_gets_a_cancellation_and_a_new_one_an_invitation(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    guests = graph_event("Talk", *TIMES, THEO)["attendees"]
    client.graph("PATCH", MARA, f"/events/{identity}", json={"attendees": guests})
    client.settle()
    assert client.events(JONAS, "Talk")[0]["cancelled"]
    assert len(client.events(THEO, "Talk")) == 1


def test_an_answer_to_an_older_invitation_no_longer_counts(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    client.hand(account=JONAS, act="accept", event={"subject_has": "Talk"})
    client.advance()
    later = {"start": {"dateTime": "2027-03-02T16:00:00", "timeZone": "UTC"}}
    end = {"end": {"dateTime": "2027-03-02T17:00:00", "timeZone": "UTC"}}
    client.graph("PATCH", MARA, f"/events/{identity}", json=later | end)
    client.settle()
    (guest,) = client.graph("GET", MARA, f"/events/{identity}").json()["attendees"]
    assert guest["status"]["response"] == "none"


def test_an_answer_still_counts_when_only_the_words_have_changed_since(client: Client) -> None:
    identity = from_graph(client, JONAS)
    client.settle()
    client.hand(account=JONAS, act="accept", event={"subject_has": "Talk"})
    client.advance()
    client.graph("PATCH", MARA, f"/events/{identity}", json={"subject": "Talk and tea"})
    client.settle()
    (guest,) = client.graph("GET", MARA, f"/events/{identity}").json()["attendees"]
    assert guest["status"]["response"] == "accepted"
    assert client.events(JONAS, "Talk and tea")[0]["response"] == "accepted"


def test_a_guest_whose_own_move_was_followed_is_asked_anew_all_the_same(client: Client) -> None:
    identity = from_google(client, MARA)
    client.hand(account=MARA, act="accept", when={"subject_has": "Talk"}, every=True)
    client.settle()
    client.hand(account=MARA, act="move", event={"subject_has": "Talk"}, shift_minutes=30)
    client.settle()
    body = google_event("Talk", "2027-03-01T15:30:00Z", "2027-03-01T16:15:00Z")
    times = {"start": body["start"], "end": body["end"]}
    client.calendar("PATCH", JONAS, f"/{identity}", json=times, params={"sendUpdates": "all"})
    assert client.calendar("GET", JONAS, f"/{identity}").json()["attendees"][0]["responseStatus"] == "needsAction"
    client.settle()
    assert client.calendar("GET", JONAS, f"/{identity}").json()["attendees"][0]["responseStatus"] == "accepted"


@pytest.mark.parametrize("service", [OUTLOOK, GMAIL])
def test_the_service_mailbox_of_either_cloud_can_organise_for_both(client: Client, service: str) -> None:
    if service == OUTLOOK:
        client.graph("POST", service, "/events", json=graph_event("Talk", *TIMES, MARA, JONAS))
    else:
        body = google_event("Talk", *INSTANTS, MARA, JONAS)
        client.calendar("POST", service, json=body, params={"sendUpdates": "all"})
    assert client.advance()[1] == [JONAS, MARA]
    assert [event["organiser"] for event in client.events(MARA, "Talk") + client.events(JONAS, "Talk")] == [service] * 2
    assert client.report()["checked"]["violations"] == []
