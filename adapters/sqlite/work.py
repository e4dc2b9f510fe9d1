"""The statements that change rows of the work ledger inside a transaction that is already open."""

from collections.abc import Iterable
from datetime import datetime

from eventsourcing.sqlite import SQLiteCursor

from adapters.sqlite.stamps import stamp
from domain.ledger import Settlement, StaleLease, Work, WorkState

PLANNING = "planning"
REVIEW = "review"


def settle(c: SQLiteCursor, settlement: Settlement, now: datetime) -> None:
    """Settle the row whose token this is, or raise StaleLease; a review that was woken since its claim is left due and is no error.

    A review or poll (they never expire) that is settled without a reason went well, so its attempts count from anew. Effects keep
    their count: more than one attempt means "look first".
    """
    due = settlement.due if settlement.due is not None else now
    c.execute(
        "UPDATE work SET state = :state, due = CASE WHEN :state = 'open' THEN :due ELSE due END, token = NULL, lease_until = NULL, "
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
    """Make the reviews of these subjects, and of the relationships they are members of, due now and take their leases away."""
    if subjects:
        for subject in sorted(subjects):
            _wake_one(c, subject, now)
        c.execute(
            f"SELECT DISTINCT relationship FROM membership WHERE member IN ({marks(subjects)})",  # noqa: S608 - only question marks
            sorted(subjects),
        )
        for subject in sorted({row["relationship"] for row in c.fetchall()} - subjects):
            _wake_one(c, subject, now)


def _wake_one(c: SQLiteCursor, subject: str, now: datetime) -> None:
    c.execute(
        "INSERT INTO work (key, subject, kind, occasion, recipient, lane, due) VALUES (?, ?, ?, '', '', ?, ?) "
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


def open_works(c: SQLiteCursor, works: Iterable[Work]) -> None:
    """Insert rows, or open dropped and expired ones again; every other row stays as it is.

    A row that is opened again keeps its attempts and receipt, so that whoever claims it looks first.
    """
    _insert(
        c,
        works,
        "ON CONFLICT (key) DO UPDATE SET state = 'open', due = excluded.due, expires = excluded.expires, lane = excluded.lane, "
        f"reason = '' WHERE state IN ('{WorkState.DROPPED}', '{WorkState.EXPIRED}')",
    )


def ensure(c: SQLiteCursor, works: Iterable[Work]) -> None:
    """Insert rows that do not exist; existing ones stay as they are, whatever their state."""
    _insert(c, works, "ON CONFLICT (key) DO NOTHING")


def _insert(c: SQLiteCursor, works: Iterable[Work], conflict: str) -> None:
    for item in sorted(works, key=lambda item: item.key):
        expires = None if item.expires is None else stamp(item.expires)
        c.execute(
            "INSERT INTO work (key, subject, kind, occasion, recipient, lane, due, expires) "
            f"VALUES (?, ?, ?, ?, ?, ?, ?, ?) {conflict}",  # noqa: S608 - one of the two constants above
            (item.key, item.subject, item.kind, item.occasion, item.recipient, item.lane, stamp(item.due), expires),
        )


def marks(values: Iterable[object]) -> str:
    """Return one question mark per value, for an IN clause."""
    return ", ".join("?" for _ in values)
