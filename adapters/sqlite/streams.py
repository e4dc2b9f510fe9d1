"""The event streams on SQLite: loading aggregates, and saving them in one transaction with the ledger."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError

from adapters.sqlite.engine import Engine
from adapters.sqlite.legible import told
from adapters.sqlite.recorder import SavedRows, StreamRows
from domain.erasure import Erased
from domain.errors import NotFound
from domain.ledger import KeptFile, LedgerWrite
from domain.notebook import Notebook, notebook_id, notebook_owner
from domain.person import Person
from domain.programme import Programme
from domain.relationship import Relationship
from domain.summary import Summary, members, summarise

T = TypeVar("T")


class SqliteStreams:
    """See the Streams port.

    After an error from `save` an aggregate must be thrown away and loaded anew: the library has forgotten its
    pending events. After TryLater and StaleStream nothing is known: look whether the outcome is there.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._programme_id: str | None = None

    def relationship(self, id: str) -> Relationship:
        """Return the relationship."""
        return self._load(Relationship, id)

    def person(self, id: str) -> Person:
        """Return the person."""
        return self._load(Person, id)

    def programme(self) -> Programme | None:
        """Return the one programme."""
        # There is one for good, and it is asked for before every claim and every effect.
        if self._programme_id is None:
            self._programme_id = next((id for id, _ in self._read_models("programme")), None)
        return None if self._programme_id is None else self._load(Programme, self._programme_id)

    def notebook(self, person_id: str) -> Notebook | None:
        """Return the person's private notebook, if there is one."""
        try:
            return self._load(Notebook, str(notebook_id(person_id)))
        except (NotFound, ValueError):
            return None

    def person_at(self, address: str) -> str | None:
        """Return the id of the person who is registered with that address."""
        with self._engine.reading() as cursor:
            cursor.execute(
                "SELECT person FROM address WHERE fingerprint = ?",
                (self._engine.keyring.fingerprint(address),),
            )
            row = cursor.fetchone()
        return None if row is None else str(row["person"])

    def relationships_of(self, person_id: str) -> tuple[str, ...]:
        """Return the ids of the person's relationships, in order of their founding."""
        with self._engine.reading() as cursor:
            cursor.execute(
                "SELECT id FROM membership JOIN read_model ON id = relationship WHERE member = ? ORDER BY place",
                (person_id,),
            )
            return tuple(row["id"] for row in cursor.fetchall())

    def save(
        self,
        *aggregates: Relationship | Person | Programme | Notebook,
        now: datetime,
        write: LedgerWrite | None = None,
    ) -> None:
        """Record the pending events and the ledger's changes; without pending events nothing is woken."""
        changed = [aggregate for aggregate in aggregates if aggregate.pending_events]
        # Keys need their own transaction, before anything is sealed with them.
        self._engine.keyring.ensure(*(owner for aggregate in changed for owner in _owners(aggregate)))
        write = write or LedgerWrite()
        rows = SavedRows(
            now, write, tuple(self._rows(aggregate) for aggregate in changed), self._sealed_files(write.files)
        )
        with self._engine.translated():
            self._engine.application.save(*changed, rows=rows)

    def erase(self, person_id: str) -> Erased:
        """Destroy the keys, then the rows, also when the keyring's own log has to be emptied another time."""
        try:
            self._engine.keyring.forget(notebook_owner(person_id), person_id)
        finally:
            erased = self._engine.erase_rows(person_id)
        return erased

    def events(self, id: str) -> Iterable[object]:
        """Return the stream's events in order."""
        with self._engine.translated():
            found = tuple(self._engine.application.events.get(_uuid(id)))
        if not found:
            raise _not_found()
        return found

    def summaries(self, kind: str) -> tuple[Summary, ...]:
        """Return the read models of all streams of a kind, in order of their founding."""
        with self._engine.translated(), self._engine.keyring.steady():
            return tuple(
                Summary(kind, id, self._engine.transcoder.decode(body)) for id, body in self._read_models(kind)
            )

    def _sealed_files(self, files: tuple[KeptFile, ...]) -> tuple[tuple[str, str, str, bytes], ...]:
        seal = self._engine.keyring.seal_bytes
        return tuple((one.ref, one.relationship, one.owner, seal(one.owner, one.content)) for one in files)

    def _load(self, kind: type[T], id: str) -> T:
        with self._engine.translated():
            try:
                found: object = self._engine.application.repository.get(_uuid(id), projector_func=told)
            except AggregateNotFoundError:
                raise _not_found() from None
        if not isinstance(found, kind):
            raise _not_found()
        return found

    def _read_models(self, kind: str) -> Iterator[tuple[str, bytes]]:
        with self._engine.reading() as cursor:
            cursor.execute("SELECT id, body FROM read_model WHERE kind = ? ORDER BY place", (kind,))
            rows = cursor.fetchall()
        return ((row["id"], row["body"]) for row in rows)

    def _rows(self, aggregate: Relationship | Person | Programme | Notebook) -> StreamRows:
        summary = summarise(aggregate)
        addresses = aggregate.addresses if isinstance(aggregate, Person) else ()
        fingerprints = (self._engine.keyring.fingerprint(a.text) for a in addresses if a.text is not None)
        body = self._engine.transcoder.encode(summary.facts)
        woken = aggregate.person if isinstance(aggregate, Notebook) else summary.id
        return StreamRows(summary.id, summary.kind, body, members(aggregate), tuple(fingerprints), woken)


def _owners(aggregate: Relationship | Person | Programme | Notebook) -> tuple[str, ...]:
    if isinstance(aggregate, Notebook):
        return (aggregate.owner,)
    return (str(aggregate.id),) if isinstance(aggregate, Person) else members(aggregate)


def _uuid(id: str) -> UUID:
    try:
        return UUID(id)
    except ValueError:
        raise _not_found() from None


def _not_found() -> NotFound:
    return NotFound(
        "Nothing is known under that id.",
        "See mentorsync relationship list and person list for those that are.",
    )
