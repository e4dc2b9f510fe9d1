"""The bytes of work samples: with the events or not at all, sealed, and gone when they are not needed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.sqlite.backup import Places, take_backup
from adapters.sqlite.restoring import restore
from adapters.sqlite.store import SqliteStore
from domain.errors import Refused
from domain.ledger import KeptFile, LedgerWrite, Settlement, StaleLease, WorkState
from tests.contract.stores import MASTER_KEY, NOW, a_pair, opened

CANARY = b"yellow-canary " * 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def keep(store: SqliteStore, owner: str, relationship: str = "r1", ref: str = "m.1", content: bytes = CANARY) -> None:
    store.save(now=NOW, write=LedgerWrite(files=(KeptFile(ref, relationship, owner, content),)))


def an_owner(store: SqliteStore) -> str:
    return str(a_pair(store)[1].id)


@pytest.mark.parametrize("content", [b"", CANARY, bytes(range(256)) * 6_000])
def test_what_was_kept_comes_back_as_it_was_also_after_a_restart(tmp_path: Path, content: bytes) -> None:
    with opened(tmp_path) as store:
        keep(store, an_owner(store), content=content)
    with opened(tmp_path) as store:
        assert (store.sample("m.1"), store.sample("m.2")) == (content, None)


def test_no_file_of_the_store_shows_the_bytes(store: SqliteStore, tmp_path: Path) -> None:
    keep(store, an_owner(store))
    assert CANARY not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert CANARY.decode() not in repr(LedgerWrite(files=(KeptFile("m.1", "r1", "p", CANARY),)))


def test_keeping_it_again_is_keeping_it_once(store: SqliteStore) -> None:
    owner = an_owner(store)
    keep(store, owner)
    keep(store, owner)
    assert store.prune_samples("r1", ()) == 1


def test_a_save_that_is_refused_keeps_nothing(store: SqliteStore) -> None:
    write = LedgerWrite(
        settle=Settlement("no such row", "token", WorkState.DONE),
        files=(KeptFile("m.1", "r1", an_owner(store), CANARY),),
    )
    with pytest.raises(StaleLease):
        store.save(now=NOW, write=write)
    assert store.sample("m.1") is None


def test_what_is_not_needed_is_destroyed_and_nothing_of_another_relationship(store: SqliteStore) -> None:
    owner = an_owner(store)
    for relationship, ref in (("r1", "a.1"), ("r1", "a.2"), ("r2", "b.1")):
        keep(store, owner, relationship, ref)
    assert store.prune_samples("r1", {"a.2", "b.1"}) == 1
    assert [store.sample(ref) is not None for ref in ("a.1", "a.2", "b.1")] == [False, True, True]


def test_whoever_is_forgotten_takes_her_files_along_and_leaves_those_of_others(store: SqliteStore) -> None:
    mentor, mentee, _ = a_pair(store)
    keep(store, str(mentee.id))
    keep(store, str(mentor.id), ref="m.2")
    assert (store.erase(str(mentee.id)).samples, store.erase(str(mentee.id)).samples) == (1, 0)
    assert (store.sample("m.1"), store.sample("m.2")) == (None, CANARY)
    with pytest.raises(Refused):
        keep(store, str(mentee.id))


@pytest.mark.parametrize("version", ["2", "1"])
def test_a_backup_holds_the_bytes_sealed_and_one_of_an_older_store_comes_back_too(tmp_path: Path, version: str) -> None:
    places = Places(tmp_path / "backup", tmp_path / "backup")
    with opened(tmp_path) as store:
        keep(store, an_owner(store))
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection, connection:
        if version == "1":
            connection.execute("DROP TABLE sample")
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (version,))
    take_backup(tmp_path / "store.sqlite", tmp_path / "keys.sqlite", places, NOW)
    assert CANARY not in places.store.read_bytes() + places.keys.read_bytes()
    back = tmp_path / "back"
    restore(places, back / "store.sqlite", back / "keys.sqlite", MASTER_KEY, lambda store: None)
    with opened(back) as store:
        assert store.sample("m.1") == (CANARY if version == "2" else None)


def test_a_copy_from_before_cannot_be_read_once_the_key_is_gone(store: SqliteStore, tmp_path: Path) -> None:
    owner = an_owner(store)
    keep(store, owner)
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        (row,) = connection.execute("SELECT * FROM sample").fetchall()
    store.erase(owner)
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute("INSERT INTO sample VALUES (?, ?, ?, ?)", row)
    connection.close()
    assert store.sample("m.1") is None
