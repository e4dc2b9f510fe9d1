"""The embedded store as one thing: the ports Streams, Ledger, CalendarCache and Samples on one database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from adapters.keys import Keyring
from adapters.sqlite import schema
from adapters.sqlite.calendars import SqliteCalendars
from adapters.sqlite.engine import Engine
from adapters.sqlite.ledger import SqliteLedger
from adapters.sqlite.replaying import replayed
from adapters.sqlite.samples import SqliteSamples
from adapters.sqlite.streams import SqliteStreams
from domain.integrity import Replayed


@contextmanager
def opened_store(
    path: Path, keys: Path, master_key: bytes, create: bool = False, upgrade: bool = False
) -> Iterator["SqliteStore"]:
    """Open keyring and store and close both in the end; raises what `Keyring.open` and `SqliteStore.open` raise.

    The store's file is judged first, and a keyring is made only for a store that is made too: nothing is left
    beside a file that cannot be opened, and a lost keyring is never covered up by a new one.
    """
    new = schema.is_new(path)
    if new and not create:
        schema.check_file(path, create)
    with (
        closing(Keyring.open(keys, master_key, create=create and new)) as keyring,
        closing(SqliteStore.open(path, keyring, create, upgrade)) as store,
    ):
        yield store


def check_match(path: Path, keys: Path, master_key: bytes) -> None:
    """Raise what `opened_store` would when store and keyring do not open or do not belong together; nothing is changed.

    A store of an older version that this program could bring up to date is as good as one of its own.
    """
    schema.check_file(path, create=False, upgrade=True)
    with closing(Keyring.open(keys, master_key)) as keyring, closing(Engine(path, keyring)) as engine:
        schema.check_keyring(engine)


class SqliteStore(SqliteStreams, SqliteLedger, SqliteCalendars, SqliteSamples):
    """An open store; its four parts share one engine, which may be used from several threads."""

    @classmethod
    def open(cls, path: Path, keyring: Keyring, create: bool = False, upgrade: bool = False) -> "SqliteStore":
        """Open the store; with `create` an absent or empty file becomes one, with `upgrade` one of an older version.

        Raises StoreMissing, StoreNewer, Refused (older: migrate), Misconfigured (another store's keyring).
        """
        new = schema.check_file(path, create, upgrade)
        engine = Engine(path, keyring)
        try:
            if new:
                schema.create_tables(engine)
            schema.check_keyring(engine)
            if upgrade:
                schema.upgrade_tables(engine)
        except BaseException:
            engine.close()
            raise
        return cls(engine)

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file (its integrity_check), one line each; empty when it is sound."""
        with self._engine.reading() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [str(row[0]) for row in cursor.fetchall()]
        return [] if found == ["ok"] else found

    def replayed(self) -> tuple[Replayed, ...]:
        """Tell every stream again, and return what is wrong with each; nothing is written."""
        return replayed(self._engine, self._rows)

    def look_before_every_effect(self) -> None:
        """From now on every effect counts as tried before: this store does not know what left after it was copied."""
        with self._engine.writing() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ('restored', '1')")

    def close(self) -> None:
        """Close the database; the keyring stays open."""
        self._engine.close()
