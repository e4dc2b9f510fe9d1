"""What the store costs beside SQLite itself: an event appended, work settled, and all read models told anew."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from uuid import UUID

from adapters.sqlite.store import SqliteStore
from domain.ledger import LedgerWrite, Settlement, Work, WorkState
from domain.person import Person
from tests.bench.pairs import BY, NOW, build
from tests.bench.stopwatch import best_of
from tests.contract.stores import opened

EVENT_BYTES = 400
FIRST_ID = 10**12
"""Far from the ids of the pairs that are built afterwards."""
KIND = "agenda"
LONG = "mon-fri 08:00-18:00"


@dataclass
class Took:
    """Seconds of each call, on the wall and on the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, run: Callable[[], object]) -> None:
        """Measure one call."""
        wall, cpu = perf_counter(), process_time()
        run()
        self.cpu.append(process_time() - cpu)
        self.wall.append(perf_counter() - wall)


def stored(folder: Path, number: int, pairs: int) -> Iterator[str]:
    """Yield one line each for appending, settling, and telling again; probe and store take turns at every step."""
    with opened(folder) as store, closing(raw(folder / "raw.sqlite")) as probe:
        yield _compared("append, one event", number, *_appended(store, probe, number))
        yield _compared("settled work, a claim and an outcome", number, *_settled(store, probe, number))
        build(store, pairs, 1)
        yield _told_again(store, folder / "store.sqlite")


def raw(path: Path) -> sqlite3.Connection:
    """Open a database of two tables with the same safety as the store: write-ahead log, every commit on the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE event (id TEXT, version INTEGER, body BLOB, PRIMARY KEY (id, version))")
    connection.execute("CREATE TABLE work (key TEXT PRIMARY KEY, state TEXT, token TEXT) WITHOUT ROWID")
    return connection


def _compared(what: str, number: int, ours: Took, probe: Took) -> str:
    wall, cpu = (median(a) / median(b) for a, b in ((ours.wall, probe.wall), (ours.cpu, probe.cpu)))
    return (
        f"{what}, N = {number:,} in turns with raw SQLite: median {median(ours.wall) * 1e3:.2f} ms, raw "
        f"{median(probe.wall) * 1e3:.2f} ms: ratio {wall:.1f}; processor time alone: ratio {cpu:.1f}"
    )


def _appended(store: SqliteStore, probe: sqlite3.Connection, number: int) -> tuple[Took, Took]:
    ours, theirs, body = Took(), Took(), b"x" * EVENT_BYTES
    person = _person(store, 1)
    for count in range(number):
        person.change_hours("Europe/Berlin" if count % 2 else "Europe/Madrid", LONG, BY)
        ours.of(lambda: store.save(person, now=NOW))
        theirs.of(lambda count=count: probe.execute("INSERT INTO event VALUES ('one', ?, ?)", (count, body)))  # type: ignore[misc]
    return ours, theirs


def _person(store: SqliteStore, number: int) -> Person:
    id = UUID(int=FIRST_ID + number)
    person = Person.register(id, "Ann Example", f"{id}@example.org", "google", "Europe/Berlin", LONG, "en", BY)
    store.save(person, now=NOW)
    return person


def _settled(store: SqliteStore, probe: sqlite3.Connection, number: int) -> tuple[Took, Took]:
    """An effect as the worker ends it: leased in one transaction, its outcome and its event recorded in another."""
    ours, theirs, person = Took(), Took(), _person(store, 2)
    keys = [f"r{count}/{KIND}/1.1/mentor" for count in range(number)]
    store.ensure([Work(key, key.split("/")[0], KIND, "1.1", "mentor", f"lane{key}", NOW) for key in keys], NOW)
    probe.executemany("INSERT INTO work VALUES (?, 'open', NULL)", [(key,) for key in keys])

    def end() -> None:
        (claim,) = store.claim(NOW, [KIND], 1, NOW)
        person.change_hours("Europe/Berlin" if person.zone == "Europe/Madrid" else "Europe/Madrid", LONG, BY)
        settle = Settlement(claim.work.key, claim.token, WorkState.DONE)
        store.save(person, now=NOW, write=LedgerWrite(settle=settle))

    for count, key in enumerate(keys):
        ours.of(end)
        theirs.of(lambda key=key, count=count: _raw_end(probe, key, count))  # type: ignore[misc]
    return ours, theirs


def _raw_end(probe: sqlite3.Connection, key: str, count: int) -> None:
    probe.execute("UPDATE work SET token = 'mine' WHERE key = ?", (key,))
    probe.execute("BEGIN IMMEDIATE")
    probe.execute("UPDATE work SET state = 'done' WHERE key = ? AND token = 'mine'", (key,))
    probe.execute("INSERT INTO event VALUES ('two', ?, ?)", (count, b"x" * EVENT_BYTES))
    probe.execute("COMMIT")


def _told_again(store: SqliteStore, path: Path) -> str:
    """Tell every stream again and lay its read model beside the one that lies there, as `verify` does."""
    with closing(sqlite3.connect(path)) as reader:

        def probe() -> None:
            for (state,) in reader.execute("SELECT state FROM stored_events ORDER BY originator_id"):
                json.loads(state)

        told = store.replayed()
        best = best_of({"ours": store.replayed, "raw": probe}, rounds=3)
        events = reader.execute("SELECT count(*) FROM stored_events").fetchone()[0]
    return (
        f"read models told anew, N = {len(told):,} streams of {events:,} events: {best['ours']:.2f} s, reading and "
        f"parsing the same events raw {best['raw']:.2f} s: ratio {best['ours'] / best['raw']:.1f}"
    )
