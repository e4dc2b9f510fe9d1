"""Graph's JSON becomes the domain's values."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.graph.translate import booked, busy, entry, is_whole, merged, tag_for
from domain.calendar import Attendee, Booked, Busy, CalendarEntry, Response, Shows
from domain.errors import Broken, TryLater
from domain.interval import Interval
from tests.unit.graph_office import at, event, removed

THEN = Interval(datetime(2027, 2, 23, 15, tzinfo=UTC), datetime(2027, 2, 23, 15, 30, tzinfo=UTC))


def test_an_event_becomes_an_entry_without_its_title() -> None:
    assert entry(event(transactionId="t-1")) == CalendarEntry(
        event_id="e1",
        ical_uid="uid-e1",
        time=THEN,
        shows=Shows.BUSY,
        own_response=Response.ACCEPTED,
        organiser="ann@example.org",
        attendees=(Attendee("bo@example.net", Response.NEEDS_ACTION),),
        cancelled=False,
        tag="t-1",
        etag='W/"1"',
    )


def test_an_event_of_ours_becomes_booked() -> None:
    assert booked(event()) == Booked("e1", "uid-e1", THEN, 'W/"1"', False)
    assert booked(event(isCancelled=True)).cancelled


@pytest.mark.parametrize(
    ("word", "shows", "blocks"),
    [
        ("free", Shows.FREE, False),
        ("tentative", Shows.TENTATIVE, True),
        ("busy", Shows.BUSY, True),
        ("oof", Shows.OUT_OF_OFFICE, True),
        ("workingElsewhere", Shows.WORKING_ELSEWHERE, False),
        ("unknown", Shows.BUSY, True),
        ("unknownFutureValue", Shows.BUSY, True),
        (None, Shows.BUSY, True),
    ],
)
def test_what_an_event_shows_as_blocks_unless_it_says_free(word: str | None, shows: Shows, blocks: bool) -> None:
    assert entry(event(showAs=word)).shows is shows
    assert shows.blocks is blocks


@pytest.mark.parametrize(
    ("word", "response"),
    [
        ("organizer", Response.ACCEPTED),
        ("accepted", Response.ACCEPTED),
        ("tentativelyAccepted", Response.TENTATIVE),
        ("declined", Response.DECLINED),
        ("none", Response.NEEDS_ACTION),
        ("notResponded", Response.NEEDS_ACTION),
        (None, Response.NEEDS_ACTION),
    ],
)
def test_an_answer_counts_only_when_it_was_given(word: str | None, response: Response) -> None:
    guest = {"type": "required", "status": {"response": word}, "emailAddress": {"address": "b@example.net"}}
    read = entry(event(isOrganizer=False, responseStatus={"response": word}, attendees=[guest]))
    assert (read.own_response, read.attendees[0].response) == (response, response)


def test_an_appointment_without_guests_is_accepted_by_its_maker() -> None:
    alone = event(attendees=[], responseStatus={"response": "none"})
    assert entry(alone).own_response is Response.ACCEPTED


def test_what_the_owner_declined_is_declined_however_it_still_shows() -> None:
    declined = event(isOrganizer=False, responseStatus={"response": "declined"}, showAs="busy")
    assert (entry(declined).own_response, entry(declined).cancelled) == (Response.DECLINED, False)


@pytest.mark.parametrize("word", ["normal", "personal", "private", "confidential"])
def test_a_private_event_counts_like_any_other(word: str) -> None:
    assert entry(event(sensitivity=word)) == entry(event())


def test_a_cancelled_event_says_so_although_it_still_lies_there() -> None:
    assert entry(event(isCancelled=True, showAs="free")).cancelled


def test_guests_without_a_status_or_an_address_do_no_harm() -> None:
    read = entry(event(attendees=[{"emailAddress": {"name": "Room"}}, {"emailAddress": {"address": "b@example.net"}}]))
    assert read.attendees == (Attendee("b@example.net", Response.NEEDS_ACTION),)


def test_a_series_master_does_not_block_its_occurrences_do() -> None:
    assert not entry(event(type="seriesMaster")).shows.blocks
    assert entry(event(type="occurrence")).shows.blocks


def test_an_all_day_event_blocks_the_day_of_its_maker() -> None:
    read = entry(event(isAllDay=True, start=at("2027-02-23T00:00:00"), end=at("2027-02-24T00:00:00")))
    assert read.time == Interval(datetime(2027, 2, 23, 6, tzinfo=UTC), datetime(2027, 2, 24, 6, tzinfo=UTC))


@pytest.mark.parametrize(("word", "blocks"), [("free", False), ("busy", True), ("oof", True)])
def test_an_all_day_event_blocks_only_when_it_shows_as_more_than_free(word: str, blocks: bool) -> None:
    day = event(isAllDay=True, showAs=word, start=at("2027-02-23T00:00:00"), end=at("2027-02-24T00:00:00"))
    assert entry(day).shows.blocks is blocks


@pytest.mark.parametrize("name", ["start", "end", "showAs", "attendees", "iCalUId", "@odata.etag", "isAllDay", "type"])
def test_an_item_that_lacks_a_property_is_not_whole(name: str) -> None:
    whole = event()
    assert is_whole(whole)
    assert not is_whole({key: value for key, value in whole.items() if key != name})
    assert not is_whole({**whole, name: None})


def test_later_mentions_win_and_keep_what_they_do_not_mention() -> None:
    items = merged([event("a"), event("b"), {"id": "a", "showAs": "free"}])
    assert list(items) == ["a", "b"]
    assert items["a"] == event("a", showAs="free")


def test_a_tombstone_wipes_what_came_before_and_a_later_mention_wipes_the_tombstone() -> None:
    assert merged([event("a"), removed("a")])["a"] == removed("a")
    assert merged([event("a"), removed("a"), {"id": "a", "showAs": "free"}])["a"] == {"id": "a", "showAs": "free"}


DAY = Interval(datetime(2027, 2, 23, tzinfo=UTC), datetime(2027, 2, 24, tzinfo=UTC))


def schedule(*items: dict[str, Any]) -> dict[str, Any]:
    return {"value": [{"scheduleId": "ann@example.org", "availabilityView": "2", "scheduleItems": list(items)}]}


def item(status: str | None, hour: int) -> dict[str, Any]:
    return {"status": status, "start": at(f"2027-02-23T{hour:02}:00:00"), "end": at(f"2027-02-23T{hour:02}:30:00")}


def test_only_what_blocks_is_busy() -> None:
    words = ["busy", "free", "tentative", "workingElsewhere", "oof", "unknown", None]
    found = busy(schedule(*(item(word, 9 + index) for index, word in enumerate(words))), DAY)
    assert [(one.time.start.hour, one.shows) for one in found] == [
        (9, Shows.BUSY),
        (11, Shows.TENTATIVE),
        (13, Shows.OUT_OF_OFFICE),
        (14, Shows.BUSY),
        (15, Shows.BUSY),
    ]
    assert isinstance(found[0], Busy)


def test_an_empty_schedule_is_free() -> None:
    assert busy(schedule(), DAY) == []


def test_busy_times_are_cut_to_the_window() -> None:
    half = Interval(datetime(2027, 2, 23, 9, 15, tzinfo=UTC), datetime(2027, 2, 23, 10, tzinfo=UTC))
    (only,) = busy(schedule(item("busy", 9), item("busy", 10)), half)
    assert only.time == Interval(half.start, datetime(2027, 2, 23, 9, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"value": []},
        {"value": [{"scheduleId": "ann@example.org", "availabilityView": "0"}]},
        {"value": [{"error": {"responseCode": "ErrorMailRecipientNotFound"}, "scheduleItems": []}]},
        {"value": [{"error": {"message": "no code"}}]},
        {"value": [{"scheduleItems": []}, {"scheduleItems": []}]},
    ],
)
def test_an_answer_that_does_not_say_is_never_free(document: dict[str, Any]) -> None:
    with pytest.raises(Broken):
        busy(document, DAY)


def test_a_busy_server_inside_the_answer_passes() -> None:
    with pytest.raises(TryLater):
        busy({"value": [{"error": {"responseCode": "ErrorServerBusy"}}]}, DAY)


def test_the_tag_of_a_key_is_the_same_for_ever() -> None:
    assert tag_for("booking/r1/3/0") == "9061626a-db9a-50fc-91c7-5f7e572ed5fa"
    assert tag_for("booking/r1/3/1") != tag_for("booking/r1/3/0")


def test_an_event_without_uid_or_change_mark_is_still_read() -> None:
    bare = {name: value for name, value in event().items() if name not in ("iCalUId", "@odata.etag", "changeKey")}
    found = entry(bare)
    assert (found.ical_uid, found.etag) == (bare["id"], "")
