"""Series in Outlook: the master blocks nothing, its occurrences do, and a lean one takes from it what it lacks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import Attendee, CalendarChanges, Response, Shows
from domain.errors import TryLater
from tests.unit.graph_office import ANN, NOW, Office, at, batch, calendar_office, event, refusal, removed
from tests.unit.loopback import Loopback, Reply

GONE = refusal(404, "ErrorItemNotFound")
MASTER = event("m", type="seriesMaster", showAs="tentative", onlineMeeting={"joinUrl": "https://teams.example/1"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with calendar_office(tmp_path) as opened:
        yield opened


def lean(id: str, day: int, master: str = "m", **more: Any) -> dict[str, Any]:
    """An occurrence as a delta round shows it: of its own it has only an id and a time."""
    return {
        "@odata.etag": f'W/"{day}"',
        "id": id,
        "type": "occurrence",
        "seriesMasterId": master,
        "start": at(f"2027-03-{day:02}T10:00:00"),
        "end": at(f"2027-03-{day:02}T11:00:00"),
        "showAs": None,
        **more,
    }


def read(office: Office, items: list[dict[str, Any]], *later: Reply | None) -> tuple[CalendarChanges, Loopback]:
    calendar, server = office()
    server.replies[:] = [Reply(body={"value": items, "@odata.deltaLink": f"{server.root}/v1.0/round"}), *later]
    return calendar.changes(ANN, None, NOW), server


@pytest.mark.parametrize("order", [1, -1], ids=["master first", "master last"])
def test_lean_occurrences_take_what_they_lack_from_the_series_of_their_round(office: Office, order: int) -> None:
    changes, server = read(office, [MASTER, lean("o1", 1), lean("o2", 2)][::order])
    shown = {entry.event_id: entry for entry in changes.entries}
    assert {id: entry.shows for id, entry in shown.items()} == {
        "m": Shows.FREE,
        "o1": Shows.TENTATIVE,
        "o2": Shows.TENTATIVE,
    }
    assert shown["o2"].time.start == datetime(2027, 3, 2, 10, tzinfo=UTC)
    assert (shown["o1"].etag, shown["o1"].join_url) == ('W/"1"', "https://teams.example/1")
    assert shown["o1"].attendees == (Attendee("bo@example.net", Response.NEEDS_ACTION),)
    assert len({entry.ical_uid for entry in shown.values()}) == 3, "no occurrence passes for another one"
    assert len(server.seen) == 1, "nothing more is asked for"


def test_a_series_that_the_round_did_not_mention_is_asked_for_once(office: Office) -> None:
    changes, server = read(office, [lean("o1", 1), lean("o2", 2)], Reply(body=MASTER))
    assert [entry.shows for entry in changes.entries] == [Shows.TENTATIVE] * 2
    assert [seen.path.rpartition("/")[2] for seen in server.seen[1:]] == ["m"]


def test_occurrences_whose_series_is_gone_are_looked_at_themselves(office: Office) -> None:
    whole = event("o1", type="occurrence", start=at("2027-03-01T10:00:00"), end=at("2027-03-01T11:00:00"))
    changes, server = read(office, [lean("o1", 1), lean("o2", 2)], GONE, batch(Reply(body=whole), GONE))
    assert ([entry.event_id for entry in changes.entries], changes.gone) == (["o1"], ("o2",))
    assert len(server.seen) == 3


def test_a_series_that_cannot_be_looked_at_now_fails_the_round(office: Office) -> None:
    with pytest.raises(TryLater):
        read(office, [lean("o1", 1)], refusal(503, ""))


def test_a_lean_occurrence_that_is_deleted_later_in_the_round_is_gone(office: Office) -> None:
    changes, _ = read(office, [MASTER, lean("o1", 1), lean("o2", 2), removed("o1")], GONE)
    assert [entry.event_id for entry in changes.entries] == ["m", "o2"]
    assert changes.gone == ("o1",)


def test_an_exception_says_all_by_itself_and_differs_from_its_series(office: Office) -> None:
    moved = event(
        "x",
        type="exception",
        showAs="oof",
        seriesMasterId="m",
        start=at("2027-03-09T10:00:00"),
        end=at("2027-03-09T12:00:00"),
    )
    changes, server = read(office, [MASTER, moved])
    shown = {entry.event_id: entry for entry in changes.entries}
    assert (shown["x"].shows, shown["x"].ical_uid) == (Shows.OUT_OF_OFFICE, "uid-x")
    assert len(server.seen) == 1


def test_an_all_day_series_takes_the_days_of_its_makers_zone(office: Office) -> None:
    days = event("m", type="seriesMaster", isAllDay=True, showAs="oof")
    midnight: dict[str, Any] = {"start": at("2027-03-01T00:00:00"), "end": at("2027-03-02T00:00:00")}
    changes, _ = read(office, [days, lean("o1", 1, **midnight)])
    (entry,) = [entry for entry in changes.entries if entry.event_id == "o1"]
    assert (entry.time.start, entry.shows) == (datetime(2027, 3, 1, 6, tzinfo=UTC), Shows.OUT_OF_OFFICE)
