"""Events of Outlook's that make no sense are set aside with a reason; the time that they take is taken all the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.graph.malformed import taken
from domain.calendar import Ask, BookingRequest, CalendarChanges, Move, ParkedItem
from domain.errors import Broken, Doubtful, TryLater
from domain.interval import Interval
from tests.unit.graph_office import ANN, NOW, Office, at, batch, calendar_office, event
from tests.unit.loopback import Reply

THEN = Interval(datetime(2027, 2, 23, 15, tzinfo=UTC), datetime(2027, 2, 23, 15, 30, tzinfo=UTC))
ANYWHERE = Interval(datetime(2027, 2, 23, 1, tzinfo=UTC), datetime(2027, 2, 24, 3, 30, tzinfo=UTC))
SWAPPED = {"start": at("2027-02-23T15:30:00"), "end": at("2027-02-23T15:00:00")}
NOWHERE = {"start": at("2027-02-23T15:00:00", "Customized Time Zone"), "end": at("2027-02-23T15:30:00", "Mars Time")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("fields", "reason", "time"),
    [
        (SWAPPED, "ends-before-start", THEN),
        (NOWHERE, "unknown-zone", ANYWHERE),
        (SWAPPED | NOWHERE, "unknown-zone", ANYWHERE),
        ({"attendees": "nobody"}, "unreadable", THEN),
        ({"organizer": ["?"]}, "unreadable", THEN),
        ({"start": at("yesterday")}, "no-time", None),
        ({"start": {"dateTime": "2027-02-23T15:00:00"}}, "unknown-zone", ANYWHERE),
        ({"end": None}, "no-time", None),
        ({"start": 7, "end": []}, "no-time", None),
        ({"end": at("2027-02-23T99:00:00")}, "no-time", None),
    ],
)
def test_what_makes_no_sense_blocks_the_time_that_it_is_known_to_take(
    fields: dict[str, Any], reason: str, time: Interval | None
) -> None:
    entry, parked = taken(event("e1", **fields))
    assert parked == ParkedItem("e1", reason)
    assert (entry and entry.time) == time
    if entry is not None:
        assert entry.shows.blocks
        assert (entry.event_id, entry.ical_uid, entry.organiser, entry.attendees) == ("e1", "", "", ())


@pytest.mark.parametrize("fields", [{"isCancelled": True}, {"showAs": "free"}, {"showAs": "workingElsewhere"}])
def test_what_makes_no_sense_but_takes_no_time_blocks_none(fields: dict[str, Any]) -> None:
    entry, parked = taken(event("e1", **SWAPPED, **fields))
    assert (entry, parked) == (None, ParkedItem("e1", "ends-before-start"))


@pytest.mark.parametrize("item", [None, 7, "event", [], {}, {"id": 7}])
def test_what_is_no_event_at_all_is_set_aside_without_an_id(item: Any) -> None:
    entry, parked = taken(item)
    assert (entry, parked) == (None, ParkedItem("", "no-time"))


def test_a_page_of_nonsense_keeps_no_good_event_back(office: Office) -> None:
    page = [None, event("swapped", **SWAPPED), {"id": "bare"}, event("good"), 7, event("lost", **NOWHERE)]
    calendar, server = office()
    link = {"@odata.deltaLink": f"{server.root}/v1.0/round"}
    server.replies[:] = [Reply(body={"value": page} | link), Reply(body={"id": "bare"})]
    changes = calendar.changes(ANN, None, NOW)
    assert {entry.event_id: entry.time for entry in changes.entries} == {
        "swapped": THEN,
        "good": THEN,
        "lost": ANYWHERE,
    }
    assert {(item.event_id, item.reason) for item in changes.parked} == {
        ("", "no-time"),
        ("swapped", "ends-before-start"),
        ("bare", "no-time"),
        ("lost", "unknown-zone"),
    }


def test_the_last_mention_of_an_event_decides_whether_it_makes_sense(office: Office) -> None:
    calendar, server = office()
    link = {"@odata.deltaLink": f"{server.root}/v1.0/round"}
    page = [event("a", **SWAPPED), event("b"), event("a"), event("b", **SWAPPED)]
    server.replies[:] = [Reply(body={"value": page} | link)]
    changes = calendar.changes(ANN, None, NOW)
    assert [item.event_id for item in changes.parked] == ["b"]
    assert {entry.event_id: entry.ical_uid for entry in changes.entries} == {"a": "uid-a", "b": ""}


@pytest.mark.parametrize("value", [None, "rows", {"a": 1}, 7])
def test_a_page_without_a_list_is_not_an_empty_one(office: Office, value: Any) -> None:
    calendar, server = office()
    server.replies[:] = [Reply(body={"value": value, "@odata.deltaLink": f"{server.root}/v1.0/round"})]
    with pytest.raises(TryLater):
        calendar.changes(ANN, None, NOW)


def test_nobody_acts_on_an_event_that_makes_no_sense(office: Office) -> None:
    calendar, _ = office(Reply(body=event("e1", **NOWHERE)))
    with pytest.raises(Broken):
        calendar.read(ANN, "e1")
    with pytest.raises(Broken):
        calendar.move(ANN, Move("e1", THEN, "Europe/Berlin", None))


def test_a_booking_answered_with_nonsense_is_looked_up_and_not_made_twice(office: Office) -> None:
    request = BookingRequest("key-1", "Ann and Bo", "See you", THEN, "America/Chicago", (), online=True)
    calendar, server = office(Reply(201, event("e1", **NOWHERE)), Reply(body={"value": [event("e1")]}))
    assert calendar.book(ANN, request).event_id == "e1"
    assert [seen.method for seen in server.seen] == ["POST", "GET"]


def test_a_move_answered_with_nonsense_is_in_doubt(office: Office) -> None:
    later = Interval(THEN.end, THEN.end + (THEN.end - THEN.start))
    calendar, _ = office(Reply(body=event()), Reply(body={"id": "e1"}))
    with pytest.raises(Doubtful):
        calendar.move(ANN, Move("e1", later, "Europe/Berlin", None))


@pytest.mark.parametrize(
    "item",
    [{"status": "busy"}, {"status": "busy", "start": at("?"), "end": at("?")}, {"status": "busy", **NOWHERE}, 7],
)
def test_a_schedule_that_makes_no_sense_is_unknown_and_never_free(office: Office, item: Any) -> None:
    calendar, _ = office(Reply(body={"value": [{"scheduleItems": [item]}]}))
    with pytest.raises(Broken):
        calendar.busy(ANN, THEN)


def test_a_schedule_with_swapped_times_is_busy_between_them(office: Office) -> None:
    calendar, _ = office(Reply(body={"value": [{"scheduleItems": [{"status": "busy", **SWAPPED}]}]}))
    assert [busy.time for busy in calendar.busy(ANN, THEN)] == [THEN]


def test_nonsense_in_one_of_many_calendars_stays_there(office: Office) -> None:
    calendar, server = office()
    link = {"@odata.deltaLink": f"{server.root}/v1.0/round"}
    server.replies[:] = [batch(Reply(body={"value": [7]} | link), Reply(body={"value": [event("b")]} | link))]
    ann, bo = calendar.changes_of([Ask(ANN), Ask("bo@example.org")], NOW)
    assert isinstance(ann, CalendarChanges)
    assert isinstance(bo, CalendarChanges)
    assert ([item.reason for item in ann.parked], bo.parked, len(bo.entries)) == (["no-time"], (), 1)
