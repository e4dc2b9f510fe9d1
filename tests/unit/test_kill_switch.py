"""The kill switch: a file that stops everything, whoever made it, and the command that makes and removes it."""

import json
from pathlib import Path

import pytest

from adapters.kill_switch import FileKillSwitch
from domain.errors import Misconfigured
from domain.operating import KillSwitch
from tests.unit.cli_stage import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys).set_up()


def test_it_is_thrown_once_holds_for_whoever_looks_and_is_released_once(tmp_path: Path) -> None:
    switch: KillSwitch = FileKillSwitch.beside(tmp_path / "store.db")
    another = FileKillSwitch.beside(tmp_path / "store.db")
    assert (switch.thrown(), switch.throw(), switch.throw(), another.thrown()) == (False, True, False, True)
    assert (another.release(), another.release(), switch.thrown()) == (True, False, False)


def test_a_file_made_by_hand_throws_it_and_so_does_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "store.db.stop").touch()
    (tmp_path / "other.db.stop").symlink_to(tmp_path / "nowhere")
    assert FileKillSwitch.beside(tmp_path / "store.db").thrown()
    assert FileKillSwitch.beside(tmp_path / "other.db").thrown()


def test_where_it_cannot_be_looked_it_counts_as_thrown(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert FileKillSwitch(tmp_path / "file" / "store.db.stop").thrown()


def test_a_switch_that_cannot_be_made_is_said_and_not_taken_for_thrown(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be made"):
        FileKillSwitch(tmp_path / "nowhere" / "store.db.stop").throw()


def test_the_command_needs_no_store_and_says_how_it_stands(desk: Desk) -> None:
    assert desk.run("kill-switch").out.startswith("off")
    assert desk.run("kill-switch", "on").code == 0
    assert not (desk.folder / "store.sqlite").exists()
    shown = json.loads(desk.run("kill-switch", "--json").out)
    assert shown == {"schema": "mentorsync.kill-switch/1", "on": True, "file": str(desk.folder / "store.sqlite.stop")}
    assert "already" in desk.run("kill-switch", "on").err
    assert desk.run("kill-switch", "off").code == 0
    assert not (desk.folder / "store.sqlite.stop").exists()


def test_status_and_doctor_show_it(desk: Desk) -> None:
    desk.run("db", "migrate")
    desk.run("kill-switch", "on")
    report = json.loads(desk.run("status", "--json").out)
    assert (report["live"], report["rails"]["stopped"]) == (False, "the kill switch is on")
    assert "mentorsync kill-switch off" in desk.run("status").out
    parts = {part["part"]: part for part in json.loads(desk.run("doctor", "--json").out)["parts"]}
    assert (parts["kill switch"]["health"], parts["live"]["health"]) == ("bad", "good")
