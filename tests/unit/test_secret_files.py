"""Secret files are believed when root or the service's user owns them and nobody else can read or exchange them."""

import os
import stat
from pathlib import Path

import pytest

from service.secret_files import check_secret_files, open_to_others, trusted_owners
from service.settings_sources import SettingsError
from tests.unit.cli_stage import Desk

NAME = "[google] service_account_file"
US = frozenset({os.getuid()})
STRANGER = 54321


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Return a secret file, as it should be, two folders deep."""
    folder = tmp_path / "etc" / "mentorsync"
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        one.chmod(0o755)
    file = folder / "client.secret"
    file.write_text("not-a-real-secret\n", "utf-8")
    file.chmod(0o600)
    return file


def refused(file: Path, owners: frozenset[int] = US) -> tuple[str, str]:
    with pytest.raises(SettingsError) as caught:
        check_secret_files({NAME: file}, owners)
    assert NAME in caught.value.problem
    assert caught.value.problem.count(".") - str(file).count(".") <= 1, "one sentence"
    return caught.value.problem, caught.value.remedy


def found(mode: int, uid: int = 0, gid: int = 0) -> os.stat_result:
    return os.stat_result((mode, 1, 1, 1, uid, gid, 0, 0, 0, 0))


def test_a_file_as_it_should_be_is_taken(secret: Path) -> None:
    check_secret_files({NAME: secret}, US)


def test_a_file_of_another_user_is_refused_with_whom_to_give_it_to(secret: Path) -> None:
    problem, remedy = refused(secret, frozenset({STRANGER}))
    assert "belongs to" in problem
    assert remedy.endswith(f"run: chown {STRANGER} '{secret}'")


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602])
def test_a_file_that_others_can_reach_is_refused(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    assert refused(secret)[1] == f"Run: chmod 600 '{secret}'"


@pytest.mark.parametrize("above", [0, 1])
def test_a_folder_above_it_that_others_can_write_to_is_refused(secret: Path, above: int) -> None:
    folder = secret.parents[above]
    folder.chmod(0o777)
    problem, remedy = refused(secret)
    assert "can be exchanged" in problem
    assert remedy == f"Run: chmod go-w '{folder}'"


def test_a_folder_in_which_owners_alone_may_remove_is_taken(secret: Path) -> None:
    secret.parent.parent.chmod(0o1777)
    check_secret_files({NAME: secret}, US)


def test_a_link_is_looked_at_where_it_stands_and_where_it_leads(secret: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "client.secret"
    link.parent.mkdir()
    link.symlink_to(secret)
    check_secret_files({NAME: link}, US)
    link.parent.chmod(0o777)
    assert refused(link)[1] == f"Run: chmod go-w '{link.parent}'"
    link.parent.chmod(0o755)
    secret.parent.chmod(0o777)
    assert refused(link)[1] == f"Run: chmod go-w '{secret.parent}'"


def test_a_group_may_write_to_a_folder_only_if_it_is_its_owner_alone() -> None:
    group = stat.S_IFDIR | 0o775
    assert open_to_others(found(group, os.getuid(), STRANGER))
    assert open_to_others(found(group, STRANGER, STRANGER)), "a user that the system does not know"
    assert not open_to_others(found(group, 0, 0)), "root's own group"
    assert open_to_others(found(stat.S_IFDIR | 0o757, 0, 0))


def test_root_believes_the_owner_of_the_store_too_and_others_only_themselves_and_root(tmp_path: Path) -> None:
    store = tmp_path / "mentorsync.db"
    assert trusted_owners(0, store) == {0, tmp_path.stat().st_uid}, "the folder, before there is a store"
    assert trusted_owners(STRANGER, store) == {0, STRANGER}
    assert trusted_owners(0, None) == {0}
    assert trusted_owners(0, tmp_path / "no" / "such" / "folder" / "store.db") == {0}


def test_a_command_says_so_in_two_lines_and_ends_with_the_code_of_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys).set_up()
    tmp_path.chmod(0o777)
    told = desk.run("doctor")
    assert told.code == 5
    assert f"Run: chmod go-w '{tmp_path}'" in told.out + told.err
