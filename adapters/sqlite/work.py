"""The statements that change rows of the work ledger inside a transaction that is already open."""

import json
from collections.abc import Iterable
from datetime import datetime

from eventsourcing.sqlite import SQLiteCursor

from adapters.sqlite.stamps import stamp
from domain.ledger import Settlement, StaleLease, Work

PLANNING = "planning"
REVIEW = "review"


def settle(c: SQLiteCursor, settlement: Settlement, now: datetime) -> None:
    """Settle the row whose token this is, or raise StaleLease; a review woken since its claim just stays due.

    A review or poll (they never expire) that is settled without a reason went well, so its attempts count
    from anew. Effects keep their count: more than one attempt means "look first".
    """
    due = settlement.due if settlement.due is not None else now
    c.execute(
        "UPDATE work SET state = :state, token = NULL, lease_until = NULL, "
        "due = CASE WHEN :state = 'open' THEN :due ELSE due END, "
        "receipt = CASE WHEN :receipt = '' THEN receipt ELSE :receipt END, reason = :reason, "
        "attempts = CASE WHEN :reason = '' AND expires IS NULL THEN 0 ELSE attempts END "
        "WHERE key = :key AND token = :token AND state = 'open' RETURNING key",
        {
            "key": settlement.key,
            "token": settlement.token,
            "state": settlement.state.value,
            "due": stamp(due),
            "receipt": settlement.receipt,
            "reason": settlement.reason,
        },
    )
    if not c.fetchall() and not _woken(c, settlement.key):
        raise StaleLease


def _woken(c: SQLiteCursor, key: str) -> bool:
    c.execute("SELECT 1 FROM work WHERE key = ? AND kind = ? AND token IS NULL AND state = 'open'", (key, REVIEW))
    return c.fetchone() is not None


def wake(c: SQLiteCursor, subjects: set[str], now: datetime) -> None:
    """Make the reviews of these subjects, and of the relationships they belong to, due now and free."""
    if not subjects:
        return  # a look for relationships must not be the first statement of a transaction that will write
    for subject in sorted(subjects):
        _wake_one(c, subject, now)
    c.execute(
        "SELECT DISTINCT relationship FROM membership WHERE member IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(subjects)),),
    )
    for subject in sorted({row["relationship"] for row in c.fetchall()} - subjects):
        _wake_one(c, subject, now)


def _wake_one(c: SQLiteCursor, subject: str, now: datetime) -> None:
    c.execute(
        "INSERT INTO work (key, subject, kind, occasion, recipient, lane, due) "
        "VALUES (?, ?, ?, '', '', ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET due = min(due, excluded.due), state = 'open', attempts = 0, "
        "token = NULL, lease_until = NULL, reason = ''",
        (f"{subject}/{REVIEW}//", subject, REVIEW, PLANNING, stamp(now)),
    )


def wake_all(c: SQLiteCursor, now: datetime) -> None:
    """Make every review due now: what concerns the programme concerns all."""
    c.execute(
        "UPDATE work SET due = min(due, ?), state = 'open', token = NULL, lease_until = NULL WHERE kind = ?",
        (stamp(now), REVIEW),
    )


_INSERT = (
    "INSERT INTO work (key, subject, kind, occasion, recipient, lane, due, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
)
_REOPEN = (
    "ON CONFLICT (key) DO UPDATE SET state = 'open', due = excluded.due, expires = excluded.expires, "
    "lane = excluded.lane, reason = '' WHERE state IN ('dropped', 'expired')"
)
_LEAVE = "ON CONFLICT (key) DO NOTHING"


def open_works(c: SQLiteCursor, works: Iterable[Work]) -> None:
    """Insert rows, or open dropped and expired ones again; every other row stays as it is.

    A row that is opened again keeps its attempts and receipt, so that whoever claims it looks first.
    """
    c.executemany(_INSERT + _REOPEN, _values(works))


def drop(c: SQLiteCursor, keys: Iterable[str]) -> None:
    """Drop open rows that nobody holds; every other row stays as it is."""
    c.executemany(
        "UPDATE work SET state = 'dropped' WHERE key = ? AND state = 'open' AND token IS NULL",
        [(key,) for key in sorted(keys)],
    )


def ensure(c: SQLiteCursor, works: Iterable[Work]) -> None:
    """Insert rows that do not exist; existing ones stay as they are, whatever their state."""
    c.executemany(_INSERT + _LEAVE, _values(works))


def _values(works: Iterable[Work]) -> list[tuple[str | None, ...]]:
    return [
        (
            item.key,
            item.subject,
            item.kind,
            item.occasion,
            item.recipient,
            item.lane,
            stamp(item.due),
            None if item.expires is None else stamp(item.expires),
        )
        for item in sorted(works, key=lambda item: item.key)
    ]
