"""What the cache of calendars promises: rounds merge, complete ones replace, unread is not empty."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.sqlite.store import SqliteStore
from domain.calendar import Attendee, CalendarChanges, CalendarEntry, Response, Shows
from domain.interval import Interval
from domain.ledger import StaleStream
from tests.contract.stores import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def entry(id: str, hours: int = 1, organiser: str = "mia@example.org") -> CalendarEntry:
    time = Interval(NOW, NOW + timedelta(hours=hours))
    attendees = (
        Attendee("tom@example.org", Response.TENTATIVE),
        Attendee("eve@example.org", Response.NEEDS_ACTION),
    )
    return CalendarEntry(
        id, f"uid-{id}", time, Shows.OUT_OF_OFFICE, Response.ACCEPTED, organiser, attendees, False, None, "1"
    )


def changes(
    *entries: CalendarEntry, gone: tuple[str, ...] = (), cursor: str = "c1", complete: bool = False
) -> CalendarChanges:
    return CalendarChanges(entries, gone, cursor, complete)


def test_an_account_that_was_never_read_is_unknown_and_an_empty_one_is_empty(store: SqliteStore) -> None:
    assert store.entries("p1") is None
    store.replace("p1", changes(complete=True))
    assert (store.entries("p1"), store.entries("p2")) == ({}, None)


def test_entries_come_back_exactly_as_they_were_put(store: SqliteStore) -> None:
    store.replace("p1", changes(entry("a"), entry("b")))
    assert store.entries("p1") == {"a": entry("a"), "b": entry("b")}


def test_only_the_entries_asked_for_come_back(store: SqliteStore) -> None:
    assert store.entries_of("p1", {"a"}) is None
    store.replace("p1", changes(entry("a"), entry("b"), entry("c")))
    assert store.entries_of("p1", {"c", "a", "never"}) == {"a": entry("a"), "c": entry("c")}
    assert store.entries_of("p1", ()) == {}
    assert store.entries_of("p2", {"a"}) is None


def test_a_round_adds_changes_and_removes_and_leaves_the_rest(store: SqliteStore) -> None:
    store.replace("p1", changes(entry("a"), entry("b"), entry("c")))
    store.replace("p1", changes(entry("b", hours=2), entry("d"), gone=("c", "never")))
    assert store.entries("p1") == {"a": entry("a"), "b": entry("b", hours=2), "d": entry("d")}


def test_a_complete_round_stands_in_the_place_of_all(store: SqliteStore) -> None:
    store.replace("p1", changes(entry("a"), entry("b")))
    store.replace("p1", changes(entry("b"), complete=True))
    assert store.entries("p1") == {"b": entry("b")}


def test_accounts_do_not_touch_each_other(store: SqliteStore) -> None:
    store.replace("p1", changes(entry("a")))
    store.replace("service", changes(entry("a", hours=3), complete=True))
    assert (store.entries("p1"), store.entries("service")) == ({"a": entry("a")}, {"a": entry("a", hours=3)})


def test_the_cursor_is_kept_with_the_round(store: SqliteStore) -> None:
    store.replace("p1", changes(cursor="c7"))
    assert store.cursor("p1", "calendar") == "c7"


def test_a_round_that_cannot_be_stored_leaves_entries_and_cursor_as_they_were(store: SqliteStore) -> None:
    store.replace("p1", changes(entry("a"), cursor="c1"))
    nothing: Any = None
    broken = changes(entry("b"), gone=("a",), cursor=nothing)
    with pytest.raises(StaleStream):  # any failure in the middle would do; a cursor must not be null
        store.replace("p1", broken)
    assert (store.entries("p1"), store.cursor("p1", "calendar")) == ({"a": entry("a")}, "c1")
