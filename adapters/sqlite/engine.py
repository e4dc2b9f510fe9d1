"""The database under the store: the library's application and connections, our transactions, our errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing import persistence
from eventsourcing.application import Application
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteFactory,
)
from eventsourcing.utils import Environment, EnvType

from adapters.keys import Keyring
from adapters.sqlite.legible import StoreMapper
from adapters.sqlite.recorder import StoreRecorder
from adapters.sqlite.transcoding import StoreTranscoder
from adapters.sqlite.troubles import trouble_of
from domain.erasure import Erased
from domain.errors import MentorsyncError, TryLater
from domain.ledger import StaleStream

BUSY_SECONDS = 5
_OF_OWNER = (
    "DELETE FROM calendar_entry WHERE account = ? RETURNING 1",
    "DELETE FROM cursor WHERE account = ? RETURNING 1",
    "DELETE FROM address WHERE person = ? RETURNING 1",
    "DELETE FROM sample WHERE owner = ? RETURNING 1",
)


class DurablePool(SQLiteConnectionPool):
    """Connections that survive a power cut: what was acknowledged is on the disk."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        # Some builds of SQLite default to NORMAL in WAL mode, which may lose the last commits.
        connection.cursor().execute("PRAGMA synchronous = FULL")
        return connection


class StoreFactory(SQLiteFactory):
    """The library's parts, on our pool and with our recorder."""

    application_recorder_class = StoreRecorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        pool = self.datastore.pool
        self.datastore.pool = DurablePool(db_name=pool.db_name, lock_timeout=BUSY_SECONDS)
        pool.close()

    def mapper(
        self, transcoder: persistence.Transcoder | None = None, mapper_class: type[Any] | None = None
    ) -> persistence.Mapper[Any]:
        """Return our mapper."""
        return super().mapper(transcoder, mapper_class or StoreMapper)


class StoreApplication(Application[UUID]):
    """The library's application; it reads no environment variable and keeps no aggregate in memory."""

    name = "mentorsync"

    def __init__(self, path: Path, transcoder: StoreTranscoder) -> None:
        self._transcoder = transcoder
        # The table is made by the schema module, in one transaction with ours.
        super().__init__({"SQLITE_DBNAME": f"{path.resolve().as_uri()}?mode=rw", "CREATE_TABLE": "n"})

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return exactly the settings given."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> persistence.InfrastructureFactory[Any]:
        """Return our factory."""
        return StoreFactory(env)

    def construct_transcoder(self) -> persistence.Transcoder:
        """Return the transcoder that seals."""
        return self._transcoder


class Engine:
    """One open database: its application, its transcoder and its two kinds of transactions."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self.path = path
        self.keyring = keyring
        self.transcoder = StoreTranscoder(keyring)
        self.application = StoreApplication(path, self.transcoder)

    @property
    def _datastore(self) -> SQLiteDatastore:
        recorder = self.application.recorder
        assert isinstance(recorder, StoreRecorder)
        return recorder.datastore

    @contextmanager
    def reading(self) -> Iterator[SQLiteCursor]:
        """Open a transaction that sees one state and changes nothing."""
        with self.translated(), self._datastore.transaction(commit=False) as cursor:
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[SQLiteCursor]:
        """Open a transaction that has the write lock from the start, so that it may read before it writes."""
        with self.translated(), self._datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            with cursor:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    yield cursor
                    connection.commit()
                except BaseException:
                    connection.rollback()
                    raise

    def erase_rows(self, owner: str) -> Erased:
        """Overwrite what the tables beside the streams hold of an owner, and empty the write-ahead log."""
        with self.writing() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
            erased = Erased(*(_deleted(cursor, statement, owner) for statement in _OF_OWNER))
        if not self._log_emptied():
            raise TryLater(
                "Everything is destroyed, but traces are still in the store's log.", "Forget the person once more."
            )
        return erased

    def _log_emptied(self) -> bool:
        with self.translated(), self._datastore.get_connection(commit=False) as connection:
            cursor = connection.cursor()
            with cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return not cursor.fetchone()["busy"]

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise our errors for the library's; none of them shows a stored value."""
        try:
            yield
        except persistence.MapperDeserialisationError as error:
            if isinstance(error.__cause__, MentorsyncError):
                raise error.__cause__ from None
            raise
        except (persistence.PersistenceError, sqlite3.Error) as error:
            if isinstance(error, persistence.IntegrityError | sqlite3.IntegrityError):
                raise StaleStream from error
            trouble = trouble_of(error, f"the store '{self.path}'")
            if trouble is None:
                raise  # a mistake of ours, which keeps its traceback
            raise trouble from error

    def close(self) -> None:
        """Close all connections; the keyring stays open."""
        self.application.close()


def _deleted(cursor: SQLiteCursor, statement: str, owner: str) -> int:
    cursor.execute(statement, (owner,))
    return len(cursor.fetchall())
