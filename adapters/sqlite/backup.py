"""Copies both databases while they are in use, and brings copies back where there is no store."""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.new_files import make_folder
from adapters.sqlite.schema import VERSION, version_of
from adapters.sqlite.stamps import stamp
from adapters.sqlite.troubles import trouble_of
from domain.errors import BadInput, Refused, StoreMissing, StoreNewer

SCHEMA = "mentorsync.backup/1"
BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Backup:
    """What lies in a backup: when it was taken (UTC), by which schema of the store, and the SHA-256 of each file."""

    at: str
    store_schema: int
    store_sha256: str
    keys_sha256: str


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a backup: one for the store, one for the data keys; they may be the same."""

    store_folder: Path
    keys_folder: Path

    @property
    def store(self) -> Path:
        """The copy of the store."""
        return self.store_folder / "mentorsync.db"

    @property
    def keys(self) -> Path:
        """The copy of the data keys."""
        return self.keys_folder / "mentorsync-keys.db"

    @property
    def manifest(self) -> Path:
        """What says that the backup is whole; it is written last."""
        return self.store_folder / "backup.json"


def take_backup(store: Path, keys: Path, places: Places, now: datetime) -> Backup:
    """Copy both databases, each as it is at one moment, while others read and write them.

    The keys come second, so that no owner of sealed words in the copy lacks a key. Refused when a backup lies there.
    """
    for path in (places.store, places.keys, places.manifest):
        if path.exists():
            raise Refused(f"There is a backup in '{path.parent}' already.", "Name an empty folder for each backup.")
    for folder in {places.store_folder, places.keys_folder}:
        make_folder(folder)
    for source, target in ((store, places.store), (keys, places.keys)):
        copy_database(source, target)
    schema = version_of(places.store)
    if schema is None:
        raise StoreMissing(f"The store '{store}' is empty.", "Give the right [store] url.")
    backup = Backup(stamp(now), schema, _digest(places.store), _digest(places.keys))
    _write(places.manifest, json.dumps({"schema": SCHEMA, **asdict(backup)}, indent=2) + "\n")
    return backup


def read_backup(places: Places) -> Backup:
    """Return what the backup says of itself, after comparing it with the files.

    BadInput for what is none, StoreMissing for one that is damaged, StoreNewer for one of a newer program.
    """
    try:
        said: dict[str, Any] = json.loads(places.manifest.read_text("utf-8"))
        backup = Backup(*(said[name] for name in ("at", "store_schema", "store_sha256", "keys_sha256")))
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"There is no whole backup in '{places.store_folder}'.", "Name the folder that mentorsync backup wrote."
        ) from None
    if backup.store_schema > VERSION:
        raise StoreNewer("The backup was written by a newer program.", "Install that version of mentorsync.")
    for path, digest in ((places.store, backup.store_sha256), (places.keys, backup.keys_sha256)):
        if not path.is_file() or _digest(path) != digest:
            raise StoreMissing(f"The backup's file '{path}' is missing or damaged.", "Take another backup.")
    return backup


def refuse_existing(*databases: Path) -> None:
    """Refused when any of them is there, or what SQLite keeps beside it."""
    for path in databases:
        for name in ("", *BESIDE):
            if path.with_name(path.name + name).exists():
                raise Refused(
                    f"There is something at '{path}' already.",
                    "A backup is restored only where there is no store: move both databases away first.",
                )


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into a single new file that only its owner can read.

    It appears under its name when it is whole and on the disk. TryLater when the disk is full.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(_opened(source, "ro")) as read, closing(_opened(part, "rw")) as written:
            read.backup(written)
            written.execute("PRAGMA journal_mode = DELETE").fetchall()
            if written.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise StoreMissing(f"The database '{source}' is damaged.", "Look with: mentorsync db check")
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        unread = StoreMissing(f"The database '{source}' cannot be read.", "Give the right path.")
        raise trouble_of(error, f"the database '{source}' or its copy") or unread from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    move(part, target)


def move(part: Path, target: Path) -> None:
    """Give a file that is whole its name, and see both to the disk."""
    _sync(part)
    part.replace(target)
    _sync(target.parent)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=5, isolation_level=None)


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, "utf-8")
    move(part, path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
