"""Online meetings and places in Google's calendars: asked for once, kept by our changes, done without where refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.google.calendar import GoogleCalendar
from adapters.google.translate import booked, entry, event_id
from domain.calendar import BookingRequest, Move
from domain.errors import Broken, Doubtful, NotSignedIn
from domain.interval import Interval
from tests.unit.google_office import ANNA, NOW, Asked, Office, calendar_at, google_office

TIME = Interval(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1))
LATER = Interval(TIME.start + timedelta(days=1), TIME.end + timedelta(days=1))
PLAIN = BookingRequest("key", "Mentoring", "See the charter.", TIME, "Europe/Berlin", ("ben@example.net",))
ONLINE = replace(PLAIN, online=True)
LINK = "https://meet.example/abc-defg-hij"
EVENT = {
    "id": event_id("key"),
    "status": "confirmed",
    "etag": '"1"',
    "iCalUID": "e1@google.com",
    "start": {"dateTime": TIME.start.isoformat()},
    "end": {"dateTime": TIME.end.isoformat()},
}
READY = {"entryPoints": [{"entryPointType": "phone", "uri": "tel:+1"}, {"entryPointType": "video", "uri": LINK}]}
PENDING = {"createRequest": {"requestId": "r", "status": {"statusCode": "pending"}}}
FAILED = {"createRequest": {"requestId": "r", "status": {"statusCode": "failure"}}}


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def calendar(office: Office, tmp_path: Path) -> GoogleCalendar:
    return calendar_at(office, tmp_path)


def version(asked: Asked) -> list[str] | None:
    return parse_qs(urlsplit(asked.path).query).get("conferenceDataVersion")


def test_an_online_meeting_is_asked_of_meet_once_per_key(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, EVENT | {"conferenceData": READY})
    assert calendar.book(ANNA, ONLINE).join_url == LINK
    (asked,) = office.asked
    assert version(asked) == ["1"]
    assert asked.json()["conferenceData"]["createRequest"] == {
        "requestId": event_id("key"),
        "conferenceSolutionKey": {"type": "hangoutsMeet"},
    }
    assert "location" not in asked.json()


def test_a_link_that_is_still_being_made_shows_at_a_later_look(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, EVENT | {"conferenceData": PENDING}).will(200, EVENT | {"conferenceData": READY})
    assert calendar.book(ANNA, ONLINE).join_url == ""
    found = calendar.find(ANNA, "key", TIME)
    assert found is not None
    assert found.join_url == LINK


def test_a_meeting_in_a_room_names_its_place_and_asks_for_no_link(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, EVENT)
    assert calendar.book(ANNA, replace(PLAIN, place="Room 4")).join_url == ""
    body = office.asked[0].json()
    assert body["location"] == "Room 4"
    assert "conferenceData" not in body


def test_where_conferences_are_refused_the_meeting_is_made_without(office: Office, calendar: GoogleCalendar) -> None:
    office.will_refuse(400, "invalid").will(200, EVENT)
    assert calendar.book(ANNA, ONLINE).join_url == ""
    tried = [asked.json() for asked in office.asked]
    assert ["conferenceData" in body for body in tried] == [True, False]
    assert [body["id"] for body in tried] == [event_id("key")] * 2


@pytest.mark.parametrize(
    ("request_", "refusals", "error"),
    [
        (PLAIN, [(403, "forbidden")], Broken),
        (ONLINE, [(401, "authError")], NotSignedIn),
        (ONLINE, [(403, "forbidden"), (403, "forbidden")], Broken),
        (ONLINE, [(400, "invalid"), (503, "backendError")], Doubtful),
    ],
    ids=["not online", "not signed in", "not allowed at all", "lost at the second try"],
)
def test_only_a_no_to_a_conference_is_answered_by_a_meeting_without(
    office: Office,
    calendar: GoogleCalendar,
    request_: BookingRequest,
    refusals: list[tuple[int, str]],
    error: type[Exception],
) -> None:
    for refusal in refusals:
        office.will_refuse(*refusal)
    with pytest.raises(error):
        calendar.book(ANNA, request_)


def test_a_move_sends_times_alone_and_keeps_the_conference(office: Office, calendar: GoogleCalendar) -> None:
    linked = EVENT | {"conferenceData": READY, "location": "by a person"}
    office.will(200, linked).will(200, linked)
    assert calendar.move(ANNA, Move("e1", LATER, "Europe/Berlin", '"1"')).join_url == LINK
    patch = office.asked[1]
    assert set(patch.json()) == {"start", "end"}
    assert version(patch) == ["1"]


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"conferenceData": READY}, LINK),
        ({"hangoutLink": LINK}, LINK),
        ({"conferenceData": PENDING}, ""),
        ({"conferenceData": FAILED}, ""),
        ({}, ""),
        ({"hangoutLink": "javascript:alert(1)"}, ""),
        ({"hangoutLink": "http://meet.example/1"}, ""),
        ({"hangoutLink": LINK + "x" * 2048}, ""),
        ({"hangoutLink": 7}, ""),
    ],
)
def test_only_a_plain_https_link_is_a_link(fields: dict[str, Any], link: str) -> None:
    item = EVENT | fields
    assert (entry(ANNA, item, "UTC").join_url, booked(item, TIME).join_url) == (link, link)
