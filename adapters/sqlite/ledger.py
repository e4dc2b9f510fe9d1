"""The work ledger on SQLite: claims by lane, leases with tokens, settlements."""

import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from adapters.sqlite import work
from adapters.sqlite.claiming import kinds_due, next_keys
from adapters.sqlite.engine import Engine
from adapters.sqlite.stamps import instant_of, stamp
from domain.effects import EffectKind
from domain.errors import NotFound
from domain.ledger import Claim, LedgerRow, Settlement, StaleLease, Work, WorkState

# In a store that came back from a backup the first attempt at an effect is its second: what left since then is looked
# up before it is resent.
_LEASE = """
UPDATE work SET lease_until = :lease, attempts = max(attempts + 1, CASE WHEN expires IS NULL THEN 0 ELSE
        1 + (SELECT count(*) FROM meta WHERE name = 'restored') END),
    token = (SELECT value FROM meta WHERE name = 'boot') || '.' || :random
WHERE key IN (SELECT value FROM json_each(:keys)) RETURNING *
"""
_NEXT_DUE = """
SELECT min(due) AS due FROM (
    SELECT (SELECT due FROM work WHERE kind = value AND state = 'open' AND token IS NULL ORDER BY due LIMIT 1) AS due
    FROM json_each(?))
"""
_ROWS = """
SELECT * FROM work WHERE kind IN (SELECT value FROM json_each(:kinds))
    AND state IN (SELECT value FROM json_each(:states)) AND (reason <> '' OR NOT :troubled) {} ORDER BY due, key
"""


def rows_statement(subject: str | None) -> str:
    """Return the look at rows; "one subject or any" in one condition would keep SQLite from the index of subjects."""
    return _ROWS.format("" if subject is None else "AND subject = :subject")


class SqliteLedger:
    """See the Ledger port. A token is "<boot>.<random>"; the boot number says in which life of the daemon."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, now: datetime, kinds: Sequence[str], limit: int, lease_until: datetime) -> tuple[Claim, ...]:
        """Lease due rows, one per lane, in order of (due, key)."""
        with self._engine.reading() as cursor:
            due = kinds_due(cursor, kinds, stamp(now))
        if not due:
            return ()
        with self._engine.writing() as cursor:
            keys = json.dumps(next_keys(cursor, due, limit, stamp(now)))
            cursor.execute(_LEASE, {"lease": stamp(lease_until), "random": secrets.token_hex(16), "keys": keys})
            rows = sorted(cursor.fetchall(), key=lambda row: (row["due"], row["key"]))
        return tuple(Claim(_work(row), row["token"], row["attempts"], row["receipt"]) for row in rows)

    def note(self, claim: Claim, receipt: str) -> None:
        """Keep what the provider answered."""
        with self._engine.writing() as cursor:
            cursor.execute(
                "UPDATE work SET receipt = ? WHERE key = ? AND token = ? AND state = 'open' RETURNING key",
                (receipt, claim.work.key, claim.token),
            )
            if not cursor.fetchall():
                raise StaleLease

    def settle(self, settlement: Settlement, now: datetime) -> None:
        """Settle a row that needs no event."""
        with self._engine.writing() as cursor:
            work.settle(cursor, settlement, now)

    def hasten(self, keys: Sequence[str], now: datetime) -> None:
        """Make open rows due now; a lease that is held on one stays."""
        with self._engine.writing() as cursor:
            for key in sorted(set(keys)):
                cursor.execute("UPDATE work SET due = min(due, ?) WHERE key = ? AND state = 'open'", (stamp(now), key))

    def ensure(self, works: Sequence[Work], now: datetime) -> None:
        """Open rows that do not exist yet."""
        with self._engine.writing() as cursor:
            work.ensure(cursor, works)

    def next_due(self, kinds: Sequence[str]) -> datetime | None:
        """Return the earliest due of open rows that nobody holds."""
        with self._engine.reading() as cursor:
            cursor.execute(_NEXT_DUE, (json.dumps(list(kinds)),))
            due = cursor.fetchone()["due"]
        return None if due is None else instant_of(due)

    def rows(
        self, states: Sequence[str] = (), subject: str | None = None, kinds: Sequence[str] = (), troubled: bool = False
    ) -> tuple[LedgerRow, ...]:
        """Return rows of the given kinds (effects without), states and subject (all without)."""
        chosen, wanted = json.dumps(list(kinds or EffectKind)), json.dumps(list(states or WorkState))
        values = {"kinds": chosen, "states": wanted, "subject": subject, "troubled": troubled}
        with self._engine.reading() as cursor:
            cursor.execute(rows_statement(subject), values)
            return tuple(_ledger_row(row) for row in cursor.fetchall())

    def resolve(self, key: str, settlement_state: str, now: datetime) -> None:
        """Let a person decide a row whose outcome is unknown or that was given up."""
        if settlement_state not in (WorkState.DONE, WorkState.OPEN):
            raise ValueError("such a row becomes done or open")
        with self._engine.writing() as cursor:
            cursor.execute(
                "UPDATE work SET state = :state, reason = '', attempts = 0, receipt = '', "
                "due = CASE WHEN :state = 'open' THEN :now ELSE due END "
                "WHERE key = :key AND state IN ('unknown', 'given_up') RETURNING key",
                {"key": key, "state": str(settlement_state), "now": stamp(now)},
            )
            if not cursor.fetchall():
                raise NotFound("No such effect is waiting for a decision.", "See mentorsync outbox for those that are.")

    def void_leases(self) -> int:
        """Take every lease away and begin a new boot number."""
        with self._engine.writing() as cursor:
            cursor.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'boot'")
            cursor.execute("UPDATE work SET token = NULL, lease_until = NULL WHERE token IS NOT NULL RETURNING key")
            return len(cursor.fetchall())

    def reference(self, ref: str) -> tuple[str, str] | None:
        """Return (subject, key) of what the outside world names."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT subject, key FROM reference WHERE ref = ?", (ref,))
            row = cursor.fetchone()
        return None if row is None else (row["subject"], row["key"])

    def cursor(self, account: str, stream: str) -> str | None:
        """Return the stored cursor of an account's stream."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT cursor FROM cursor WHERE account = ? AND stream = ?", (account, stream))
            row = cursor.fetchone()
        return None if row is None else str(row["cursor"])

    def cursors(self, stream: str) -> Mapping[str, str]:
        """Return the stored cursors of all accounts in this stream."""
        with self._engine.reading() as cursor:
            cursor.execute("SELECT account, cursor FROM cursor WHERE stream = ?", (stream,))
            return {str(row["account"]): str(row["cursor"]) for row in cursor.fetchall()}


def _work(row: sqlite3.Row) -> Work:
    expires = None if row["expires"] is None else instant_of(row["expires"])
    names = (row["key"], row["subject"], row["kind"], row["occasion"], row["recipient"], row["lane"])
    return Work(*names, instant_of(row["due"]), expires)


def _ledger_row(row: sqlite3.Row) -> LedgerRow:
    leased = row["token"] is not None
    return LedgerRow(_work(row), WorkState(row["state"]), row["attempts"], row["reason"], row["receipt"], leased)
