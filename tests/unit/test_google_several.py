"""Several calendars of one Google account, and accounts of which only the busy times may be read."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from adapters.google.calendar import GoogleCalendar
from domain.calendar import Ask, CalendarChanges
from domain.errors import Broken, MentorsyncError, NoAccess, NoMailbox
from domain.interval import Interval
from tests.unit.google_office import ANNA, NOW, Asked, Office, calendar_at, google_office

TEAM = "team@group.calendar.example"
TIME = Interval(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=1))
BUSY = {"start": TIME.start.isoformat(), "end": TIME.end.isoformat()}


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def calendar(office: Office, tmp_path: Path) -> GoogleCalendar:
    return calendar_at(office, tmp_path)


def event(id: str) -> dict[str, Any]:
    times = {"start": {"dateTime": TIME.start.isoformat()}, "end": {"dateTime": TIME.end.isoformat()}}
    return {"id": id, "status": "confirmed", "etag": '"1"', "iCalUID": "e1@google.com"} | times


def calendar_in(asked: Asked) -> str:
    return unquote(urlsplit(asked.path).path).split("/")[4]


def good(found: CalendarChanges | MentorsyncError) -> CalendarChanges:
    assert isinstance(found, CalendarChanges), found
    return found


def test_one_event_in_two_calendars_of_a_person_is_two_entries(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"items": [event("e1")], "nextSyncToken": "s1"})
    office.will(200, {"items": [event("e1")], "nextSyncToken": "t1"})
    (found,) = calendar.changes_of([Ask(ANNA, None, (TEAM,))], NOW)
    assert [entry.event_id for entry in good(found).entries] == ["e1", f"{TEAM}/e1"]
    assert [calendar_in(asked) for asked in office.asked] == [ANNA, TEAM]
    office.will(200, {"items": [], "nextSyncToken": "s2"})
    office.will(200, {"items": [{"id": "e1", "status": "cancelled"}], "nextSyncToken": "t2"})
    (news,) = calendar.changes_of([Ask(ANNA, good(found).cursor, (TEAM,))], NOW)
    assert good(news).gone == (f"{TEAM}/e1",)
    assert [parse_qs(urlsplit(asked.path).query)["syncToken"] for asked in office.asked[2:]] == [["s1"], ["t1"]]


@pytest.mark.parametrize(("status", "reason"), [(404, "notFound"), (403, "forbidden")])
def test_a_further_calendar_that_is_no_longer_shared_is_no_lost_account(
    office: Office, calendar: GoogleCalendar, status: int, reason: str
) -> None:
    office.will(200, {"items": [], "nextSyncToken": "s1"}).will_refuse(status, reason)
    (found,) = calendar.changes_of([Ask(ANNA, None, (TEAM,))], NOW)
    assert isinstance(found, Broken)
    assert not isinstance(found, NoAccess | NoMailbox)


def test_busy_times_of_all_calendars_are_one_question(office: Office, calendar: GoogleCalendar) -> None:
    office.will(200, {"calendars": {ANNA: {"busy": [BUSY]}, TEAM: {"busy": [BUSY]}}})
    assert [busy.time for busy in calendar.busy(ANNA, TIME, [TEAM])] == [TIME]
    assert office.asked[0].json()["items"] == [{"id": ANNA}, {"id": TEAM}]
    office.will(200, {"calendars": {ANNA: {"busy": [BUSY]}, TEAM: {"errors": [{"reason": "notFound"}], "busy": []}}})
    with pytest.raises(Broken):
        calendar.busy(ANNA, TIME, [TEAM])


def test_of_those_who_show_busy_times_only_nothing_else_is_asked_or_kept(
    office: Office, calendar: GoogleCalendar
) -> None:
    office.will(200, {"calendars": {ANNA: {"busy": [BUSY]}}})
    (found,) = calendar.changes_of([Ask(ANNA, "times", times_only=True)], NOW)
    (entry,) = good(found).entries
    assert (entry.time, entry.ical_uid, entry.organiser, entry.attendees) == (TIME, "", "", ())
    assert (good(found).complete, good(found).times_only) == (True, True)
    (asked,) = office.asked
    assert asked.path.partition("?")[0].endswith("/freeBusy")


@pytest.mark.parametrize("busy", [[7], [{"start": "?"}], "all day", None, [{"start": "2027-03-03T10:00:00Z"}]])
def test_busy_times_that_make_no_sense_are_unknown_and_never_free(
    office: Office, calendar: GoogleCalendar, busy: Any
) -> None:
    office.will(200, {"calendars": {ANNA: {"busy": busy}}})
    with pytest.raises(Broken):
        calendar.busy(ANNA, TIME)
