"""The master key can be changed: what is sealed still opens, the old key opens nothing, no interruption loses both."""

import json
import os
from base64 import b64decode, b64encode
from contextlib import closing
from pathlib import Path

import pytest

from adapters import rotation
from adapters.keys import Keyring, read_master_key
from adapters.rotation import coming, rotate_master_key
from adapters.sqlite.lock import DaemonLock
from domain.errors import Misconfigured
from tests.unit.cli_stage import Desk

OLD = bytes(range(32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "master.key"
    path.write_text(b64encode(OLD).decode())
    path.chmod(0o600)
    return path


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys.db"
    with closing(Keyring.open(path, OLD, create=True)) as keyring:
        keyring.ensure("ann", "bo")
        keyring.forget("bo")
    return path


def test_what_is_sealed_opens_with_the_new_key_and_with_no_other(file: Path, keys: Path) -> None:
    with closing(Keyring.open(keys, OLD)) as keyring:
        sealed, mark, secret = keyring.seal("ann", "Grüße"), keyring.fingerprint("ann@example.org"), keyring.secret()
    assert rotate_master_key(file, keys, cut_off=False) == 1
    assert read_master_key(file) != OLD
    assert (file.stat().st_mode & 0o777, coming(file).exists()) == (0o600, False)
    with closing(Keyring.open(keys, read_master_key(file))) as keyring:
        assert keyring.unseal("ann", sealed) == "Grüße"
        assert (keyring.fingerprint("ann@example.org"), keyring.secret()) == (mark, secret)
        assert keyring.unseal("bo", sealed) is None
    with pytest.raises(Misconfigured, match="does not open it"):
        Keyring.open(keys, OLD)


def test_a_secret_outlives_every_change_until_it_is_cut_off(file: Path, keys: Path) -> None:
    secrets = []
    for cut_off in (False, False, True, False):
        rotate_master_key(file, keys, cut_off)
        with closing(Keyring.open(keys, read_master_key(file))) as keyring:
            secrets.append(keyring.secret())
    assert secrets[:2] == [OLD, OLD]
    assert secrets[2] == secrets[3]
    assert secrets[2] not in (OLD, read_master_key(file))


def test_the_old_wrappings_are_gone_from_the_file(file: Path, keys: Path) -> None:
    before = keys.read_bytes()
    with closing(Keyring.open(keys, OLD)) as keyring:
        (wrapped,) = keyring._connection.execute("SELECT wrapped FROM data_key WHERE owner = 'ann'").fetchone()
    assert wrapped in before
    rotate_master_key(file, keys, cut_off=False)
    assert wrapped not in b"".join(path.read_bytes() for path in keys.parent.glob("keys.db*"))


def test_whoever_had_the_keyring_open_meanwhile_makes_no_key_with_the_old_one(file: Path, keys: Path) -> None:
    with closing(Keyring.open(keys, OLD)) as keyring:
        rotate_master_key(file, keys, cut_off=False)
        with pytest.raises(Misconfigured, match="does not open it"):
            keyring.ensure("cy")


class Dead(BaseException):
    """The process was killed here."""


def die(*_: object, **__: object) -> None:
    raise Dead


@pytest.mark.parametrize("place", ["write_new", "_settle", "os.replace"])
def test_a_change_that_is_interrupted_is_completed_by_doing_it_again(
    file: Path, keys: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Keyring.open(keys, OLD)) as keyring:
        sealed = keyring.seal("ann", "kept")
    with monkeypatch.context() as patch:
        patch.setattr(os if place == "os.replace" else rotation, place.removeprefix("os."), die)
        with pytest.raises(Dead):
            rotate_master_key(file, keys, cut_off=False)
    openers = [path for path in (file, coming(file)) if path.exists() and rotation._opens(keys, path)]
    assert len(openers) == 1
    rotate_master_key(file, keys, cut_off=False)
    assert not coming(file).exists()
    with closing(Keyring.open(keys, read_master_key(file))) as keyring:
        assert keyring.unseal("ann", sealed) == "kept"


def test_a_new_key_that_was_cut_while_it_was_written_is_made_anew(file: Path, keys: Path) -> None:
    coming(file).write_text("QUJD")
    coming(file).chmod(0o600)
    assert rotate_master_key(file, keys, cut_off=False) == 1
    assert len(b64decode(file.read_text())) == 32


def test_a_master_key_of_another_keyring_changes_nothing(file: Path, keys: Path) -> None:
    file.write_text(b64encode(bytes(32)).decode())
    before = keys.read_bytes()
    with pytest.raises(Misconfigured, match="does not open it"):
        rotate_master_key(file, keys, cut_off=False)
    assert (keys.read_bytes(), coming(file).exists()) == (before, False)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys).set_up()


def test_the_command_changes_it_and_everything_still_reads(desk: Desk) -> None:
    desk.add("ann@example.org")
    before = (desk.folder / "master.key").read_text()
    ran = desk.run("keys", "rotate")
    assert (ran.code, "data keys were wrapped anew" in ran.err) == (0, True)
    assert (desk.folder / "master.key").read_text() != before
    assert json.loads(desk.run("person", "list", "--json").out)["people"][0]["name"] == "Ann Example"
    assert desk.run("verify").code == 0


def test_no_daemon_may_run_meanwhile_and_a_wrong_key_ends_with_5(desk: Desk) -> None:
    desk.add("ann@example.org")
    with DaemonLock(desk.folder / "store.sqlite"):
        assert desk.run("keys", "rotate").code == 11
    (desk.folder / "master.key").write_text(b64encode(bytes(32)).decode())
    ran = desk.run("keys", "rotate", "--cut-off")
    assert (ran.code, "keys rotate again" in ran.err) == (5, True)
