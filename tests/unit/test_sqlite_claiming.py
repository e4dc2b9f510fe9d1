"""Which rows are given out next: as whoever looks at every row would say, at a cost that does not grow with them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.sqlite import ledger, schema
from adapters.sqlite.claiming import kinds_due, next_keys

NOW = "5"
Row = tuple[str, str, str, str, str | None]
"""Kind, lane, due, state, and until when it is held if it is."""
ROWS = some.lists(
    some.tuples(
        some.sampled_from(["review", "agenda", "book"]),
        some.sampled_from(["planning", "mail", "calendar/a", "calendar/b", "calendar/c"]),
        some.sampled_from(["1", "2", "3", "5", "7"]),
        some.sampled_from(["open", "open", "open", "done"]),
        some.sampled_from([None, None, None, "4", "6"]),
    ),
    max_size=30,
)


@contextmanager
def filled(rows: list[Row]) -> Iterator[sqlite3.Cursor]:
    """Return a cursor over the tables of the store with these rows; their keys are their numbers."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        for statement in schema.TABLES:
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO work (key, subject, kind, occasion, recipient, lane, due, state, lease_until, token) "
            "VALUES (?1, 'r' || ?1, ?2, '', '', ?3, ?4, ?5, ?6, ?6)",
            [(f"{number:06}", *row) for number, row in enumerate(rows)],
        )
        yield connection.cursor()


def given_out(rows: list[Row], kinds: list[str], limit: int) -> list[str]:
    """Return the same by looking at every row."""
    held = {lane for _, lane, _, state, until in rows if state == "open" and until is not None and until > NOW}
    first: dict[str, tuple[str, str]] = {}
    for number, (kind, lane, due, state, _) in enumerate(rows):
        if kind in kinds and state == "open" and due <= NOW and lane not in held:
            first[lane] = min(first.get(lane, ("9", "")), (due, f"{number:06}"))
    return [key for _, key in sorted(first.values())[:limit]]


@given(ROWS, some.sets(some.sampled_from(["review", "agenda", "book"])), some.integers(1, 4))
def test_the_first_due_row_of_each_free_lane_is_next_in_order_of_due_and_key(
    rows: list[Row], kinds: set[str], limit: int
) -> None:
    with filled(rows) as cursor:
        due = kinds_due(cast("Any", cursor), sorted(kinds), NOW)
        assert next_keys(cast("Any", cursor), due, limit, NOW) == given_out(rows, sorted(kinds), limit)


@pytest.mark.parametrize(("until", "limit"), [(None, 2), ("6", 1)])
def test_a_lane_in_which_many_wait_holds_up_no_other_whether_it_is_free_or_held(until: str | None, limit: int) -> None:
    rows: list[Row] = [("book", "calendar/a", "1", "open", until)] * 30
    with filled([*rows, ("book", "calendar/b", "2", "open", None)]) as cursor:
        assert next_keys(cast("Any", cursor), ["book"], limit, NOW)[-1] == "000030"


def steps(cursor: sqlite3.Cursor, act: Callable[[], object]) -> int:
    """Return how many steps the database's machine takes for it."""
    taken: list[int] = []
    cursor.connection.set_progress_handler(lambda: taken.append(1), 1)
    act()
    cursor.connection.set_progress_handler(None, 0)
    return len(taken)


def cost_of_claim(waiting: int) -> int:
    rows: list[Row] = [("review", "planning", "1", "open", None), ("agenda", "mail", "1", "open", None)] * waiting
    with filled([*rows, *(("book", f"calendar/{n}", "7", "open", None) for n in range(waiting))]) as cursor:
        return steps(cursor, lambda: next_keys(cast("Any", cursor), ["review", "agenda", "book"], 5, NOW))


def test_a_claim_costs_the_same_however_many_rows_wait_in_its_lane() -> None:
    assert cost_of_claim(1_000) < 1.5 * cost_of_claim(50)


def cost_of_rows(statement: str, values: dict[str, Any], waiting: int) -> int:
    with filled([("agenda", "mail", "1", "open", None)] * waiting) as cursor:
        return steps(cursor, lambda: cursor.execute(statement, values).fetchall())


@pytest.mark.parametrize(
    ("subject", "kinds"), [("r000007", '["agenda", "book"]'), ("service", '["poll-inbox"]'), (None, '["parked"]')]
)
def test_a_look_at_the_rows_of_one_subject_or_of_a_rare_kind_costs_the_same_however_many_others_wait(
    subject: str | None, kinds: str
) -> None:
    statement = ledger.rows_statement(subject)
    values = {"kinds": kinds, "states": '["open"]', "subject": subject, "troubled": False}
    few, many = (cost_of_rows(statement, values, waiting) for waiting in (50, 1_000))
    assert many < 1.5 * few
