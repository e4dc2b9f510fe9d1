"""An error of the database is told by what it is: only a damaged file is to be restored from a backup."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.persistence import OperationalError, PersistenceError

from adapters.sqlite import schema
from adapters.sqlite.troubles import trouble_of
from domain.errors import MentorsyncError, Misconfigured, StoreMissing, TryLater
from tests.contract.stores import opened

DETAIL = 3 << 8
"""What SQLite adds to a result code to say more."""


def failed(code: int) -> sqlite3.Error:
    """Return an error of SQLite with that result code."""
    error = sqlite3.OperationalError("words that are for people")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (sqlite3.SQLITE_BUSY, TryLater, "in use by another process"),
        (sqlite3.SQLITE_FULL, TryLater, "The disk of the store is full"),
        (sqlite3.SQLITE_IOERR, TryLater, "Check the disk"),
        (sqlite3.SQLITE_CANTOPEN, TryLater, "cannot be opened"),
        (sqlite3.SQLITE_READONLY, Misconfigured, "cannot be written"),
        (sqlite3.SQLITE_CORRUPT, StoreMissing, "Restore it from a backup"),
        (sqlite3.SQLITE_NOTADB, StoreMissing, "Restore it from a backup"),
    ],
)
def test_each_result_code_has_its_own_sentence_and_next_step(code: int, kind: type[MentorsyncError], said: str) -> None:
    wrapped = OperationalError("the library's")
    wrapped.__cause__ = failed(code | DETAIL)
    for error in (failed(code), failed(code | DETAIL), wrapped):
        trouble = trouble_of(error, "the store")
        assert type(trouble) is kind
        assert said in str(trouble)


@pytest.mark.parametrize(
    "error", [failed(sqlite3.SQLITE_ERROR), sqlite3.ProgrammingError("closed"), PersistenceError()]
)
def test_a_mistake_of_ours_is_no_trouble_of_the_store(error: Exception) -> None:
    assert trouble_of(error, "the store") is None


def test_a_wrong_statement_keeps_its_own_error_and_asks_nobody_to_restore_anything(tmp_path: Path) -> None:
    with (
        opened(tmp_path) as store,
        pytest.raises(OperationalError, match="no such column"),
        store._engine.reading() as cursor,
    ):
        cursor.execute("SELECT unheard_of FROM work")


def test_a_store_whose_pages_are_overwritten_is_to_be_restored(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreMissing, match="Restore it from a backup"):
        schema.check_file(path, create=False)


def test_a_store_that_cannot_be_opened_now_is_not_to_be_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path):
        pass

    def refused(*asked: object, **more: object) -> object:
        raise failed(sqlite3.SQLITE_CANTOPEN)

    monkeypatch.setattr(sqlite3, "connect", refused)
    with pytest.raises(TryLater, match="cannot be opened"):
        schema.check_file(tmp_path / "store.sqlite", create=False)
