"""Google's JSON and the values that it becomes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.google import translate
from domain.calendar import Attendee, BookingRequest, Busy, Response, Shows
from domain.interval import Interval

ANNA, BEN = "anna@example.org", "ben@example.net"
TIME = Interval(datetime(2027, 3, 10, 14, tzinfo=UTC), datetime(2027, 3, 10, 15, tzinfo=UTC))


def item(**fields: Any) -> dict[str, Any]:
    """Return an event as events.list shows it in Anna's calendar."""
    return {
        "kind": "calendar#event",
        "id": "e1",
        "status": "confirmed",
        "etag": '"3181161784712000"',
        "iCalUID": "e1@google.com",
        "start": {"dateTime": "2027-03-10T15:00:00+01:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2027-03-10T16:00:00+01:00", "timeZone": "Europe/Berlin"},
        "organizer": {"email": "Anna@Example.org", "self": True},
        "eventType": "default",
        **fields,
    }


def invited(response: str, **fields: Any) -> dict[str, Any]:
    """Return an event of Ben's to which Anna is invited."""
    guests = [{"email": ANNA, "self": True, "responseStatus": response}, {"email": BEN, "responseStatus": "accepted"}]
    return item(organizer={"email": BEN}, attendees=guests, **fields)


def test_an_event_of_ones_own_is_translated_in_full() -> None:
    entry = translate.entry(ANNA, item(), "Europe/Berlin")
    assert (entry.event_id, entry.ical_uid, entry.etag) == ("e1", "e1@google.com", '"3181161784712000"')
    assert (entry.time, entry.shows, entry.own_response) == (TIME, Shows.BUSY, Response.ACCEPTED)
    assert (entry.organiser, entry.attendees, entry.cancelled, entry.tag) == (ANNA, (), False, None)


@pytest.mark.parametrize(
    ("word", "response", "shows"),
    [
        ("accepted", Response.ACCEPTED, Shows.BUSY),
        ("tentative", Response.TENTATIVE, Shows.TENTATIVE),
        ("declined", Response.DECLINED, Shows.TENTATIVE),
        ("needsAction", Response.NEEDS_ACTION, Shows.TENTATIVE),
        ("somethingNew", Response.NEEDS_ACTION, Shows.TENTATIVE),
    ],
)
def test_the_owners_answer_and_how_it_counts(word: str, response: Response, shows: Shows) -> None:
    entry = translate.entry(ANNA, invited(word), "UTC")
    assert (entry.organiser, entry.own_response, entry.shows) == (BEN, response, shows)
    assert entry.attendees == (Attendee(ANNA, response),)


@pytest.mark.parametrize(
    ("fields", "shows"),
    [
        ({"transparency": "transparent"}, Shows.FREE),
        ({"transparency": "opaque"}, Shows.BUSY),
        ({"eventType": "outOfOffice"}, Shows.OUT_OF_OFFICE),
        ({"eventType": "workingLocation", "transparency": "transparent"}, Shows.WORKING_ELSEWHERE),
        ({"eventType": "birthday", "transparency": "transparent"}, Shows.FREE),
        ({"eventType": "focusTime"}, Shows.BUSY),
        ({"eventType": "fromGmail"}, Shows.BUSY),
        ({"eventType": "fromGmail", "transparency": "transparent"}, Shows.FREE),
        ({"eventType": "somethingNew"}, Shows.BUSY),
        ({"visibility": "private"}, Shows.BUSY),
        ({"start": {"date": "2027-03-10"}, "end": {"date": "2027-03-11"}}, Shows.BUSY),
        (
            {"start": {"date": "2027-03-10"}, "end": {"date": "2027-03-11"}, "transparency": "transparent"},
            Shows.FREE,
        ),
    ],
)
def test_transparency_and_kind_say_how_it_counts(fields: dict[str, Any], shows: Shows) -> None:
    assert translate.entry(ANNA, item(**fields), "UTC").shows is shows


def test_an_organiser_who_declined_her_own_meeting_has_declined() -> None:
    guests = [{"email": ANNA, "self": True, "organizer": True, "responseStatus": "declined"}]
    assert translate.entry(ANNA, item(attendees=guests), "UTC").own_response is Response.DECLINED


@pytest.mark.parametrize(
    ("guests", "response"),
    [
        ([{"email": ANNA, "self": True, "responseStatus": "declined"}], Response.DECLINED),
        ([{"email": "other@example.org", "responseStatus": "accepted"}], Response.NEEDS_ACTION),
        ([], Response.NEEDS_ACTION),
    ],
)
def test_of_a_list_that_leaves_guests_out_only_what_it_says_is_known(
    guests: list[dict[str, Any]], response: Response
) -> None:
    crowd = item(organizer={"email": BEN}, attendees=guests, attendeesOmitted=True)
    assert translate.entry(ANNA, crowd, "UTC").own_response is response
    assert translate.entry(ANNA, crowd | {"organizer": {"email": ANNA}}, "UTC").own_response is not Response.TENTATIVE


def test_rooms_and_the_organiser_are_no_attendees() -> None:
    guests = [
        {"email": "Ben@Example.net", "responseStatus": "accepted"},
        {"email": "room@example.org", "resource": True, "responseStatus": "accepted"},
        {"email": ANNA, "self": True, "organizer": True, "responseStatus": "needsAction"},
    ]
    entry = translate.entry(ANNA, item(attendees=guests), "UTC")
    assert entry.attendees == (Attendee(BEN, Response.ACCEPTED),)
    assert entry.own_response is Response.ACCEPTED


def test_a_day_lies_in_the_calendars_zone_and_its_end_is_exclusive() -> None:
    whole = item(start={"date": "2027-03-14"}, end={"date": "2027-03-15"})
    time = translate.when(whole, "America/Chicago")
    # The American clocks go forward in that night: the day has 23 hours.
    assert time == Interval(datetime(2027, 3, 14, 6, tzinfo=UTC), datetime(2027, 3, 15, 5, tzinfo=UTC))
    assert translate.is_all_day(whole)
    assert not translate.is_all_day(item())


def test_a_time_without_offset_is_read_in_its_own_zone() -> None:
    naive = {"dateTime": "2027-03-10T15:00:00", "timeZone": "Europe/Berlin"}
    assert translate.when(item(start=naive), "UTC").start == TIME.start


def test_a_floating_time_is_read_in_the_zone_of_its_calendar() -> None:
    floating = {"dateTime": "2027-03-10T15:00:00"}
    assert translate.when(item(start=floating), "Europe/Berlin").start == TIME.start


def test_a_tombstone_is_not_whole_and_a_cancelled_event_with_times_is() -> None:
    assert not translate.is_whole({"id": "e1", "status": "cancelled"})
    cancelled = item(status="cancelled")
    assert translate.is_whole(cancelled)
    assert translate.entry(ANNA, cancelled, "UTC").cancelled


def test_an_event_of_ours_shows_its_tag() -> None:
    ours = item(extendedProperties={"private": {"mentorsync": "abc", "other": "x"}})
    assert translate.entry(ANNA, ours, "UTC").tag == "abc"
    theirs = item(extendedProperties={"private": {"other": "x"}})
    assert translate.entry(ANNA, theirs, "UTC").tag is None


def test_a_booked_event_without_times_is_where_it_was_meant_to_be() -> None:
    booked = translate.booked({"id": "e1", "status": "cancelled"}, TIME)
    assert (booked.time, booked.cancelled) == (TIME, True)
    later = Interval(TIME.start + timedelta(hours=1), TIME.end + timedelta(hours=1))
    assert translate.booked(item(), later).time == TIME


def test_an_event_id_is_stable_and_in_googles_alphabet() -> None:
    id = translate.event_id("relationship-1/book/3.1")
    assert id == translate.event_id("relationship-1/book/3.1")
    assert id != translate.event_id("relationship-1/book/3.2")
    assert len(id) == 32
    assert set(id) <= set("0123456789abcdefghijklmnopqrstuv")


def test_a_booking_is_written_in_the_clock_of_its_zone() -> None:
    request = BookingRequest("key", "Mentoring", "See the charter.", TIME, "Europe/Berlin", (BEN,))
    body = translate.insertion(request)
    assert body["start"] == {"dateTime": "2027-03-10T15:00:00+01:00", "timeZone": "Europe/Berlin"}
    assert body["end"] == {"dateTime": "2027-03-10T16:00:00+01:00", "timeZone": "Europe/Berlin"}
    assert body["attendees"] == [{"email": BEN}]
    assert body["extendedProperties"] == {"private": {"mentorsync": body["id"]}}
    assert body["guestsCanInviteOthers"] is False
    assert "iCalUID" not in body


def test_busy_stretches_are_cut_to_the_window() -> None:
    stretch = {"start": "2027-03-10T13:00:00Z", "end": "2027-03-10T14:30:00Z"}
    half = Interval(TIME.start, TIME.start + timedelta(minutes=30))
    assert translate.busy(stretch, TIME) == Busy(half, Shows.BUSY)
    assert translate.busy({"start": "2027-03-10T13:00:00Z", "end": "2027-03-10T14:00:00Z"}, TIME) is None
