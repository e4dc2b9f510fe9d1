"""A backup is whole while others write, comes back only where there is no store, and comes back paused."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from adapters.keys import Keyring
from adapters.sqlite.backup import Places, read_backup, take_backup
from adapters.sqlite.restoring import restore
from adapters.sqlite.store import SqliteStore
from adapters.system import RandomIds
from domain.errors import BadInput, MentorsyncError, Misconfigured, Refused, StoreMissing
from domain.ledger import LedgerWrite
from domain.programme import Programme
from service.safekeeping import pause_after_restore
from tests.contract.stores import BY, LEASE, MASTER_KEY, NOW, a_person, a_relationship, an_id, opened, work


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "backup", tmp_path / "keys")


def back_up(folder: Path, places: Places) -> None:
    take_backup(folder / "store.sqlite", folder / "keys.sqlite", places, NOW)


def bring_back(folder: Path, places: Places, master_key: bytes = MASTER_KEY) -> str:
    def settle(store: SqliteStore) -> None:
        pause_after_restore(store, RandomIds(), "Example", NOW)

    return restore(places, folder / "store.sqlite", folder / "keys.sqlite", master_key, settle)


def live_programme() -> Programme:
    programme = Programme.found(an_id(), "Example", BY)
    programme.go_live(BY)
    return programme


def test_a_restored_store_tells_the_same_and_is_paused(tmp_path: Path, places: Places) -> None:
    mentor, mentee = a_person(), a_person("bo@example.org", "Bo Example")
    with opened(tmp_path) as store:
        store.save(mentor, mentee, a_relationship(mentor, mentee), live_programme(), now=NOW)
        before = {stream.id: stream for stream in store.replayed()}
        back_up(tmp_path, places)
    back = tmp_path / "elsewhere"
    assert bring_back(back, places) == "2027-02-22T09:30:00.000000Z"
    with opened(back) as store:
        after = {stream.id: stream for stream in store.replayed()}
        programme = store.programme()
        assert store.person(str(mentor.id)).name.reveal() == "Ann Example"
    assert programme is not None
    assert (programme.paused, programme.sending) == (True, False)
    changed = {id for id, stream in after.items() if stream != before[id]}
    assert (changed, before.keys() == after.keys()) == ({str(programme.id)}, True)
    assert [stream.faults for stream in after.values()] == [()] * 4


def test_a_restored_effect_is_looked_up_before_it_is_done(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as store:
        store.save(now=NOW, write=LedgerWrite(open=(work("r1/agenda/1.1/mentor", "one"),)))
        back_up(tmp_path, places)
        assert store.claim(NOW, ["agenda"], 1, LEASE)[0].attempts == 1
    bring_back(tmp_path / "elsewhere", places)
    with opened(tmp_path / "elsewhere") as store:
        store.save(now=NOW, write=LedgerWrite(open=(work("r1/agenda/2.1/mentor", "two"),)))
        claims = [store.claim(NOW, ["agenda"], 1, LEASE) for _ in range(2)]
        assert [claim.attempts for found in claims for claim in found] == [2, 2]


def test_a_backup_beside_a_writer_is_whole(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as store:
        store.save(a_person("first@example.org"), now=NOW)
        stop = Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                store.save(a_person(f"p{number}@example.org"), now=NOW)

        writer = Thread(target=write)
        writer.start()
        try:
            back_up(tmp_path, places)
        finally:
            stop.set()
            writer.join()
    bring_back(tmp_path / "elsewhere", places)
    with opened(tmp_path / "elsewhere") as store:
        assert [stream.faults for stream in store.replayed() if stream.faults] == []


def test_a_backup_holds_no_words_and_only_its_owner_can_read_it(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as store:
        store.save(a_person(), now=NOW)
        back_up(tmp_path, places)
    for path in (places.store, places.keys):
        assert path.stat().st_mode & 0o077 == 0
        assert b"ann@example.org" not in path.read_bytes()
    assert sorted(p.name for p in (*places.store_folder.iterdir(), *places.keys_folder.iterdir())) == [
        "backup.json",
        "mentorsync-keys.db",
        "mentorsync.db",
    ]


def test_what_lies_where_a_backup_or_a_store_would_go_is_left_alone(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as store:
        store.save(a_person(), now=NOW)
    back_up(tmp_path, places)
    with pytest.raises(Refused, match="a backup in"):
        back_up(tmp_path, places)
    with pytest.raises(Refused, match="already"):
        bring_back(tmp_path, places)
    lone = tmp_path / "elsewhere"
    lone.mkdir()
    (lone / "store.sqlite-wal").write_bytes(b"")
    with pytest.raises(Refused):
        bring_back(lone, places)


def cut(places: Places) -> None:
    places.store.write_bytes(places.store.read_bytes()[:-4096])


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (cut, StoreMissing),
        (lambda places: places.keys.unlink(), StoreMissing),
        (lambda places: places.manifest.unlink(), BadInput),
        (lambda places: places.manifest.write_text("{}"), BadInput),
    ],
)
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    tmp_path: Path, places: Places, harm: Callable[[Places], None], kind: type[MentorsyncError]
) -> None:
    with opened(tmp_path):
        back_up(tmp_path, places)
    harm(places)
    with pytest.raises(kind):
        bring_back(tmp_path / "elsewhere", places)
    assert not (tmp_path / "elsewhere" / "store.sqlite").exists()
    with pytest.raises(kind):
        read_backup(places)


def test_another_master_key_brings_nothing_back(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path):
        back_up(tmp_path, places)
    with pytest.raises(Misconfigured):
        bring_back(tmp_path / "elsewhere", places, bytes(32))
    assert [path.name for path in (tmp_path / "elsewhere").iterdir() if not path.name.endswith(".lock")] == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM stored_events WHERE originator_version = 2", "an event is missing between others"),
        ("DELETE FROM read_model WHERE kind = 'person'", "it has no read model"),
        ("DELETE FROM membership", "its members differ"),
        ("DELETE FROM address", "the hashes of its addresses differ"),
        (
            "UPDATE read_model SET body = CAST(replace(body, 'Europe/Berlin', 'Asia/Tokyo') AS BLOB)",
            "its read model differs",
        ),
        ("UPDATE stored_events SET topic = 'person.unheard-of'", "it cannot be told again (NewerStream)"),
    ],
)
def test_what_was_changed_behind_the_store_is_found(tmp_path: Path, statement: str, fault: str) -> None:
    mentor, mentee = a_person(), a_person("bo@example.org", "Bo Example")
    for event in (mentor.pause, mentor.resume):
        event(BY)
    with opened(tmp_path) as store:
        store.save(mentor, mentee, a_relationship(mentor, mentee), now=NOW)
        assert [fault for stream in store.replayed() for fault in stream.faults] == []
        with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection, connection:
            connection.execute(statement)
        assert fault in [fault for stream in store.replayed() for fault in stream.faults]


def test_a_forgotten_person_s_stream_is_still_told(tmp_path: Path) -> None:
    person = a_person()
    with opened(tmp_path) as store:
        store.save(person, now=NOW)
        store.erase(str(person.id))
        assert [stream.faults for stream in store.replayed()] == [()]


def test_pausing_after_a_restore_is_recorded_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        programme = live_programme()
        store.save(programme, now=NOW)
        for _ in range(2):
            pause_after_restore(store, RandomIds(), "Example", NOW + timedelta(minutes=1))
        assert len(list(store.events(str(programme.id)))) == 3


def test_a_store_without_a_programme_comes_back_with_one_that_is_paused(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        pause_after_restore(store, RandomIds(), "Example", NOW)
        programme = store.programme()
        assert programme is not None
        assert (programme.name, programme.paused, programme.live) == ("Example", True, False)


def test_the_keys_of_a_backup_are_a_keyring(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as store:
        store.save(a_person(), now=NOW)
        back_up(tmp_path, places)
    with closing(Keyring.open(places.keys, MASTER_KEY)) as keyring:
        assert keyring.fingerprint("ann@example.org")
