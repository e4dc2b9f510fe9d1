"""The sandbox's Google calendar: sync tokens, own ids, tombstones, entity tags and free/busy."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import GMAIL, ISLA, JONAS, MARA, Client, google_event, sandbox

INSTANTS = ("2027-03-01T15:00:00Z", "2027-03-01T15:45:00Z")


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def insert(client: Client, subject: str = "Talk", **more: Any) -> dict[str, Any]:
    answer = client.calendar("POST", JONAS, json=google_event(subject, *INSTANTS, **more))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def whole_round(client: Client, token: str = "", **options: str) -> tuple[list[dict[str, Any]], str]:
    """All items of one round and its sync token, which must come with the last page alone."""
    items: list[dict[str, Any]] = []
    where = {"syncToken": token} if token else {}
    while True:
        answer = client.calendar("GET", JONAS, params={"singleEvents": "true", **options, **where})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        items += page["items"]
        if "nextSyncToken" in page:
            assert "nextPageToken" not in page
            return items, str(page["nextSyncToken"])
        where = {"pageToken": page["nextPageToken"]}


def test_a_full_round_in_pages_ends_with_a_token_that_brings_only_what_changed(client: Client) -> None:
    made = [insert(client, f"Talk {number}")["id"] for number in range(7)]
    items, token = whole_round(client, maxResults="3", timeMin="2027-02-01T00:00:00Z")
    assert [item["id"] for item in items] == made
    client.calendar("PATCH", JONAS, f"/{made[2]}", json={"summary": "Changed"})
    client.calendar("DELETE", JONAS, f"/{made[4]}")
    items, token = whole_round(client, token)
    assert [(item["id"], item["status"]) for item in items] == [
        (made[2], "confirmed"),
        (made[4], "cancelled"),
    ]
    assert whole_round(client, token)[0] == []


def test_a_full_round_has_no_tombstones(client: Client) -> None:
    identity = insert(client)["id"]
    client.calendar("DELETE", JONAS, f"/{identity}")
    assert whole_round(client)[0] == []
    assert [item["id"] for item in whole_round(client, showDeleted="true")[0]] == [identity]


@pytest.mark.parametrize(
    "clash",
    [
        {"timeMin": "2027-02-01T00:00:00Z"},
        {"orderBy": "updated"},
        {"q": "Talk"},
        {"iCalUID": "x"},
        {"showDeleted": "false"},
        {"singleEvents": "false"},
    ],
)
def test_a_sync_token_does_not_go_with_other_restrictions(client: Client, clash: dict[str, str]) -> None:
    _, token = whole_round(client)
    options = {"singleEvents": "true", "syncToken": token, **clash}
    answer = client.calendar("GET", JONAS, params=options)
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["reason"] == "syncTokenWithRequestRestrictions"


def test_an_own_id_is_kept_and_stays_taken_after_the_deletion(client: Client) -> None:
    assert insert(client, id="abcdev0123")["id"] == "abcdev0123"
    body = google_event("Other", *INSTANTS, id="abcdev0123")
    for _ in range(2):
        answer = client.calendar("POST", JONAS, json=body)
        assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (409, "duplicate")
        client.calendar("DELETE", JONAS, "/abcdev0123")
    assert client.calendar("GET", JONAS, "/abcdev0123").json()["status"] == "cancelled"


def test_a_second_deletion_is_refused_as_gone(client: Client) -> None:
    identity = insert(client)["id"]
    assert client.calendar("DELETE", JONAS, f"/{identity}").status_code == 204
    assert client.calendar("DELETE", JONAS, f"/{identity}").status_code == 410


def test_a_stale_entity_tag_is_refused(client: Client) -> None:
    made = insert(client)
    tag = {"If-Match": made["etag"]}
    assert client.calendar("PATCH", JONAS, f"/{made['id']}", json={"summary": "One"}, headers=tag).status_code == 200
    stale = client.calendar("PATCH", JONAS, f"/{made['id']}", json={"summary": "Two"}, headers=tag)
    assert (stale.status_code, stale.json()["error"]["errors"][0]["reason"]) == (412, "conditionNotMet")


def test_guests_that_are_left_out_on_purpose_stay_invited(client: Client) -> None:
    made = insert(client, attendees=[{"email": MARA}, {"email": ISLA}])
    patch = {"attendees": [{"email": MARA}], "attendeesOmitted": True}
    seen = client.calendar("PATCH", JONAS, f"/{made['id']}", json=patch).json()
    assert [guest["email"] for guest in seen["attendees"]] == [MARA, ISLA]


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"id": "UPPER-case"},
        {"id": "wxyz12345"},
        {"attendees": [{"email": MARA, "responseStatus": 5}]},
        {"start": {"dateTime": "2027-03-01T15:00:00"}},
        {"start": {"dateTime": "2027-03-01T15:00:00Z", "timeZone": "Romance Standard Time"}},
        {"end": {"dateTime": "2027-02-01T15:00:00Z"}},
        {"htmlLink": "https://example.com"},
    ],
)
def test_a_body_that_google_would_not_take_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert client.calendar("POST", JONAS, json=google_event("Talk", *INSTANTS) | wrong).status_code == 400
    assert client.events(JONAS, "Talk") == []


@pytest.mark.parametrize("wrong", [{"sendUpdates": "perhaps"}, {"maxResults": "many"}, {"colour": "red"}])
def test_a_parameter_that_the_discovery_document_does_not_allow_is_refused(
    client: Client, wrong: dict[str, str]
) -> None:
    assert client.calendar("GET", JONAS, params=wrong).status_code == 400


def test_an_ordered_list_comes_by_start_without_a_sync_token(client: Client) -> None:
    insert(client, "Second")
    client.calendar("POST", JONAS, json=google_event("First", "2027-03-01T09:00:00Z", "2027-03-01T10:00:00Z"))
    options = {"orderBy": "startTime", "singleEvents": "true"}
    page = client.calendar("GET", JONAS, params=options).json()
    assert [item["summary"] for item in page["items"]] == ["First", "Second"]
    assert "nextSyncToken" not in page
    assert client.calendar("GET", JONAS, params={"orderBy": "startTime"}).status_code == 400
    assert client.calendar("GET", JONAS, params=options | {"maxResults": "1"}).status_code == 400


@pytest.mark.parametrize("option", ["q", "updatedMin"])
def test_what_would_narrow_a_list_and_is_not_served_is_refused_rather_than_ignored(client: Client, option: str) -> None:
    assert client.calendar("GET", JONAS, params={option: "2027-03-01T09:00:00Z"}).status_code == 400


def test_private_properties_are_found_and_stay_on_the_organisers_copy(client: Client) -> None:
    tags = {"private": {"tag": "one"}, "shared": {"both": "yes"}}
    body = google_event("Talk", *INSTANTS, ISLA, extendedProperties=tags)
    made = client.calendar("POST", JONAS, json=body, params={"sendUpdates": "all"}).json()
    insert(client, "Other")
    found = client.calendar("GET", JONAS, params={"privateExtendedProperty": "tag=one"}).json()["items"]
    assert [item["id"] for item in found] == [made["id"]]
    client.settle()
    copy = client.calendar("GET", ISLA, f"/{made['id']}").json()
    assert copy["extendedProperties"] == {"shared": {"both": "yes"}}


def test_free_busy_merges_and_leaves_out_what_is_free(client: Client) -> None:
    insert(client)
    client.calendar("POST", JONAS, json=google_event("Next", "2027-03-01T15:30:00Z", "2027-03-01T16:30:00Z"))
    free = google_event("Free", "2027-03-01T20:00:00Z", "2027-03-01T21:00:00Z", transparency="transparent")
    client.calendar("POST", JONAS, json=free)
    body = {
        "timeMin": "2027-03-01T00:00:00Z",
        "timeMax": "2027-03-02T00:00:00Z",
        "items": [{"id": JONAS}, {"id": MARA}],
    }
    answer = client.http.post("/calendar/v3/freeBusy", json=body, headers=client.google).json()
    assert answer["calendars"][JONAS]["busy"] == [{"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T16:30:00Z"}]
    assert answer["calendars"][MARA]["errors"][0]["reason"] == "notFound"


def test_the_calendar_names_its_persons_zone(client: Client) -> None:
    zone = client.http.get(f"/calendar/v3/calendars/{ISLA}", headers=client.google).json()["timeZone"]
    assert zone == "Australia/Sydney"
    assert client.http.get(f"/calendar/v3/calendars/{GMAIL}", headers=client.google).json()["timeZone"] == "UTC"


def test_an_all_day_event_of_google_is_one_in_outlook_too(client: Client) -> None:
    body = {
        "summary": "Retreat",
        "start": {"date": "2027-03-01"},
        "end": {"date": "2027-03-02"},
        "attendees": [{"email": MARA}],
    }
    client.calendar("POST", JONAS, json=body, params={"sendUpdates": "all"})
    client.settle()
    (copy,) = client.events(MARA, "Retreat")
    assert client.graph("GET", MARA, f"/events/{copy['id']}").json()["isAllDay"]
