"""Tells every stream again from its events, and holds what comes of it against the tables beside them."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor

from adapters.sqlite.engine import Engine
from adapters.sqlite.recorder import StreamRows
from domain.integrity import Replayed

_IDS = "SELECT originator_id AS id FROM stored_events UNION SELECT replace(id, '-', '') FROM read_model ORDER BY 1"
_EVENTS = "SELECT originator_version AS version, topic, state FROM stored_events WHERE originator_id = ? ORDER BY 1"
_MODEL = "SELECT kind, body FROM read_model WHERE id = ?"
_MEMBERS = "SELECT member AS it FROM membership WHERE relationship = ?"
_ADDRESSES = "SELECT fingerprint AS it FROM address WHERE person = ?"
RowsOf = Callable[[Any], StreamRows]


def replayed(engine: Engine, rows_of: RowsOf) -> tuple[Replayed, ...]:
    """Return every stream, told again; `rows_of` says what the tables must hold beside one. Nothing is written."""
    with engine.reading() as cursor:
        cursor.execute(_IDS)
        ids = [row["id"] for row in cursor.fetchall()]
    return tuple(_stream(engine, UUID(id), rows_of) for id in ids)


def _stream(engine: Engine, id: UUID, rows_of: RowsOf) -> Replayed:
    """Read events and tables in one transaction, so that a daemon at work does not make them differ."""
    with engine.reading() as cursor:
        cursor.execute(_EVENTS, (id.hex,))
        events = [StoredEvent(id, row["version"], row["topic"], row["state"]) for row in cursor.fetchall()]
        cursor.execute(_MODEL, (str(id),))
        model = cursor.fetchone()
        members, addresses = _texts(cursor, _MEMBERS, id), _texts(cursor, _ADDRESSES, id)
    kind = model["kind"] if model else "unknown"
    faults = list(_gaps(events, model))
    if not faults:
        faults += _differences(engine, events, model["body"], members, addresses, rows_of)
    return Replayed(str(id), kind, len(events), _digest(events), tuple(faults))


def _texts(cursor: SQLiteCursor, statement: str, id: UUID) -> set[str]:
    cursor.execute(statement, (str(id),))
    return {row["it"] for row in cursor.fetchall()}


def _gaps(events: Sequence[StoredEvent], model: Any) -> list[str]:
    faults = [] if model else ["it has no read model"]
    if [event.originator_version for event in events] != list(range(1, len(events) + 1)):
        faults.append("an event is missing between others")
    return faults if events else [*faults, "it has a read model and no events"]


def _differences(
    engine: Engine,
    events: Sequence[StoredEvent],
    body: bytes,
    members: set[str],
    addresses: set[str],
    rows_of: RowsOf,
) -> list[str]:
    try:
        rows = rows_of(_told(engine, events))
        expected, stored = (engine.transcoder.decode(text) for text in (rows.body, body))
    except Exception as error:  # whatever an event that does not read raises is what is wrong with its stream
        return [f"it cannot be told again ({type(error).__name__})"]
    parts = (
        ("its read model differs", expected, stored),
        ("its members differ", set(rows.members), members),
        ("the hashes of its addresses differ", set(rows.fingerprints), addresses),
    )
    return [fault for fault, told, kept in parts if told != kept]


def _told(engine: Engine, events: Sequence[StoredEvent]) -> Any:
    aggregate: Any = None
    for stored in events:
        event: Any = engine.application.mapper.to_domain_event(stored)
        aggregate = event.mutate(aggregate)
    return aggregate


def _digest(events: Sequence[StoredEvent]) -> str:
    """Return the same for the same events in every copy; it tells nothing of what they say."""
    digest = hashlib.sha256()
    for event in events:
        for part in (str(event.originator_version).encode(), event.topic.encode(), event.state):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
