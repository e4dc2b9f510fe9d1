"""Several calendars of one Outlook account, and accounts of which only the busy times may be read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.graph.calendar import GraphCalendar
from domain.calendar import Ask, CalendarChanges, Shows
from domain.errors import Broken, CursorExpired, MentorsyncError, NoAccess, TryLater
from domain.interval import Interval
from tests.unit.graph_office import ANN, NOW, Office, at, batch, calendar_office, event, refusal, removed
from tests.unit.loopback import Loopback, Reply

BO = "bo@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


def page(server: Loopback, *items: dict[str, Any]) -> Reply:
    return Reply(body={"value": list(items), "@odata.deltaLink": f"{server.root}/v1.0/round"})


def good(found: CalendarChanges | MentorsyncError) -> CalendarChanges:
    assert isinstance(found, CalendarChanges), found
    return found


def both(calendar: GraphCalendar, cursor: str | None = None, now: datetime = NOW) -> CalendarChanges:
    (found,) = calendar.changes_of([Ask(ANN, cursor, ("team", "team"))], now)
    return good(found)


def test_all_calendars_of_an_account_are_one_request_and_one_answer(office: Office) -> None:
    calendar, server = office()
    server.replies[:] = [batch(page(server, event("a")), page(server, event("b"), 7))]  # type: ignore[arg-type]
    changes = both(calendar)
    (seen,) = server.seen
    assert [part["url"].partition("?")[0] for part in seen.json()["requests"]] == [
        "/users/ann%40example.org/calendarView/delta()",
        "/users/ann%40example.org/calendars/team/calendarView/delta()",
    ]
    assert [entry.event_id for entry in changes.entries] == ["a", "team/b"]
    assert [item.event_id for item in changes.parked] == ["team/"]
    assert changes.complete
    assert changes.window == Interval(NOW - 30 * DAY, NOW + 180 * DAY)


def test_each_calendar_goes_on_from_its_own_cursor(office: Office) -> None:
    calendar, server = office()
    first = batch(page(server), Reply(body={"value": [], "@odata.deltaLink": f"{server.root}/v1.0/team"}))
    news = batch(page(server, event("a")), page(server, removed("b")))
    server.replies[:] = [first, news, refusal(404, "ErrorItemNotFound")]
    cursor = both(calendar).cursor
    changes = both(calendar, cursor, NOW + timedelta(hours=1))
    assert [part["url"] for part in server.seen[1].json()["requests"]] == ["/round", "/team"]
    assert ([entry.event_id for entry in changes.entries], changes.gone) == (["a"], ("team/b",))
    assert not changes.complete


def test_calendars_that_were_added_or_taken_away_are_read_anew(office: Office) -> None:
    calendar, server = office()
    server.replies[:] = [batch(page(server), page(server))]
    cursor = both(calendar).cursor
    for ask in (Ask(ANN, cursor), Ask(ANN, cursor, ("team", "other")), Ask(ANN, "garbage", ("team",))):
        (found,) = calendar.changes_of([ask], NOW)
        assert isinstance(found, CursorExpired)


def test_when_one_calendar_has_to_be_read_as_a_whole_all_are(office: Office) -> None:
    calendar, server = office()
    server.replies[:] = [batch(page(server), page(server))]
    cursor = both(calendar).cursor
    older = cursor.replace((NOW - 30 * DAY).isoformat(), (NOW - 31 * DAY).isoformat(), 1)
    whole = batch(page(server, event("a")), page(server, event("b")))
    server.replies[:] = [server.replies[0], batch(page(server), page(server)), whole]
    changes = both(calendar, older)
    assert changes.complete
    assert [entry.event_id for entry in changes.entries] == ["a", "team/b"]


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (refusal(403, "ErrorAccessDenied"), Broken),
        (refusal(404, "ErrorItemNotFound"), Broken),
        (refusal(404, "ResourceNotFound"), Broken),
        (refusal(429, ""), TryLater),
    ],
)
def test_a_further_calendar_that_cannot_be_read_leaves_nothing_free_and_is_no_lost_consent(
    office: Office, refused: Reply, error: type[MentorsyncError]
) -> None:
    calendar, server = office()
    server.replies[:] = [batch(page(server, event("a")), refused)]
    (found,) = calendar.changes_of([Ask(ANN, None, ("team",))], NOW)
    assert isinstance(found, error)
    assert not isinstance(found, NoAccess)


def test_busy_looks_through_further_calendars(office: Office) -> None:
    empty: dict[str, Any] = {"value": [{"scheduleItems": []}]}
    items = [
        event("in"),
        event("free", showAs="free"),
        event("no", isOrganizer=False, responseStatus={"response": "declined"}),
        event("off", isCancelled=True),
        event("swapped", start=at("2027-02-23T17:00:00"), end=at("2027-02-23T16:00:00")),
    ]
    calendar, server = office(Reply(body=empty), Reply(body={"value": items}))
    window = Interval(datetime(2027, 2, 23, 15, 15, tzinfo=UTC), datetime(2027, 2, 23, 20, tzinfo=UTC))
    found = calendar.busy(ANN, window, ["team"])
    assert [(busy.time.start.hour, busy.time.start.minute) for busy in found] == [(15, 15), (16, 0)]
    assert server.seen[1].path.startswith("/v1.0/users/ann%40example.org/calendars/team/calendarView?")


def schedule(*hours: int, status: str = "busy", day: int = 23) -> Reply:
    items = [
        {
            "status": status,
            "subject": "never read",
            "start": at(f"2027-02-{day}T{hour:02}:00:00"),
            "end": at(f"2027-02-{day}T{hour:02}:30:00"),
        }
        for hour in hours
    ]
    return Reply(body={"value": [{"scheduleItems": items}]})


def test_of_those_who_show_busy_times_only_nothing_else_is_asked_or_kept(office: Office) -> None:
    three = [schedule(9, 11), schedule(), schedule()]
    calendar, server = office(batch(*three, *[schedule(8, status="oof"), schedule(), schedule()]))
    ann, bo = map(good, calendar.changes_of([Ask(ANN, times_only=True), Ask(BO, "times", times_only=True)], NOW))
    assert [(entry.time.start.hour, entry.shows) for entry in ann.entries] == [(9, Shows.BUSY), (11, Shows.BUSY)]
    assert [entry.shows for entry in bo.entries] == [Shows.OUT_OF_OFFICE]
    assert {(entry.ical_uid, entry.organiser, entry.attendees) for entry in ann.entries} == {("", "", ())}
    assert (ann.complete, ann.times_only, ann.cursor) == (True, True, "times")
    (seen,) = server.seen
    parts = seen.json()["requests"]
    assert {(part["method"], part["url"].rpartition("/")[2]) for part in parts} == {("POST", "getSchedule")}
    assert len(parts) == 6, "three pieces of sixty days for each of the two"


def test_a_stretch_of_time_is_the_same_one_at_every_poll_of_the_day(office: Office) -> None:
    calendar, _ = office(batch(schedule(9), schedule(), schedule()))
    polls = [calendar.changes_of([Ask(ANN, times_only=True)], NOW + timedelta(hours=h))[0] for h in (0, 5, 14)]
    assert good(polls[0]) == good(polls[1]) == good(polls[2])


def test_one_piece_that_cannot_be_read_leaves_nothing_of_that_person_free(office: Office) -> None:
    error = Reply(body={"value": [{"error": {"responseCode": "ErrorNoFreeBusyAccess"}}]})
    calendar, _ = office(batch(schedule(9), error, schedule(), schedule(10), schedule(), schedule()))
    ann, bo = calendar.changes_of([Ask(ANN, times_only=True), Ask(BO, times_only=True)], NOW)
    assert isinstance(ann, Broken)
    assert len(good(bo).entries) == 1


def test_a_further_calendar_shows_its_busy_times_only_when_it_is_a_mailbox(office: Office) -> None:
    calendar, server = office(batch(*[schedule(9)] * 6))
    ask = Ask(ANN, calendars=("team@example.org",), times_only=True)
    assert len(good(calendar.changes_of([ask], NOW)[0]).entries) == 1
    assert len(server.seen[0].json()["requests"]) == 6
    (found,) = calendar.changes_of([Ask(ANN, calendars=("AAMk-team",), times_only=True)], NOW)
    assert isinstance(found, Broken)
    assert len(server.seen) == 1
