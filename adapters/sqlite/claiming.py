"""Which rows are given out next: the first due one of each lane, found without a look at all that wait behind it."""

import json
from collections.abc import Iterable, Sequence

from eventsourcing.sqlite import SQLiteCursor

Place = tuple[str, str]
"""A row's due stamp and key, in whose order rows are given out."""

# Most looks find nothing due, and those need neither the write lock nor anything else.
_KINDS_DUE = """
SELECT value AS kind FROM json_each(:kinds)
WHERE EXISTS (SELECT 1 FROM work WHERE kind = value AND state = 'open' AND due <= :now)
"""
_EARLIEST = """
SELECT lane, due, key FROM work WHERE kind = :kind AND state = 'open' AND due <= :now ORDER BY due, key LIMIT :most
"""
# From lane to lane through the index, however many rows wait in each.
_FIRST_OF_LANES = """
WITH RECURSIVE lanes (name) AS (
    SELECT min(lane) FROM work WHERE kind = :kind AND state = 'open'
    UNION ALL
    SELECT (SELECT min(lane) FROM work WHERE kind = :kind AND state = 'open' AND lane > name) FROM lanes
    WHERE name IS NOT NULL)
SELECT lane, due, key FROM lanes JOIN work ON key = (
    SELECT key FROM work WHERE kind = :kind AND state = 'open' AND lane = name AND due <= :now
    ORDER BY due, key LIMIT 1)
"""
_HELD = "SELECT DISTINCT lane FROM work WHERE state = 'open' AND token IS NOT NULL AND lease_until > ?"


def kinds_due(c: SQLiteCursor, kinds: Sequence[str], now: str) -> list[str]:
    """Return those of the kinds of which a row is due at that stamp, held or not."""
    c.execute(_KINDS_DUE, {"kinds": json.dumps(list(kinds)), "now": now})
    return [str(row["kind"]) for row in c.fetchall()]


def next_keys(c: SQLiteCursor, kinds: Iterable[str], limit: int, now: str) -> list[str]:
    """Return the keys of the first due row of each lane that nobody holds, in order of (due, key) and up to `limit`."""
    c.execute(_HELD, (now,))
    held = {str(row["lane"]) for row in c.fetchall()}
    first: dict[str, Place] = {}
    for kind in kinds:
        for lane, place in _first_of(c, kind, held, limit, now).items():
            first[lane] = min(place, first.get(lane, place))
    return [key for _, key in sorted(first.values())[:limit]]


def _first_of(c: SQLiteCursor, kind: str, held: set[str], limit: int, now: str) -> dict[str, Place]:
    """Return the first row of each free lane of one kind, or at least of as many as there may be claims.

    As a rule the rows that are due longest are of lanes enough. Where many of them wait for one another, as reviews
    and mails do, the lanes themselves are few.
    """
    most = 2 * limit
    c.execute(_EARLIEST, {"kind": kind, "now": now, "most": most})
    found, first = _by_lane(c, held)
    if found == most and len(first) < limit:
        c.execute(_FIRST_OF_LANES, {"kind": kind, "now": now})
        _, first = _by_lane(c, held)
    return first


def _by_lane(c: SQLiteCursor, held: set[str]) -> tuple[int, dict[str, Place]]:
    rows = c.fetchall()
    first: dict[str, Place] = {}
    for row in rows:
        if row["lane"] not in held:
            first.setdefault(row["lane"], (row["due"], row["key"]))
    return len(rows), first
