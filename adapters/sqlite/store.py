"""The embedded store as one thing: the ports Streams, Ledger and CalendarCache on one database."""

from pathlib import Path

from adapters.keys import Keyring
from adapters.sqlite import schema
from adapters.sqlite.calendars import SqliteCalendars
from adapters.sqlite.engine import Engine
from adapters.sqlite.ledger import SqliteLedger
from adapters.sqlite.streams import SqliteStreams


class SqliteStore(SqliteStreams, SqliteLedger, SqliteCalendars):
    """An open store; its three parts share one engine, which may be used from several threads."""

    @classmethod
    def open(cls, path: Path, keyring: Keyring, create: bool = False) -> "SqliteStore":
        """Open the store; with `create` an absent or empty file becomes one.

        Raises StoreMissing, StoreNewer, Refused (older: migrate), Misconfigured (another store's keyring).
        """
        new = schema.check_file(path, create)
        engine = Engine(path, keyring)
        try:
            if new:
                schema.create_tables(engine)
            schema.check_keyring(engine)
        except BaseException:
            engine.close()
            raise
        return cls(engine)

    def close(self) -> None:
        """Close the database; the keyring stays open."""
        self._engine.close()
