"""Online meetings and places in the sandbox: one link, made by the cloud, lost by a careless change of the body."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import JONAS, MARA, THEO, Client, google_event, graph_event, sandbox

TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")
INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")
ONLINE = {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}
WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}
VERSION = {"conferenceDataVersion": "1", "sendUpdates": "all"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def on_graph(client: Client, *guests: str, **more: Any) -> dict[str, Any]:
    body = graph_event("Talk", *TIMES, *guests, body={"contentType": "text", "content": "See & hear"}, **more)
    answer = client.graph("POST", MARA, "/events", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def patch(client: Client, identity: str, **fields: Any) -> dict[str, Any]:
    answer = client.graph("PATCH", MARA, f"/events/{identity}", json=fields)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def on_google(client: Client, *guests: str, request: str = "r-1", version: bool = True, **more: Any) -> dict[str, Any]:
    wanted = {"createRequest": {"requestId": request, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    body = google_event("Talk", *INSTANTS, *guests, conferenceData=wanted, **more)
    answer = client.calendar("POST", JONAS, json=body, params=VERSION if version else {"sendUpdates": "all"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def read(client: Client, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = client.calendar("GET", JONAS, f"/{identity}").json()
    return found


def test_a_teams_meeting_has_its_link_once_in_the_body_and_once_as_a_field(client: Client) -> None:
    made = on_graph(client, **ONLINE)
    link = made["onlineMeeting"]["joinUrl"]
    assert link.startswith("https://teams.microsoft.com/l/meetup-join/")
    assert made["body"]["contentType"] == "html"
    assert made["body"]["content"].count(link) == 1
    assert "See &amp; hear" in made["body"]["content"]
    seen = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW).json()["value"][0]
    assert (seen["isOnlineMeeting"], seen["onlineMeeting"]) == (True, {"joinUrl": link})
    assert client.events(MARA, "Talk")[0]["join_url"] == link


def test_an_event_is_not_online_unless_asked_for(client: Client) -> None:
    made = on_graph(client)
    assert (made["isOnlineMeeting"], made["onlineMeeting"]) == (False, None)
    assert made["onlineMeetingProvider"] == "unknown"


def test_the_link_survives_a_move_and_a_body_that_keeps_the_blob(client: Client) -> None:
    made = on_graph(client, **ONLINE)
    words = made["body"]["content"].replace("See", "Look")
    moved = patch(client, made["id"], start={"dateTime": "2027-03-01T14:30:00", "timeZone": "UTC"})
    assert moved["onlineMeeting"] == made["onlineMeeting"]
    kept = patch(client, made["id"], body={"contentType": "html", "content": words}, isOnlineMeeting=False)
    assert (kept["onlineMeeting"], kept["isOnlineMeeting"]) == (made["onlineMeeting"], True)


def test_a_body_without_the_blob_takes_the_link_away(client: Client) -> None:
    made = on_graph(client, **ONLINE)
    bare = patch(client, made["id"], body={"contentType": "text", "content": "New words"})
    assert (bare["isOnlineMeeting"], bare["onlineMeeting"]) == (False, None)
    assert client.events(MARA, "Talk")[0]["join_url"] == ""
    again = patch(client, made["id"], isOnlineMeeting=True)
    assert again["onlineMeeting"]["joinUrl"] != made["onlineMeeting"]["joinUrl"]
    assert "New words" in again["body"]["content"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"onlineMeetingProvider": "skypeForBusiness"},
        {"onlineMeetingProvider": "zoom"},
        {"onlineMeeting": {"joinUrl": "https://example.com"}},
        {"onlineMeetingUrl": "https://example.com"},
    ],
)
def test_what_graph_does_not_let_a_client_set_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES, **wrong)).status_code == 400


def test_guests_of_a_teams_meeting_have_the_same_link(client: Client) -> None:
    link = on_graph(client, THEO, JONAS, **ONLINE)["onlineMeeting"]["joinUrl"]
    client.settle()
    (outlook,), (google,) = client.events(THEO, "Talk"), client.events(JONAS, "Talk")
    seen = client.graph("GET", THEO, f"/events/{outlook['id']}").json()
    assert seen["onlineMeeting"]["joinUrl"] == link
    copy = read(client, google["id"])
    assert link in copy["description"]
    assert "hangoutLink" not in copy


def test_a_meet_link_is_pending_for_a_minute_and_then_there_to_see_everywhere(client: Client) -> None:
    made = on_google(client)
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "pending"}
    assert "hangoutLink" not in made
    assert client.advance() == ("2027-02-22T08:01:00Z", [JONAS])
    ready = read(client, made["id"])
    assert ready["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert ready["hangoutLink"] == ready["conferenceData"]["entryPoints"][0]["uri"]
    listed = client.calendar("GET", JONAS, params={"singleEvents": "true"}).json()["items"]
    assert [item["hangoutLink"] for item in listed] == [ready["hangoutLink"]]
    assert client.events(JONAS, "Talk")[0]["join_url"] == ready["hangoutLink"]
    assert client.report()["checked"]["violations"] == []


def test_without_the_version_a_conference_is_ignored_and_a_strange_one_refused(client: Client) -> None:
    made = on_google(client, version=False)
    client.settle()
    assert "conferenceData" not in read(client, made["id"])
    body = google_event("Talk", *INSTANTS, conferenceData={"createRequest": {"requestId": ""}})
    assert client.calendar("POST", JONAS, json=body, params=VERSION).status_code == 400
    assert client.calendar("POST", JONAS, json=body, params={"conferenceDataVersion": "2"}).status_code == 400


def test_the_same_request_again_is_ignored_and_a_new_one_makes_another_link(client: Client) -> None:
    made = on_google(client)
    client.settle()
    first = read(client, made["id"])["hangoutLink"]

    def ask(request: str) -> list[str]:
        """The link right after the request and some minutes later."""
        wanted = {"createRequest": {"requestId": request}}
        client.calendar("PATCH", JONAS, f"/{made['id']}", json={"conferenceData": wanted}, params=VERSION)
        seen = [read(client, made["id"]).get("hangoutLink", "")]
        client.settle()
        return [*seen, read(client, made["id"]).get("hangoutLink", "")]

    assert ask("r-1") == [first, first]
    pending, second = ask("r-2")
    assert (pending, second not in (first, "")) == ("", True)


def test_a_change_without_the_version_leaves_the_link_and_null_with_it_takes_it_away(client: Client) -> None:
    made = on_google(client)
    client.settle()
    path = f"/{made['id']}"
    client.calendar("PATCH", JONAS, path, json={"conferenceData": None, "colorId": "1"})
    assert "hangoutLink" in read(client, made["id"])
    client.calendar("PATCH", JONAS, path, json={"conferenceData": None, "colorId": "2"}, params=VERSION)
    bare = read(client, made["id"])
    assert ("hangoutLink" in bare, "conferenceData" in bare, bare["colorId"]) == (False, False, "2")


def test_guests_in_outlook_find_the_meet_link_once_in_the_text(client: Client) -> None:
    on_google(client, MARA, description="Words")
    client.settle()
    (copy,) = client.events(MARA, "Talk")
    seen = client.graph("GET", MARA, f"/events/{copy['id']}").json()
    assert seen["body"]["content"].startswith("Words")
    assert seen["body"]["content"].count("https://meet.google.com/") == 1
    assert not seen["isOnlineMeeting"]
    assert copy["response"] == "needsAction"


def test_a_place_is_seen_on_both_clouds(client: Client) -> None:
    on_graph(client, JONAS, location={"displayName": "Room 4"})
    client.settle()
    assert [event["location"] for event in client.events(MARA, "Talk") + client.events(JONAS, "Talk")] == ["Room 4"] * 2
    moved = patch(client, client.events(MARA, "Talk")[0]["id"], locations=[{"displayName": "A"}, {"displayName": "B"}])
    assert moved["location"]["displayName"] == "A; B"
    client.settle()
    assert read(client, client.events(JONAS, "Talk")[0]["id"])["location"] == "A; B"


def test_whether_times_may_be_proposed_is_seen_by_the_guest(client: Client) -> None:
    on_graph(client, THEO, allowNewTimeProposals=False)
    client.settle()
    (copy,) = client.events(THEO, "Talk")
    assert client.graph("GET", THEO, f"/events/{copy['id']}").json()["allowNewTimeProposals"] is False
    times = {"start": "2027-03-03T15:00:00Z", "end": "2027-03-03T15:45:00Z"}
    client.hand(account=THEO, act="propose", event={"subject_has": "Talk"}, **times)
    client.settle()
    assert client.report()["acts"][-1]["outcome"] == "the organiser takes no proposals"
