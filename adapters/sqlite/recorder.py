"""The library's recorder, which in the same transaction writes what a save changes beside the events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from adapters.sqlite import work
from domain.errors import Refused
from domain.ledger import LedgerWrite


@dataclass(frozen=True, slots=True)
class StreamRows:
    """What the tables say of one stream: its sealed read model, members, and a person's hashed addresses.

    `woken` is whose review a save makes due: the stream's own, or for a notebook that of its owner.
    """

    id: str
    kind: str
    body: bytes
    members: tuple[str, ...]
    fingerprints: tuple[str, ...]
    woken: str


@dataclass(frozen=True, slots=True)
class SavedRows:
    """All that one save changes beside the events; `files` are those of `write` as rows, sealed."""

    now: datetime
    write: LedgerWrite
    streams: tuple[StreamRows, ...]
    files: tuple[tuple[str, str, str, bytes], ...] = ()


class StoreRecorder(SQLiteApplicationRecorder):
    """Writes rows and events in one transaction.

    All that may refuse stands here and not in a later hook, from where on PostgreSQL the library commits
    before it raises. The first statement writes: SQLite waits for no lock once a transaction has read.
    """

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        rows: SavedRows = kwargs.pop("rows")
        write_rows(c, rows)
        return super()._insert_events(c, stored_events, **kwargs)


def write_rows(c: SQLiteCursor, rows: SavedRows) -> None:
    """Settle, then write the rows of the streams, then wake, so that a wake-up outlives the settlement."""
    write = rows.write
    if write.settle is not None:
        work.settle(c, write.settle, rows.now)
    for stream in sorted(rows.streams, key=lambda stream: stream.id):
        _write_stream(c, stream)
    programme = any(stream.kind == "programme" for stream in rows.streams)
    work.wake(c, {*write.wake, *(stream.woken for stream in rows.streams)}, rows.now)
    if programme:
        work.wake_all(c, rows.now)
    work.open_works(c, write.open)
    work.drop(c, write.drop)
    for reference in sorted(write.references, key=lambda reference: reference.ref):
        c.execute(
            "INSERT OR REPLACE INTO reference VALUES (?, ?, ?)",
            (reference.ref, reference.subject, reference.key),
        )
    for cursor in sorted(write.cursors):
        c.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)", cursor)
    c.executemany("INSERT OR REPLACE INTO sample VALUES (?, ?, ?, ?)", rows.files)


def _write_stream(c: SQLiteCursor, stream: StreamRows) -> None:
    c.execute(
        "INSERT INTO read_model (id, kind, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        (stream.id, stream.kind, stream.body),
    )
    for member in stream.members:
        c.execute("INSERT OR IGNORE INTO membership VALUES (?, ?)", (member, stream.id))
    if stream.kind == "person":
        _write_addresses(c, stream)


def _write_addresses(c: SQLiteCursor, stream: StreamRows) -> None:
    c.execute("DELETE FROM address WHERE person = ?", (stream.id,))
    for fingerprint in stream.fingerprints:
        c.execute("INSERT OR IGNORE INTO address VALUES (?, ?)", (fingerprint, stream.id))
        c.execute("SELECT person FROM address WHERE fingerprint = ?", (fingerprint,))
        if c.fetchone()["person"] != stream.id:
            raise Refused(
                "Another person is registered with that address.", "Use that person, or give another address."
            )
