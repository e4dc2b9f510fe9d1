"""Outlook's calendar over a scripted server: rounds of changes, bookings in doubt, moves and cancellations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.graph.translate import tag_for
from domain.calendar import BookingRequest, Move
from domain.errors import Broken, CursorExpired, Doubtful, Refused, TryLater
from domain.interval import Interval
from tests.unit.graph_office import ANN, NOW, Office, at, batch, calendar_office, event, refusal, removed
from tests.unit.loopback import Loopback, Reply, Seen

THEN = Interval(datetime(2027, 2, 23, 15, tzinfo=UTC), datetime(2027, 2, 23, 15, 30, tzinfo=UTC))
REQUEST = BookingRequest("key-1", "Ann and Bo", "See you", THEN, "America/Chicago", ("bo@example.net",))
GONE = refusal(404, "ErrorItemNotFound")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


def page(server_root: str, *items: dict[str, Any], more: str = "", delta: str = "") -> Reply:
    """A page of a round; `more` and `delta` are the tokens of its links."""
    body: dict[str, Any] = {"value": list(items)}
    if more:
        body["@odata.nextLink"] = f"{server_root}/v1.0/page?$skiptoken={more}"
    if delta:
        body["@odata.deltaLink"] = f"{server_root}/v1.0/round?$deltatoken={delta}"
    return Reply(body=body)


def query(seen: Seen) -> dict[str, list[str]]:
    return parse_qs(urlsplit(seen.path).query)


def script(server: Loopback, *replies: Reply | None) -> None:
    """Say from here on what the server answers, as its links need its own address."""
    server.seen.clear()
    server.replies[:] = replies


def test_the_first_round_reads_the_window_over_all_pages(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, event("a"), more="p2"), page(server.root, event("b"), delta="d1"))
    changes = calendar.changes(ANN, None, NOW)
    assert changes.complete
    assert [entry.event_id for entry in changes.entries] == ["a", "b"]
    assert query(server.seen[0]) == {
        "startDateTime": ["2027-01-23T09:00:00Z"],
        "endDateTime": ["2027-08-21T09:00:00Z"],
    }
    assert server.seen[1].path == "/v1.0/page?$skiptoken=p2"


def test_every_request_asks_for_immutable_ids_and_utc_in_one_order(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, more="p2"), page(server.root, removed("x"), delta="d1"), GONE)
    calendar.changes(ANN, None, NOW)
    paged = 'IdType="ImmutableId", odata.maxpagesize=100, outlook.timezone="UTC"'
    single = 'IdType="ImmutableId", outlook.timezone="UTC"'
    assert [seen.headers["prefer"] for seen in server.seen] == [paged, paged, single]
    assert {seen.headers["authorization"] for seen in server.seen} == {"Bearer secret"}


def test_the_next_round_starts_where_the_last_one_ended_as_often_as_it_is_asked(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, delta="d1"), page(server.root, event("a"), delta="d2"))
    cursor = calendar.changes(ANN, None, NOW).cursor
    rounds = [calendar.changes(ANN, cursor, NOW + timedelta(hours=1)) for _ in range(2)]
    assert rounds[0] == rounds[1]
    assert not rounds[0].complete
    assert {seen.path for seen in server.seen[1:]} == {"/v1.0/round?$deltatoken=d1"}


def test_once_a_day_a_fresh_round_of_the_moved_window_takes_the_place_of_the_news(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, delta="d1"))
    cursor = calendar.changes(ANN, None, NOW).cursor
    assert not calendar.changes(ANN, cursor, NOW + timedelta(hours=23, minutes=55)).complete
    later = calendar.changes(ANN, cursor, NOW + timedelta(days=1))
    assert later.complete
    assert query(server.seen[-1])["startDateTime"] == ["2027-01-24T09:00:00Z"]
    assert not calendar.changes(ANN, later.cursor, NOW + timedelta(days=1, hours=23)).complete


def test_an_item_that_holds_only_what_changed_is_completed(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, {"id": "a", "showAs": "free"}, delta="d1"), Reply(body=event("a", showAs="free")))
    (entry,) = calendar.changes(ANN, None, NOW).entries
    assert entry.ical_uid == "uid-a"
    assert not entry.shows.blocks


def test_a_partial_item_that_is_gone_meanwhile_is_gone(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, {"id": "a", "showAs": "free"}, delta="d1"), GONE)
    assert calendar.changes(ANN, None, NOW).gone == ("a",)


def test_a_tombstone_is_believed_only_when_the_event_is_gone(office: Office) -> None:
    calendar, server = office()
    outside = event("b", start=at("2028-01-10T09:00:00"), end=at("2028-01-10T09:30:00"))
    both = batch(GONE, Reply(body=outside))
    script(server, page(server.root, removed("a"), removed("b"), delta="d1"), both)
    changes = calendar.changes(ANN, None, NOW)
    assert changes.gone == ("a",)
    assert [(entry.event_id, entry.time.start.year) for entry in changes.entries] == [("b", 2028)]


def test_the_later_mention_of_an_event_wins_across_pages(office: Office) -> None:
    calendar, server = office()
    script(
        server,
        page(server.root, event("a"), event("b"), more="p2"),
        page(server.root, removed("a"), event("b", isCancelled=True), delta="d1"),
        GONE,
    )
    changes = calendar.changes(ANN, None, NOW)
    assert changes.gone == ("a",)
    assert [(entry.event_id, entry.cancelled) for entry in changes.entries] == [("b", True)]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "null",
        "[]",
        '{"link": "http://elsewhere.example/v1.0", "start": "2027-02-22T09:00:00+00:00"}',
        '{"link": 1, "start": 2}',
    ],
)
def test_a_cursor_that_is_not_ours_has_expired_and_no_token_travels_after_it(office: Office, cursor: str) -> None:
    calendar, server = office()
    with pytest.raises(CursorExpired):
        calendar.changes(ANN, cursor, NOW)
    assert server.seen == []


def test_a_cursor_that_the_provider_forgot_has_expired(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, delta="d1"), refusal(410, "syncStateNotFound"))
    cursor = calendar.changes(ANN, None, NOW).cursor
    with pytest.raises(CursorExpired):
        calendar.changes(ANN, cursor, NOW)


def test_a_round_that_ends_without_a_link_is_tried_again(office: Office) -> None:
    calendar, _ = office(Reply(body={"value": []}))
    with pytest.raises(TryLater):
        calendar.changes(ANN, None, NOW)


def test_busy_asks_for_one_account_in_utc_and_in_pieces_that_graph_takes(office: Office) -> None:
    item = {"status": "busy", "start": at("2027-04-30T09:00:00"), "end": at("2027-04-30T10:00:00")}
    empty, full = ({"value": [{"scheduleItems": items}]} for items in ([], [item]))
    calendar, server = office(batch(Reply(body=empty), Reply(body=full)))
    found = calendar.busy(ANN, Interval(NOW, NOW + timedelta(days=100)))
    assert [one.time.start for one in found] == [datetime(2027, 4, 30, 9, tzinfo=UTC)]
    (seen,) = server.seen
    asked = [{name.lower(): value for name, value in part["body"].items()} for part in seen.json()["requests"]]
    assert [question["schedules"] for question in asked] == [[ANN], [ANN]]
    assert asked[0]["endtime"] == asked[1]["starttime"] == {"dateTime": "2027-04-23T09:00:00", "timeZone": "UTC"}


def test_a_booking_carries_its_key_twice_and_the_wall_clock_of_its_zone(office: Office) -> None:
    calendar, server = office(Reply(201, event()))
    assert calendar.book(ANN, REQUEST).event_id == "e1"
    body = server.seen[0].json()
    assert body["start"] == {"dateTime": "2027-02-23T09:00:00", "timeZone": "America/Chicago"}
    assert body["transactionId"] == body["singleValueExtendedProperties"][0]["value"] == tag_for("key-1")
    assert [guest["emailAddress"]["address"] for guest in body["attendees"]] == ["bo@example.net"]
    assert [guest["type"] for guest in body["attendees"]] == ["required"]
    assert (body["subject"], body["body"]) == ("Ann and Bo", {"content": "See you", "contentType": "text"})
    assert body["allowNewTimeProposals"] is True


@pytest.mark.parametrize(
    "answer",
    [
        None,
        Reply(201, event(), cut=9),
        Reply(201, b"no json"),
        refusal(503, "serviceNotAvailable"),
        refusal(504, ""),
        refusal(409, "ErrorDuplicateTransactionId"),
        refusal(400, "ErrorDuplicateTransactionId"),
    ],
)
def test_a_booking_in_doubt_is_found_and_never_posted_twice(office: Office, answer: Reply | None) -> None:
    calendar, server = office(answer, Reply(body={"value": [event("e7")]}))
    assert calendar.book(ANN, REQUEST).event_id == "e7"
    assert [seen.method for seen in server.seen] == ["POST", "GET"]
    assert tag_for("key-1") in query(server.seen[1])["$filter"][0]


@pytest.mark.parametrize("look", [refusal(503, ""), refusal(403, "ErrorAccessDenied"), refusal(429, "")])
def test_a_booking_that_cannot_be_looked_up_stays_in_doubt(office: Office, look: Reply) -> None:
    calendar, server = office(None, look)
    with pytest.raises(Doubtful):
        calendar.book(ANN, REQUEST)
    assert [seen.method for seen in server.seen] == ["POST", "GET"]


def test_a_booking_that_is_not_found_stays_in_doubt(office: Office) -> None:
    calendar, server = office()
    script(server, None, page(server.root), page(server.root, event("a"), delta="d1"))
    with pytest.raises(Doubtful):
        calendar.book(ANN, REQUEST)
    assert [seen.method for seen in server.seen] == ["POST", "GET", "GET"]


def test_a_booking_that_the_filter_does_not_find_yet_is_found_by_its_tag(office: Office) -> None:
    calendar, server = office()
    ours = event("e7", transactionId=tag_for("key-1"))
    script(server, None, page(server.root), page(server.root, event("a"), ours, delta="d1"), Reply(body=ours))
    assert calendar.book(ANN, REQUEST).event_id == "e7"
    assert query(server.seen[2]) == {
        "startDateTime": ["2027-02-22T15:00:00Z"],
        "endDateTime": ["2027-02-24T15:30:00Z"],
    }


def test_a_booking_that_was_taken_and_is_nowhere_was_cancelled(office: Office) -> None:
    calendar, server = office()
    script(server, refusal(409, "ErrorDuplicateTransactionId"), page(server.root), page(server.root, delta="d1"))
    again = calendar.book(ANN, REQUEST)
    assert again.cancelled
    assert (again.event_id, again.time) == (tag_for("key-1"), THEN)


def test_a_throttled_booking_was_not_done_and_says_until_when(office: Office) -> None:
    calendar, server = office(refusal(429, "TooManyRequests", ("Retry-After", "60")))
    with pytest.raises(TryLater) as throttled:
        calendar.book(ANN, REQUEST)
    assert throttled.value.not_before == NOW + timedelta(minutes=1)
    assert len(server.seen) == 1


def test_find_looks_on_pages_that_follow_an_empty_one_and_prefers_the_living(office: Office) -> None:
    calendar, server = office()
    dead, alive = event("a", isCancelled=True), event("b")
    script(server, page(server.root, more="p2"), page(server.root, dead, alive))
    found = calendar.find(ANN, "key-1", THEN)
    assert found is not None
    assert (found.event_id, found.cancelled) == ("b", False)


def test_what_was_never_booked_is_not_found(office: Office) -> None:
    calendar, server = office()
    script(server, page(server.root, delta="d1"))
    assert calendar.find(ANN, "key-1", THEN) is None


def test_an_event_is_read_or_it_is_gone(office: Office) -> None:
    calendar, _ = office(Reply(body=event()), GONE)
    entry = calendar.read(ANN, "e1")
    assert entry is not None
    assert entry.time == THEN
    assert calendar.read(ANN, "e1") is None


def test_an_unknown_mailbox_is_not_a_missing_event(office: Office) -> None:
    calendar, _ = office(refusal(404, "MailboxNotEnabledForRESTAPI"))
    with pytest.raises(Broken):
        calendar.read(ANN, "e1")


LATER = Interval(THEN.start + timedelta(hours=1), THEN.end + timedelta(hours=1))
MOVE = Move("e1", LATER, "America/Chicago", 'W/"1"')
MOVED = event(start=at("2027-02-23T16:00:00"), end=at("2027-02-23T16:30:00"), **{"@odata.etag": 'W/"2"'})


@pytest.mark.parametrize("etag", ['W/"1"', None])
def test_a_move_changes_the_time_alone_and_only_what_was_seen(office: Office, etag: str | None) -> None:
    calendar, server = office(Reply(body=event()), Reply(body=MOVED))
    assert calendar.move(ANN, replace(MOVE, etag=etag)).time == LATER
    patch = server.seen[1]
    assert (patch.method, patch.headers["if-match"]) == ("PATCH", 'W/"1"')
    assert {name for name in patch.json() if not name.startswith("@")} == {"start", "end"}
    assert patch.json()["start"] == {"dateTime": "2027-02-23T10:00:00", "timeZone": "America/Chicago"}


def test_moving_to_where_it_is_changes_nothing_even_with_an_old_mark(office: Office) -> None:
    calendar, server = office(Reply(body=MOVED))
    assert calendar.move(ANN, MOVE).etag == 'W/"2"'
    assert [seen.method for seen in server.seen] == ["GET"]


@pytest.mark.parametrize(
    "replies",
    [
        [Reply(body=event(**{"@odata.etag": 'W/"9"'}))],
        [Reply(body=event(isCancelled=True))],
        [GONE],
        [Reply(body=event()), refusal(412, "ErrorIrresolvableConflict")],
        [Reply(body=event()), GONE],
    ],
    ids=["changed", "cancelled", "gone", "overtaken", "gone meanwhile"],
)
def test_a_move_yields_to_a_human_who_was_faster(office: Office, replies: list[Reply]) -> None:
    calendar, server = office(*replies)
    with pytest.raises(Refused):
        calendar.move(ANN, MOVE)
    assert len(server.seen) == len(replies)


def test_a_move_whose_answer_was_lost_is_in_doubt(office: Office) -> None:
    calendar, _ = office(Reply(body=event()), None)
    with pytest.raises(Doubtful):
        calendar.move(ANN, MOVE)


@pytest.mark.parametrize(
    "replies",
    [
        [Reply(202, b"")],
        [GONE],
        [refusal(400, "ErrorInvalidRequest"), Reply(body=event(isCancelled=True))],
        [refusal(400, "ErrorInvalidRequest"), GONE],
    ],
    ids=["cancelled now", "gone", "cancelled before", "gone meanwhile"],
)
def test_cancelling_ends_in_success_when_the_event_is_off(office: Office, replies: list[Reply]) -> None:
    calendar, server = office(*replies)
    calendar.cancel(ANN, "e1")
    assert server.seen[0].path.endswith("/events/e1/cancel")
    assert len(server.seen) == len(replies)


def test_cancelling_what_is_not_ours_is_broken(office: Office) -> None:
    calendar, _ = office(refusal(400, "ErrorInvalidRequest"), Reply(body=event(isOrganizer=False)))
    with pytest.raises(Broken):
        calendar.cancel(ANN, "e1")
