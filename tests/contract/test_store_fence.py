"""A store is opened only when this program understands it, and only one daemon holds it."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from adapters.keys import Keyring
from adapters.sqlite import schema
from adapters.sqlite.lock import DaemonLock
from adapters.sqlite.store import SqliteStore, opened_store
from domain.errors import Misconfigured, Refused, StoreLocked, StoreMissing, StoreNewer, TryLater
from domain.ledger import LedgerWrite
from tests.contract.stores import MASTER_KEY, NOW, a_person, age, opened, work


def open_existing(folder: Path, create: bool = False) -> None:
    keyring = Keyring.open(folder / "other-keys.sqlite", MASTER_KEY, create=True)
    with closing(keyring):
        SqliteStore.open(folder / "store.sqlite", keyring, create).close()


def set_version(folder: Path, version: str) -> None:
    with closing(sqlite3.connect(folder / "store.sqlite")) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (version,))


def test_an_absent_store_is_missing_and_stays_absent(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_existing(tmp_path)
    assert not (tmp_path / "store.sqlite").exists()


@pytest.mark.parametrize("create", [False, True])
def test_beside_an_unreadable_store_no_keyring_is_made(tmp_path: Path, create: bool) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreMissing), opened_store(*places(tmp_path), create=create):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite"]


def test_a_lost_keyring_is_not_covered_up_by_a_new_one(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    (tmp_path / "keys.sqlite").unlink()
    with pytest.raises(StoreMissing, match=r"keys\.sqlite"), opened_store(*places(tmp_path), create=True):
        pass
    assert not (tmp_path / "keys.sqlite").exists()


def test_a_reading_command_without_a_store_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"store\.sqlite"), opened_store(*places(tmp_path)):
        pass
    assert list(tmp_path.iterdir()) == []


def places(folder: Path) -> tuple[Path, Path, bytes]:
    return folder / "store.sqlite", folder / "keys.sqlite", MASTER_KEY


def test_a_new_store_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with opened(tmp_path):
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert (set(modes.values()), {"store.sqlite", "keys.sqlite"} <= set(modes)) == ({0o600}, True)


@pytest.mark.parametrize("create", [False, True])
def test_a_store_of_a_newer_program_is_not_opened_and_not_touched(tmp_path: Path, create: bool) -> None:
    with opened(tmp_path):
        pass
    set_version(tmp_path, str(schema.VERSION + 1))
    before = (tmp_path / "store.sqlite").read_bytes()
    with pytest.raises(StoreNewer):
        open_existing(tmp_path, create)
    assert (tmp_path / "store.sqlite").read_bytes() == before


def test_a_store_of_an_older_version_asks_for_the_migration(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    set_version(tmp_path, str(schema.VERSION - 1))
    with pytest.raises(Refused, match="mentorsync db migrate"):
        open_existing(tmp_path)


def test_a_store_of_the_first_version_is_brought_up_to_date_and_keeps_what_it_has(tmp_path: Path) -> None:
    person = a_person()
    with opened(tmp_path) as store:
        store.save(person, now=NOW)
    age(tmp_path / "store.sqlite")
    with pytest.raises(Refused), opened_store(*places(tmp_path), create=True):
        pass
    with opened_store(*places(tmp_path), upgrade=True) as store:
        assert (store.person(str(person.id)).address, store.sample("none")) == (person.address, None)
    (tmp_path / "new").mkdir()
    with opened(tmp_path) as store, opened(tmp_path / "new"):
        assert store.check() == []
    assert statements(tmp_path) == statements(tmp_path / "new")


def statements(folder: Path) -> set[str]:
    """Return how the tables and indexes of a store would be made."""
    with closing(sqlite3.connect(folder / "store.sqlite")) as connection:
        return {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


def test_a_store_of_a_version_that_never_was_is_not_brought_up_to_date(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    set_version(tmp_path, "0")
    with pytest.raises(Refused), opened_store(*places(tmp_path), upgrade=True):
        pass


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_database_is_unreadable_and_stays_as_it_is(
    tmp_path: Path, content: bytes, create: bool
) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(StoreMissing):
        open_existing(tmp_path, create)
    assert (tmp_path / "store.sqlite").read_bytes() == content


def test_a_database_of_something_else_is_not_taken_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreMissing):
        open_existing(tmp_path, create=True)


def test_a_creation_that_stopped_half_way_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").touch()
    with pytest.raises(StoreMissing):
        open_existing(tmp_path)
    open_existing(tmp_path, create=True)


def test_programs_that_make_a_store_at_once_make_one(tmp_path: Path) -> None:
    def make(_: int) -> int:
        while True:
            try:
                with opened(tmp_path) as store:
                    store.void_leases()
                    return len(store.summaries("person"))
            except TryLater:  # two that turn a new file into a write-ahead database at one moment
                continue

    with opened(tmp_path):
        (tmp_path / "store.sqlite").unlink()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, range(4))) == [0, 0, 0, 0]
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'boot'").fetchone() == ("4",)


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    keyring = Keyring.open(tmp_path / "keys.sqlite", MASTER_KEY, create=True)
    with closing(keyring), pytest.raises(StoreMissing):
        SqliteStore.open(tmp_path / "nowhere" / "store.sqlite", keyring, create=True)


def test_the_keyring_of_another_store_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.save(a_person(), now=NOW)
    with pytest.raises(Misconfigured):
        open_existing(tmp_path)


def test_a_store_that_another_process_keeps_locked_says_try_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.sqlite.engine.BUSY_SECONDS", 1)
    with (
        opened(tmp_path) as store,
        closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TryLater):
            store.save(now=NOW, write=LedgerWrite(wake=("r1",)))
        other.execute("ROLLBACK")
        assert store.next_due(["review"]) is None


def test_a_full_disk_is_said_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.save(a_person(), now=NOW)
        with store._engine.writing() as cursor:
            cursor.execute("PRAGMA max_page_count = 1")  # the database may not grow any more
        with pytest.raises(TryLater, match="full"):
            store.ensure([work(f"r{number}/book/1.1/c") for number in range(500)], NOW)
        assert (len(store.summaries("person")), store.rows()) == (1, ())


def test_every_commit_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    with opened(tmp_path) as store, store._engine.writing() as cursor:
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        assert (synchronous, cursor.fetchone()[0]) == (2, "wal")


def test_the_events_table_is_the_one_that_the_library_expects(tmp_path: Path) -> None:
    datastore = SQLiteDatastore(str(tmp_path / "library.sqlite"))
    (statement,) = SQLiteApplicationRecorder(datastore).create_table_statements
    datastore.close()
    assert statement.replace("(", "").replace(" ", "") == schema.TABLES[0].replace("(", "").replace(" ", "")


def test_settings_of_the_library_in_the_environment_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("AGGREGATE_CACHE_MAXSIZE", "10"),
        ("IS_SNAPSHOTTING_ENABLED", "y"),
        ("PERSISTENCE_MODULE", "eventsourcing.popo"),
    ):
        monkeypatch.setenv(name, value)
    with opened(tmp_path) as store:
        application = store._engine.application
        assert (application.repository.cache, application.snapshots) == (None, None)


def test_a_second_daemon_is_told_who_holds_the_store(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    with DaemonLock(store), pytest.raises(StoreLocked, match=f"process {os.getpid()} on "):
        DaemonLock(store).acquire()
    with DaemonLock(store):
        pass


def test_the_lock_is_free_after_its_holder_was_killed(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    program = (
        "import sys, pathlib; from adapters.sqlite.lock import DaemonLock; "
        "lock = DaemonLock(pathlib.Path(sys.argv[1])); "
        "lock.acquire(); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(store)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreLocked, match=f"process {holder.pid} on "):
            DaemonLock(store).acquire()
        holder.kill()
        holder.wait()
    with DaemonLock(store):
        pass
