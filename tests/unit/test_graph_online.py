"""Online meetings and places in Outlook: asked for once, kept by our own changes, done without where there are none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.graph.translate import booked, entry, tag_for
from domain.calendar import BookingRequest
from domain.errors import Broken, Doubtful, NotSignedIn
from domain.interval import Interval
from tests.unit.graph_office import ANN, Office, calendar_office, event, refusal
from tests.unit.loopback import Reply

THEN = Interval(datetime(2027, 2, 23, 15, tzinfo=UTC), datetime(2027, 2, 23, 15, 30, tzinfo=UTC))
PLAIN = BookingRequest("key-1", "Ann and Bo", "See you", THEN, "America/Chicago", ("bo@example.net",))
ONLINE = replace(PLAIN, online=True)
LINK = "https://teams.example/l/meetup-join/1"
WITH_LINK = event(isOnlineMeeting=True, onlineMeeting={"joinUrl": LINK})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


def test_an_online_meeting_is_asked_of_teams_and_its_link_comes_back(office: Office) -> None:
    calendar, server = office(Reply(201, WITH_LINK))
    assert calendar.book(ANN, ONLINE).join_url == LINK
    body = server.seen[0].json()
    assert (body["isOnlineMeeting"], body["onlineMeetingProvider"]) == (True, "teamsForBusiness")
    assert "location" not in body


def test_a_meeting_in_a_room_names_its_place_and_asks_for_no_link(office: Office) -> None:
    calendar, server = office(Reply(201, event()))
    assert calendar.book(ANN, replace(PLAIN, place="Room 4")).join_url == ""
    body = server.seen[0].json()
    assert body["location"]["displayName"] == "Room 4"
    assert "isOnlineMeeting" not in body


def test_where_online_meetings_are_refused_the_meeting_is_made_without_a_link(office: Office) -> None:
    calendar, server = office(refusal(403, "ErrorAccessDenied"), Reply(201, event()))
    assert calendar.book(ANN, ONLINE).join_url == ""
    tried = [seen.json() for seen in server.seen]
    assert [body.get("isOnlineMeeting") for body in tried] == [True, None]
    assert [body["transactionId"] for body in tried] == [tag_for("key-1")] * 2


@pytest.mark.parametrize(
    ("request_", "answers", "error", "posts"),
    [
        (PLAIN, [refusal(403, "ErrorAccessDenied")], Broken, 1),
        (ONLINE, [refusal(401, "InvalidAuthenticationToken")], NotSignedIn, 1),
        (ONLINE, [refusal(403, "ErrorAccessDenied")] * 2, Broken, 2),
        (ONLINE, [refusal(403, "ErrorAccessDenied"), None, refusal(429, "")], Doubtful, 3),
    ],
    ids=["not online", "not signed in", "not allowed at all", "lost at the second try"],
)
def test_only_a_no_to_an_online_meeting_is_answered_by_one_without(
    office: Office, request_: BookingRequest, answers: list[Reply | None], error: type[Exception], posts: int
) -> None:
    calendar, server = office(*answers)
    with pytest.raises(error):
        calendar.book(ANN, request_)
    assert len(server.seen) == posts


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"onlineMeeting": {"joinUrl": LINK}}, LINK),
        ({"onlineMeeting": None, "onlineMeetingUrl": LINK}, LINK),
        ({"onlineMeeting": None}, ""),
        ({}, ""),
        ({"onlineMeeting": {"joinUrl": "javascript:alert(1)"}}, ""),
        ({"onlineMeeting": {"joinUrl": "http://teams.example/1"}}, ""),
        ({"onlineMeeting": {"joinUrl": LINK + "x" * 2048}}, ""),
        ({"onlineMeeting": {"joinUrl": 7}}, ""),
    ],
)
def test_only_a_plain_https_link_is_a_link(fields: dict[str, Any], link: str) -> None:
    assert (entry(event(**fields)).join_url, booked(event(**fields)).join_url) == (link, link)
