"""Events of Google's that make no sense are set aside with a reason; the time that they take is taken all the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.google.calendar import GoogleCalendar
from adapters.google.malformed import taken
from domain.calendar import BookingRequest, Move, ParkedItem
from domain.errors import Broken, Doubtful, TryLater
from domain.interval import Interval
from tests.unit.google_office import ANNA, NOW, Office, calendar_at, google_office

TIME = Interval(datetime(2027, 3, 10, 14, tzinfo=UTC), datetime(2027, 3, 10, 15, tzinfo=UTC))
ANYWHERE = Interval(TIME.start - timedelta(hours=14), TIME.end + timedelta(hours=12))
START, END = {"dateTime": "2027-03-10T14:00:00Z"}, {"dateTime": "2027-03-10T15:00:00Z"}
NOWHERE: dict[str, Any] = {
    "start": {"dateTime": "2027-03-10T14:00:00", "timeZone": "Mars/Base"},
    "end": {"dateTime": "2027-03-10T15:00:00", "timeZone": "Mars/Base"},
}


def event(id: str = "e1", **changed: Any) -> dict[str, Any]:
    return {
        "id": id,
        "status": "confirmed",
        "etag": '"1"',
        "iCalUID": f"{id}@google.com",
        "start": START,
        "end": END,
    } | changed


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def calendar(office: Office, tmp_path: Path) -> GoogleCalendar:
    return calendar_at(office, tmp_path)


@pytest.mark.parametrize(
    ("fields", "reason", "time"),
    [
        ({"start": END, "end": START}, "ends-before-start", TIME),
        (NOWHERE, "unknown-zone", ANYWHERE),
        ({"attendees": "nobody"}, "unreadable", TIME),
        ({"organizer": ["?"]}, "unreadable", TIME),
        ({"start": {"dateTime": "yesterday"}}, "no-time", None),
        ({"start": {}}, "no-time", None),
        ({"start": 7, "end": []}, "no-time", None),
        ({"end": None}, "no-time", None),
        ({"start": {"date": "2027-02-30"}, "end": {"date": "2027-03-01"}}, "no-time", None),
    ],
)
def test_what_makes_no_sense_blocks_the_time_that_it_is_known_to_take(
    fields: dict[str, Any], reason: str, time: Interval | None
) -> None:
    entry, parked = taken(ANNA, event(**fields), "UTC")
    assert parked == ParkedItem("e1", reason)
    assert (entry and entry.time) == time
    if entry is not None:
        assert entry.shows.blocks
        assert (entry.event_id, entry.ical_uid, entry.organiser, entry.attendees) == ("e1", "", "", ())


def test_a_day_in_a_calendar_of_unknown_zone_blocks_the_day_wherever_it_is() -> None:
    entry, parked = taken(ANNA, event(start={"date": "2027-03-10"}, end={"date": "2027-03-11"}), "Mars/Base")
    assert parked == ParkedItem("e1", "unknown-zone")
    assert entry is not None
    assert entry.time == Interval(datetime(2027, 3, 9, 10, tzinfo=UTC), datetime(2027, 3, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"transparency": "transparent"}])
def test_what_makes_no_sense_but_takes_no_time_blocks_none(fields: dict[str, Any]) -> None:
    entry, parked = taken(ANNA, event(start=END, end=START, **fields), "UTC")
    assert (entry, parked) == (None, ParkedItem("e1", "ends-before-start"))


def test_a_page_of_nonsense_keeps_no_good_event_back(office: Office, calendar: GoogleCalendar) -> None:
    items = [None, event("swapped", start=END, end=START), {"id": "bare"}, event("good"), 7, {"status": "cancelled"}]
    office.will(200, {"items": items, "nextSyncToken": "s"})
    changes = calendar.changes(ANNA, None, NOW)
    assert {entry.event_id: entry.time for entry in changes.entries} == {"swapped": TIME, "good": TIME}
    assert {(item.event_id, item.reason) for item in changes.parked} == {
        ("", "no-time"),
        ("swapped", "ends-before-start"),
        ("bare", "no-time"),
    }


def test_a_living_event_that_shows_no_time_is_set_aside_and_not_taken_for_gone(
    office: Office, calendar: GoogleCalendar
) -> None:
    office.will(200, {"items": [], "nextSyncToken": "s"})
    cursor = calendar.changes(ANNA, None, NOW).cursor
    office.will(
        200,
        {"items": [{"id": "bare", "status": "confirmed"}, {"id": "off", "status": "cancelled"}], "nextSyncToken": "t"},
    )
    changes = calendar.changes(ANNA, cursor, NOW)
    assert (changes.gone, changes.parked) == (("off",), (ParkedItem("bare", "no-time"),))


@pytest.mark.parametrize(
    "page", [{"items": "rows", "nextSyncToken": "s"}, {"items": None, "nextSyncToken": "s"}, [], [7]]
)
def test_a_page_without_a_list_is_not_an_empty_one(office: Office, calendar: GoogleCalendar, page: Any) -> None:
    office.will(200, page)
    with pytest.raises(TryLater):
        calendar.changes(ANNA, None, NOW)


def test_a_round_that_ends_without_a_token_is_tried_again(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"items": [event()]})
    with pytest.raises(TryLater):
        calendar.changes(ANNA, None, NOW)


def test_nobody_acts_on_an_event_that_makes_no_sense(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, event(**NOWHERE)).will(200, event(**NOWHERE)).will(200, event(**NOWHERE))
    with pytest.raises(Broken):
        calendar.read(ANNA, "e1")
    with pytest.raises(Broken):
        calendar.find(ANNA, "key", TIME)
    with pytest.raises(Broken):
        calendar.move(ANNA, Move("e1", TIME, "Europe/Berlin", None))


def test_a_write_answered_with_nonsense_is_in_doubt_and_not_repeated(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, event(**NOWHERE))
    with pytest.raises(Doubtful):
        calendar.book(ANNA, BookingRequest("key", "M", "See.", TIME, "UTC", (), online=True))
    later = Interval(TIME.end, TIME.end + timedelta(hours=1))
    office.will(200, event()).will(200, event(**NOWHERE))
    with pytest.raises(Doubtful):
        calendar.move(ANNA, Move("e1", later, "UTC", None))
    assert len(office.asked) == 3
