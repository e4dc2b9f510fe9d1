"""The sandbox's Graph calendar: delta rounds, tombstones, idempotent creation, locks,
filters and schedules."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import JONAS, MARA, OUTLOOK, Client, graph_event, sandbox

WINDOW = {"startDateTime": "2027-02-20T00:00:00Z", "endDateTime": "2027-04-01T00:00:00Z"}
TIMES = ("2027-03-01T15:00:00", "2027-03-01T15:45:00")


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def create(client: Client, subject: str = "Talk", *guests: str, **more: Any) -> dict[str, Any]:
    answer = client.graph("POST", MARA, "/events", json=graph_event(subject, *TIMES, *guests, **more))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def whole_round(client: Client, link: str = "", size: int = 50) -> tuple[list[dict[str, Any]], str]:
    """All items of one delta round and its delta link."""
    prefer = {"Prefer": f'odata.maxpagesize={size}, outlook.timezone="UTC",IdType="ImmutableId"'}
    items: list[dict[str, Any]] = []
    page = client.graph("GET", MARA, link or "/calendarView/delta", params=None if link else WINDOW, headers=prefer)
    while True:
        assert page.status_code == 200, page.text
        items += page.json()["value"]
        if "@odata.deltaLink" in page.json():
            return items, str(page.json()["@odata.deltaLink"])
        page = client.graph("GET", MARA, page.json()["@odata.nextLink"], headers=prefer)


def test_a_round_in_short_pages_brings_every_event_once(client: Client) -> None:
    made = [create(client, f"Talk {number}")["id"] for number in range(7)]
    items, link = whole_round(client, size=3)
    assert [item["id"] for item in items] == made
    assert whole_round(client, link)[0] == []


def test_a_change_during_a_round_is_not_lost(client: Client) -> None:
    made = [create(client, f"Talk {number}")["id"] for number in range(4)]
    prefer = {"Prefer": 'odata.maxpagesize=2, IdType="ImmutableId"'}
    first = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW, headers=prefer).json()
    client.graph("PATCH", MARA, f"/events/{made[0]}", json={"subject": "Changed"})
    items, _ = whole_round(client, first["@odata.nextLink"])
    assert [item["id"] for item in items] == [*made[1:], made[0]]
    assert items[-1]["subject"] == "Changed"


def test_a_deleted_event_and_one_moved_out_of_the_window_both_come_as_removed(client: Client) -> None:
    gone, away = create(client, "Gone")["id"], create(client, "Away")["id"]
    _, link = whole_round(client)
    client.graph("DELETE", MARA, f"/events/{gone}")
    times = graph_event("", "2027-05-01T15:00:00", "2027-05-01T16:00:00")
    client.graph("PATCH", MARA, f"/events/{away}", json={"start": times["start"], "end": times["end"]})
    items, _ = whole_round(client, link)
    assert items == [{"id": identity, "@removed": {"reason": "deleted"}} for identity in (gone, away)]
    assert client.graph("GET", MARA, f"/events/{away}").status_code == 200
    assert client.graph("GET", MARA, f"/events/{gone}").json()["error"]["code"] == "ErrorItemNotFound"


def test_ids_are_the_immutable_ones_only_when_preferred(client: Client) -> None:
    made = create(client)["id"]
    plain = client.graph("GET", MARA, "/calendarView", params=WINDOW, headers={"Prefer": ""}).json()["value"][0]["id"]
    assert plain != made
    assert client.graph("GET", MARA, f"/events/{plain}").json()["id"] == made


def test_a_strange_token_is_refused_and_an_unknown_option_too(client: Client) -> None:
    strange = client.graph("GET", MARA, "/calendarView/delta", params={"$deltatoken": "nonsense"})
    assert strange.status_code == 400
    unknown = client.graph("GET", MARA, "/calendarView/delta", params=WINDOW | {"$filter": "x"})
    assert "$filter" in unknown.json()["error"]["message"]


def test_the_same_transaction_again_answers_the_event_that_is_there(client: Client) -> None:
    first, again = (create(client, "Talk", JONAS, transactionId="t-1") for _ in range(2))
    assert first == again
    assert len(client.events(MARA, "Talk")) == 1
    other = client.graph("POST", MARA, "/events", json=graph_event("Other", *TIMES, transactionId="t-1"))
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "ErrorDuplicateTransactionId"


def test_the_transaction_is_visible_in_delta_and_the_extended_property_is_not(client: Client) -> None:
    tag = [{"id": "String {00000000-0000-4000-8000-00000000000a} Name Tag", "value": "abc"}]
    create(client, "Talk", transactionId="t-1", singleValueExtendedProperties=tag)
    ((item,), _) = whole_round(client)
    assert item["transactionId"] == "t-1"
    assert "singleValueExtendedProperties" not in item


def test_an_event_is_found_by_its_extended_property_and_the_name_counts_its_case(client: Client) -> None:
    tag = "String {00000000-0000-4000-8000-00000000000a} Name Tag"
    made = create(client, "Talk", singleValueExtendedProperties=[{"id": tag, "value": "abc"}])["id"]
    create(client, "Other")

    def found(name: str, value: str) -> list[str]:
        wanted = f"singleValueExtendedProperties/Any(ep: ep/id eq '{name}' and ep/value eq '{value}')"
        answer = client.graph("GET", MARA, "/events", params={"$filter": wanted}).json()
        return [item["id"] for item in answer["value"]]

    assert found(tag, "ABC") == [made]
    assert found(tag.lower(), "abc") == []
    assert found(tag, "abcd") == []


def test_an_expanded_read_shows_the_extended_property(client: Client) -> None:
    tag = "String {00000000-0000-4000-8000-00000000000a} Name Tag"
    made = create(client, "Talk", singleValueExtendedProperties=[{"id": tag, "value": "abc"}])["id"]
    expand = {"$expand": f"singleValueExtendedProperties($filter=id eq '{tag}')", "$select": "subject"}
    seen = client.graph("GET", MARA, f"/events/{made}", params=expand).json()
    assert seen["singleValueExtendedProperties"] == [{"id": tag, "value": "abc"}]
    assert "start" not in seen


def test_a_stale_entity_tag_is_refused_and_the_present_one_is_taken(client: Client) -> None:
    made = create(client)
    path, tag = f"/events/{made['id']}", {"If-Match": made["@odata.etag"]}
    assert client.graph("PATCH", MARA, path, json={"subject": "One"}, headers=tag).status_code == 200
    stale = client.graph("PATCH", MARA, path, json={"subject": "Two"}, headers=tag)
    assert (stale.status_code, stale.json()["error"]["code"]) == (412, "ErrorIrresolvableConflict")


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"showAs": "sleepy"},
        {"subject": 7},
        {"iCalUId": "mine"},
        {"start": {"dateTime": "2027-03-01T15:00:00", "timeZone": "Mars/Olympus"}},
        {"start": {"dateTime": "2027-03-01T15:00:00+01:00", "timeZone": "UTC"}},
        {"end": {"dateTime": "2027-02-01T15:00:00", "timeZone": "UTC"}},
        {"attendees": [{"emailAddress": {"name": "nobody"}}]},
    ],
)
def test_a_body_that_graph_would_not_take_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.graph("POST", MARA, "/events", json=graph_event("Talk", *TIMES) | wrong)
    assert answer.status_code == 400
    assert client.events(MARA, "Talk") == []


def test_times_come_in_the_preferred_zone(client: Client) -> None:
    create(client)
    prefer = {"Prefer": 'outlook.timezone="Central Standard Time"'}
    (item,) = client.graph("GET", MARA, "/calendarView", params=WINDOW, headers=prefer).json()["value"]
    assert item["start"] == {"dateTime": "2027-03-01T09:00:00.0000000", "timeZone": "Central Standard Time"}


def ask(client: Client, start: str, end: str, *people: str) -> Any:
    body = {
        "schedules": list(people),
        "startTime": {"dateTime": start, "timeZone": "UTC"},
        "endTime": {"dateTime": end, "timeZone": "UTC"},
        "availabilityViewInterval": 60,
    }
    return client.graph("POST", OUTLOOK, "/calendar/getSchedule", json=body)


def test_a_schedule_shows_busy_absent_and_working_hours_and_an_error_for_a_stranger(client: Client) -> None:
    create(client)
    client.hand(account=MARA, act="leave", start="2027-03-01T17:00:00Z", end="2027-03-01T18:00:00Z")
    client.advance()
    answer = ask(client, "2027-03-01T14:00:00", "2027-03-01T19:00:00", MARA, JONAS).json()
    mara, jonas = answer["value"]
    assert mara["availabilityView"] == "02030"
    assert [item["status"] for item in mara["scheduleItems"]] == ["busy", "oof"]
    assert mara["workingHours"]["timeZone"]["name"] == "Central Standard Time"
    assert jonas["error"]["responseCode"] == "ErrorMailRecipientNotFound"


def test_a_schedule_of_too_many_people_or_too_long_a_time_is_refused(client: Client) -> None:
    many = ask(client, "2027-03-01T14:00:00", "2027-03-01T19:00:00", *[f"p{n}@contoso.example" for n in range(21)])
    long = ask(client, "2027-03-01T00:00:00", "2027-05-02T00:00:00", MARA)
    assert many.json()["error"]["code"] == "ErrorMailboxDataArrayTooBig"
    assert long.json()["error"]["code"] == "ErrorTimeIntervalTooBig"


def test_mailbox_settings_name_the_zone_as_windows_does_and_the_absence(client: Client) -> None:
    client.hand(account=MARA, act="leave", start="2027-03-01T17:00:00Z", end="2027-03-03T18:00:00Z")
    client.advance()
    seen = client.graph("GET", MARA, "/mailboxSettings").json()
    assert seen["timeZone"] == "Central Standard Time"
    assert seen["automaticRepliesSetting"]["status"] == "scheduled"
