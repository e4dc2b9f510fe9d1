"""The keyring seals per owner, forgets for good, and never takes damage for forgetting."""

import os
import sqlite3
import stat
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from adapters.keys import Keyring, read_master_key
from domain.errors import Misconfigured, Refused, StoreMissing, StoreNewer, TryLater

MASTER_KEY = bytes(range(32))
WORDS = "Grüße, 山田 \U0001f600"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.sqlite"


@pytest.fixture
def keyring(path: Path) -> Iterator[Keyring]:
    with closing(Keyring.open(path, MASTER_KEY, create=True)) as keyring:
        keyring.ensure("ann")
        yield keyring


def sealed(keyring: Keyring, owner: str = "ann", text: str = WORDS) -> str:
    value = keyring.seal(owner, text)
    assert value is not None
    return value


def test_a_sealed_text_opens_again_and_shows_nothing(keyring: Keyring) -> None:
    for text in (WORDS, "", "x" * 100_000):
        value = sealed(keyring, text=text)
        assert (keyring.unseal("ann", value), text not in value or not text) == (text, True)


def test_the_same_text_is_never_sealed_to_the_same_value(keyring: Keyring) -> None:
    assert len({sealed(keyring) for _ in range(50)}) == 50


def test_what_belongs_to_one_owner_does_not_open_for_another(keyring: Keyring) -> None:
    keyring.ensure("tom")
    with pytest.raises(Misconfigured, match="does not open"):
        keyring.unseal("tom", sealed(keyring))


def test_ensuring_a_key_again_keeps_it(keyring: Keyring) -> None:
    value = sealed(keyring)
    keyring.ensure("ann")
    assert keyring.unseal("ann", value) == WORDS


def test_keys_survive_closing_and_opening(keyring: Keyring, path: Path) -> None:
    value, mark = sealed(keyring), keyring.fingerprint("ann@example.org")
    keyring.close()
    with closing(Keyring.open(path, MASTER_KEY)) as again:
        assert (again.unseal("ann", value), again.fingerprint("ann@example.org")) == (WORDS, mark)


def test_what_a_forgotten_owner_said_is_erased(keyring: Keyring) -> None:
    value = sealed(keyring)
    keyring.forget("ann")
    assert keyring.unseal("ann", value) is None


def test_an_erased_text_stays_erased_when_it_is_sealed_again(keyring: Keyring) -> None:
    keyring.forget("ann")
    assert (keyring.seal("ann", None), keyring.unseal("ann", None)) == (None, None)


def test_new_words_of_a_forgotten_owner_are_refused_even_after_asking_for_a_key(keyring: Keyring) -> None:
    keyring.forget("ann")
    keyring.ensure("ann")
    with pytest.raises(Refused):
        keyring.seal("ann", WORDS)


def test_forgetting_twice_or_somebody_unknown_is_harmless(keyring: Keyring) -> None:
    for owner in ("ann", "ann", "nobody"):
        keyring.forget(owner)
    with pytest.raises(Refused):
        keyring.seal("nobody", WORDS)


def test_an_owner_whom_the_keyring_never_knew_is_damage_and_not_erasure(keyring: Keyring) -> None:
    with pytest.raises(Misconfigured):
        keyring.seal("tom", WORDS)
    with pytest.raises(Misconfigured):
        keyring.unseal("tom", sealed(keyring))


def test_a_key_that_another_process_destroyed_is_not_used_any_more(keyring: Keyring, path: Path) -> None:
    value = sealed(keyring)
    with closing(Keyring.open(path, MASTER_KEY)) as other:
        assert other.unseal("ann", value) == WORDS
        keyring.forget("ann")
        assert other.unseal("ann", value) is None
        with pytest.raises(Refused):
            other.seal("ann", WORDS)


def test_no_trace_of_a_destroyed_key_is_left_in_the_files(keyring: Keyring, path: Path) -> None:
    for number in range(100):
        keyring.ensure(f"owner-{number}")
    with closing(sqlite3.connect(path)) as connection:
        (wrapped,) = connection.execute("SELECT wrapped FROM data_key WHERE owner = 'ann'").fetchone()
    assert wrapped in on_disk(path)
    keyring.forget("ann")
    assert wrapped not in on_disk(path)


def on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_many_texts_are_unsealed_in_one_look_as_one_by_one_and_afterwards_each_look_counts_again(
    keyring: Keyring, path: Path
) -> None:
    keyring.ensure("tom")
    keyring.ensure("eve")
    texts = {owner: sealed(keyring, owner) for owner in ("ann", "tom", "eve")}
    keyring.forget("tom")
    with closing(Keyring.open(path, MASTER_KEY)) as fresh:
        with fresh.steady():
            assert [fresh.unseal(owner, text) for owner, text in texts.items()] == [WORDS, None, WORDS]
            with pytest.raises(Misconfigured, match="knows nothing"):
                fresh.unseal("nobody", texts["ann"])
        keyring.forget("ann")
        assert fresh.unseal("ann", texts["ann"]) is None


def test_the_keys_of_many_are_made_at_once_and_those_that_are_there_stay(keyring: Keyring) -> None:
    before = sealed(keyring)
    keyring.forget("gone")
    keyring.ensure("ann", "tom", "eve", "tom", "gone")
    assert [keyring.unseal("ann", before), keyring.unseal("tom", sealed(keyring, "tom"))] == [WORDS, WORDS]
    with pytest.raises(Refused):
        keyring.seal("gone", WORDS)


def test_forgetting_says_when_a_reader_keeps_traces_and_can_be_repeated(keyring: Keyring, path: Path) -> None:
    keyring._connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM data_key").fetchall()
        with pytest.raises(TryLater):
            keyring.forget("ann")
        reader.execute("COMMIT")
    keyring.forget("ann")
    assert keyring.unseal("ann", "anything") is None


def test_another_master_key_is_noticed_at_once_and_the_file_is_named(keyring: Keyring, path: Path) -> None:
    keyring.close()
    with pytest.raises(Misconfigured, match=r"keys\.sqlite"):
        Keyring.open(path, bytes(32))


def test_a_damaged_key_is_loud_and_not_erased(keyring: Keyring, path: Path) -> None:
    value = sealed(keyring)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE data_key SET wrapped = zeroblob(60)")
    with pytest.raises(Misconfigured):
        keyring.unseal("ann", value)


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_a_file_that_is_no_keyring_is_misconfigured(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Misconfigured, match=r"keys\.sqlite"):
        Keyring.open(path, MASTER_KEY)


def test_a_database_of_something_else_does_not_become_a_keyring(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(Misconfigured):
        Keyring.open(path, MASTER_KEY, create=True)


def test_an_absent_keyring_is_missing_unless_it_may_be_made(path: Path) -> None:
    with pytest.raises(StoreMissing):
        Keyring.open(path, MASTER_KEY)
    assert not path.exists()
    with pytest.raises(StoreMissing):
        Keyring.open(path / "nowhere" / "keys.sqlite", MASTER_KEY, create=True)


def test_a_keyring_of_a_newer_program_is_not_opened(keyring: Keyring, path: Path) -> None:
    keyring.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(StoreNewer):
        Keyring.open(path, MASTER_KEY)


def test_a_keyring_is_readable_by_its_owner_alone(keyring: Keyring, path: Path) -> None:
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_programs_that_make_a_keyring_at_once_make_one(path: Path) -> None:
    def mark(_: int) -> str:
        while True:
            try:
                with closing(Keyring.open(path, MASTER_KEY, create=True)) as keyring:
                    return keyring.fingerprint("ann@example.org")
            except TryLater:  # two that turn a new file into a write-ahead database at one moment
                continue

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(mark, range(4)))) == 1


def test_threads_share_a_keyring(keyring: Keyring) -> None:
    def turn(number: int) -> bool:
        owner = f"owner-{number % 5}"
        keyring.ensure(owner)
        return keyring.unseal(owner, keyring.seal(owner, WORDS)) == WORDS

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(turn, range(200)))


def test_a_fingerprint_is_equal_for_one_address_and_for_no_other(keyring: Keyring, tmp_path: Path) -> None:
    mark = keyring.fingerprint("ann@example.org")
    assert (keyring.fingerprint(" ANN@Example.org\n"), len(mark)) == (mark, 64)
    assert keyring.fingerprint("eve@example.org") != mark
    with closing(Keyring.open(tmp_path / "other.sqlite", MASTER_KEY, create=True)) as other:
        assert other.fingerprint("ann@example.org") != mark


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "master.key"
    path.write_bytes(content)
    os.chmod(path, mode)
    return path


def test_a_master_key_is_32_bytes_in_base64(tmp_path: Path) -> None:
    assert read_master_key(key_file(tmp_path, b64encode(MASTER_KEY) + b"\n")) == MASTER_KEY


@pytest.mark.parametrize("content", [b"", b64encode(bytes(16)), b"not base64!", b64encode(MASTER_KEY)[:-1]])
def test_a_master_key_file_that_holds_something_else_is_misconfigured(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Misconfigured, match=r"master\.key"):
        read_master_key(key_file(tmp_path, content))


def test_a_master_key_file_that_others_can_read_is_misconfigured(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="chmod"):
        read_master_key(key_file(tmp_path, b64encode(MASTER_KEY), 0o640))


def test_an_absent_master_key_file_is_misconfigured(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        read_master_key(tmp_path / "nowhere")
