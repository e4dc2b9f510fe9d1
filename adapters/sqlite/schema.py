"""The tables of the store, and the fence that keeps a program from reading what it does not understand."""

import os
import sqlite3
from pathlib import Path

from adapters.sqlite.engine import Engine
from adapters.sqlite.troubles import trouble_of
from domain.errors import Misconfigured, Refused, StoreMissing, StoreNewer

VERSION = 2

_SAMPLES = (
    "CREATE TABLE IF NOT EXISTS sample (ref TEXT PRIMARY KEY, relationship TEXT NOT NULL, owner TEXT NOT NULL, "
    "sealed BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS sample_relationship ON sample (relationship)",
)
_WORK_INDEXES = (
    "CREATE INDEX IF NOT EXISTS work_kind ON work (kind, state, due)",
    "CREATE INDEX IF NOT EXISTS work_lane ON work (kind, lane, due) WHERE state = 'open'",
    "CREATE INDEX IF NOT EXISTS work_leased ON work (lane) WHERE token IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS work_of ON work (subject, kind)",
)
TABLES = (
    # The library's own statement for the event log, as of eventsourcing 9.5; a test compares them.
    "CREATE TABLE IF NOT EXISTS stored_events (originator_id TEXT, originator_version INTEGER, "
    "topic TEXT, state BLOB, PRIMARY KEY (originator_id, originator_version))",
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS read_model (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
    "kind TEXT NOT NULL, body BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS read_model_kind ON read_model (kind, place)",
    "CREATE UNIQUE INDEX IF NOT EXISTS one_programme ON read_model (kind) WHERE kind = 'programme'",
    "CREATE TABLE IF NOT EXISTS membership (member TEXT, relationship TEXT, "
    "PRIMARY KEY (member, relationship)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS address (fingerprint TEXT PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS address_person ON address (person)",
    "CREATE TABLE IF NOT EXISTS work (key TEXT PRIMARY KEY, subject TEXT NOT NULL, kind TEXT NOT NULL, "
    "occasion TEXT NOT NULL, recipient TEXT NOT NULL, lane TEXT NOT NULL, due TEXT NOT NULL, expires TEXT, "
    "state TEXT NOT NULL DEFAULT 'open', attempts INTEGER NOT NULL DEFAULT 0, token TEXT, lease_until TEXT, "
    "receipt TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
    *_WORK_INDEXES,
    "CREATE TABLE IF NOT EXISTS reference (ref TEXT PRIMARY KEY, subject TEXT NOT NULL, key TEXT NOT NULL) "
    "WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS cursor (account TEXT, stream TEXT, cursor TEXT NOT NULL, "
    "PRIMARY KEY (account, stream)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS calendar_entry (account TEXT, event_id TEXT, ical_uid TEXT NOT NULL, "
    "body TEXT NOT NULL, "
    "PRIMARY KEY (account, event_id)) WITHOUT ROWID",
    *_SAMPLES,
)

UPGRADES = {
    1: (*_SAMPLES, "DROP INDEX IF EXISTS work_due", "DROP INDEX IF EXISTS work_subject", *_WORK_INDEXES),
}
"""What turns a store of a version into one of the next."""


def is_new(path: Path) -> bool:
    """Say whether there is no store yet: no file, or one without tables; raise as `check_file` for a bad one."""
    return not path.exists() or check_file(path, create=True, upgrade=True)


def check_file(path: Path, create: bool, upgrade: bool = False) -> bool:
    """Say whether the tables are still to be made.

    Raises StoreMissing, StoreNewer or Refused for a file that must not be opened; with `upgrade` an older one may be.
    It is looked at through a connection that cannot write, so a file of a newer program stays as it is.
    """
    if create and not path.exists():
        _touch(path)
    if not path.is_file():
        raise StoreMissing(
            f"The store '{path}' does not exist.",
            "Create it with: mentorsync db migrate, or give the right [store] url.",
        )
    version = version_of(path)
    if version is None and create:
        return True
    if version is None:
        raise StoreMissing(
            f"The store '{path}' is empty.", "Create it with: mentorsync db migrate, or give the right [store] url."
        )
    if version > VERSION:
        raise StoreNewer(f"The store '{path}' was written by a newer program.", "Install that version of mentorsync.")
    if version < VERSION and not (upgrade and version in UPGRADES):
        raise Refused(f"The store '{path}' is of an older version.", "Back it up, then run mentorsync db migrate.")
    return False


def _touch(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreMissing(
            f"The store '{path}' cannot be created.", "Create its folder and allow writing there."
        ) from error


def version_of(path: Path) -> int | None:
    """Return the schema version, or None when the file holds no table at all."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return None
            if "meta" in tables and "work" in tables:
                return int(connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0])
        finally:
            connection.close()
    except (sqlite3.Error, TypeError, ValueError) as error:
        unread = StoreMissing(f"The store '{path}' cannot be read.", "Restore it from a backup.")
        raise trouble_of(error, f"the store '{path}'") or unread from error
    raise StoreMissing(f"The file '{path}' is not a store of mentorsync.", "Give the right [store] url.")


def create_tables(engine: Engine) -> None:
    """Make all tables in one transaction; two programs that do it at once make them once."""
    with engine.writing() as cursor:
        for statement in TABLES:
            cursor.execute(statement)
        for name, value in (("schema", str(VERSION)), ("boot", "0"), ("keyring", _mark(engine))):
            cursor.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, value))


def upgrade_tables(engine: Engine) -> None:
    """Bring the tables to this program's version in one transaction; what is there already stays as it is."""
    with engine.writing() as cursor:
        cursor.execute("SELECT value FROM meta WHERE name = 'schema'")
        for version in range(int(cursor.fetchone()["value"]), VERSION):
            for statement in UPGRADES[version]:
                cursor.execute(statement)
        cursor.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(VERSION),))


def check_keyring(engine: Engine) -> None:
    """Raise Misconfigured when the keyring is not the one this store was sealed with."""
    with engine.reading() as cursor:
        cursor.execute("SELECT value FROM meta WHERE name = 'keyring'")
        if cursor.fetchone()["value"] != _mark(engine):
            raise Misconfigured(
                f"The keyring does not belong to the store '{engine.path}'.",
                "Give the keys_url that belongs to it.",
            )


def _mark(engine: Engine) -> str:
    return engine.keyring.fingerprint("the keyring of this store")
