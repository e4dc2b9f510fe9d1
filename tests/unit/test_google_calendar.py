"""What the Google adapter puts on the wire, and what it makes of answers that the sandbox never gives."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from adapters.google.calendar import GoogleCalendar
from adapters.google.translate import event_id
from domain.calendar import BookingRequest, Move
from domain.errors import Broken, CursorExpired, Doubtful, Refused
from domain.interval import Interval
from tests.unit.google_office import ANNA, NOW, Asked, Office, calendar_at, google_office

TIME = Interval(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1))
LATER = Interval(TIME.start + timedelta(days=1), TIME.end + timedelta(days=1))
EVENT = {
    "id": event_id("key"),
    "status": "confirmed",
    "etag": '"1"',
    "iCalUID": "e1@google.com",
    "start": {"dateTime": TIME.start.isoformat()},
    "end": {"dateTime": TIME.end.isoformat()},
}
REQUEST = BookingRequest("key", "Mentoring", "See the charter.", TIME, "Europe/Berlin", ("ben@example.net",))


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def calendar(office: Office, tmp_path: Path) -> GoogleCalendar:
    return calendar_at(office, tmp_path)


def query(asked: Asked) -> dict[str, list[str]]:
    return parse_qs(urlsplit(asked.path).query)


def test_a_booking_is_one_signed_request_that_makes_google_invite(office: Office, calendar: GoogleCalendar) -> None:
    calendar_path = "/calendar/v3/calendars/anna@example.org/events"
    office.will(200, EVENT)
    calendar.book(ANNA, REQUEST)
    (asked,) = office.asked
    assert (asked.method, unquote(urlsplit(asked.path).path)) == ("POST", calendar_path)
    assert query(asked)["sendUpdates"] == ["all"]
    assert asked.headers["authorization"] == "Bearer sesame"
    assert asked.json()["id"] == event_id("key")


def test_a_taken_id_is_adopted_whether_it_lives_or_not(office: Office, calendar: GoogleCalendar) -> None:
    office.will_refuse(409, "duplicate").will(200, EVENT)
    assert not calendar.book(ANNA, REQUEST).cancelled
    office.will_refuse(409, "duplicate").will(200, {"id": EVENT["id"], "status": "cancelled"})
    again = calendar.book(ANNA, REQUEST)
    assert (again.cancelled, again.time) == (True, TIME)


def test_a_taken_id_that_cannot_be_read_leaves_doubt(office: Office, calendar: GoogleCalendar) -> None:
    office.will_refuse(409, "duplicate").will_refuse(404, "notFound")
    with pytest.raises(Doubtful):
        calendar.book(ANNA, REQUEST)


def test_a_server_error_leaves_a_booking_in_doubt_and_is_not_repeated(office: Office, calendar: GoogleCalendar) -> None:
    office.will_refuse(503, "backendError")
    with pytest.raises(Doubtful):
        calendar.book(ANNA, REQUEST)
    assert len(office.asked) == 1


def test_an_answer_that_is_no_json_leaves_a_booking_in_doubt(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, b'{"id": "e')
    with pytest.raises(Doubtful):
        calendar.book(ANNA, REQUEST)


def test_a_move_sends_times_alone_under_the_old_mark(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, EVENT).will(200, EVENT)
    calendar.move(ANNA, Move("e1", LATER, "America/Chicago", '"1"'))
    patch = office.asked[1]
    assert (patch.method, patch.headers["if-match"]) == ("PATCH", '"1"')
    assert patch.json() == {
        "start": {"dateTime": "2027-03-04T02:00:00-06:00", "timeZone": "America/Chicago"},
        "end": {"dateTime": "2027-03-04T03:00:00-06:00", "timeZone": "America/Chicago"},
    }
    assert query(patch)["sendUpdates"] == ["all"]


def test_a_move_that_a_human_overtook_between_look_and_write_is_refused(
    office: Office, calendar: GoogleCalendar
) -> None:
    office.will(200, EVENT).will_refuse(412, "conditionNotMet")
    with pytest.raises(Refused):
        calendar.move(ANNA, Move("e1", LATER, "Europe/Berlin", '"1"'))
    office.will(200, EVENT).will_refuse(410, "deleted")
    with pytest.raises(Refused):
        calendar.move(ANNA, Move("e1", LATER, "Europe/Berlin", '"1"'))


def test_a_round_reads_all_pages_and_keeps_the_last_mention(office: Office, calendar: GoogleCalendar) -> None:
    moved = EVENT | {"start": {"dateTime": LATER.start.isoformat()}, "end": {"dateTime": LATER.end.isoformat()}}
    office.will(200, {"items": [EVENT], "nextPageToken": "two"}).will(200, {"nextPageToken": "three"})
    office.will(200, {"items": [moved], "nextSyncToken": "sync"})
    changes = calendar.changes(ANNA, None, NOW)
    assert [entry.time for entry in changes.entries] == [LATER]
    assert changes.complete
    assert [query(asked).get("pageToken") for asked in office.asked] == [None, ["two"], ["three"]]
    assert query(office.asked[0])["timeMin"] == ["2027-01-30T08:00:00Z"]
    assert {"showDeleted", "timeMax", "orderBy"}.isdisjoint(query(office.asked[0]))


def test_the_next_round_sends_the_sync_token_and_no_window(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"items": [], "nextSyncToken": "sync"})
    cursor = calendar.changes(ANNA, None, NOW).cursor
    office.will(200, {"items": [{"id": "e1", "status": "cancelled"}], "nextSyncToken": "sync2"})
    changes = calendar.changes(ANNA, cursor, NOW)
    assert (changes.gone, changes.entries, changes.complete) == (("e1",), (), False)
    asked = query(office.asked[1])
    assert asked["syncToken"] == ["sync"]
    assert "timeMin" not in asked
    assert asked["singleEvents"] == ["true"]


def test_an_old_window_is_replaced_by_a_complete_read(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"items": [], "nextSyncToken": "sync"})
    cursor = calendar.changes(ANNA, None, NOW).cursor
    office.will(200, {"items": [], "nextSyncToken": "sync"})
    assert not calendar.changes(ANNA, cursor, NOW + timedelta(days=37)).complete
    office.will(200, {"items": [], "nextSyncToken": "sync"})
    assert calendar.changes(ANNA, cursor, NOW + timedelta(days=38)).complete


def test_a_complete_read_leaves_out_what_lies_far_ahead(office: Office, calendar: GoogleCalendar) -> None:
    far = TIME.start + timedelta(days=300)
    yearly = EVENT | {"id": "far", "start": {"dateTime": far.isoformat()}, "end": {"dateTime": far.isoformat()}}
    office.will(200, {"items": [yearly, EVENT], "nextSyncToken": "sync"})
    assert [entry.event_id for entry in calendar.changes(ANNA, None, NOW).entries] == [EVENT["id"]]


def test_a_forgotten_token_is_told(office: Office, calendar: GoogleCalendar) -> None:
    office.will_refuse(410, "fullSyncRequired")
    with pytest.raises(CursorExpired):
        calendar.changes(ANNA, '{"token": "old", "start": "2027-01-30T08:00:00Z"}', NOW)


def test_an_error_inside_a_good_answer_is_broken(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"calendars": {ANNA: {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}}})
    with pytest.raises(Broken):
        calendar.busy(ANNA, TIME)
    office.will(200, {"calendars": {}})
    with pytest.raises(Broken):
        calendar.busy(ANNA, TIME)


def test_a_day_is_read_in_the_calendars_zone(office: Office, calendar: GoogleCalendar) -> None:
    day = EVENT | {"start": {"date": "2027-03-10"}, "end": {"date": "2027-03-11"}}
    office.will(200, day).will(200, {"items": [], "timeZone": "Australia/Sydney"})
    entry = calendar.read(ANNA, "e1")
    assert entry is not None
    assert entry.time.start.isoformat() == "2027-03-09T13:00:00+00:00"
