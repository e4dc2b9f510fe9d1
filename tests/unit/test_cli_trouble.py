"""What the command line says when something small is amiss: no file, a folder that is not to be had, a port in use."""

import json
import socket
from base64 import b64encode
from pathlib import Path

import pytest

from cli.main import main
from tests.service.reading_house import PAIR, told_house
from tests.unit.cli_stage import Desk

ASK = ("relationship", "request", "--mentor", "m", "--mentee", "n", "--goal", "g", "--why", "w", "--bring", "b")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A configuration and no store yet."""
    return Desk(tmp_path, capsys).set_up()


@pytest.fixture
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder, and nothing of mentorsync in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("MENTORSYNC_CONFIG", "MENTORSYNC_SERVICE_PROVIDER"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_bare")
def test_without_any_configuration_it_is_the_file_that_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 5
    problem, remedy = capsys.readouterr().err.splitlines()
    assert "mentorsync.toml" in problem
    assert "--config" in remedy
    assert "mentorsync init" in remedy


@pytest.mark.usefixtures("_bare")
def test_with_settings_in_the_environment_it_is_the_setting_that_is_missed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTORSYNC_SERVICE_PROVIDER", "google")
    assert main(["status"]) == 5
    assert "[store] master_key_file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "choice"), [("--organiser", "service"), ("--pins", "mentee"), ("--conflict", "skip")]
)
def test_a_term_that_is_none_is_answered_with_those_that_are(desk: Desk, option: str, choice: str) -> None:
    ran = desk.run(*ASK, option, "boss")
    assert ran.code == 2
    assert f"'{option}'" in ran.err
    assert f"'{choice}'" in ran.err


@pytest.mark.parametrize("command", [("demo", "--weeks", "1"), ("sandbox", "serve")])
def test_a_folder_that_cannot_be_made_is_said_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    assert main([*command, "--out", str(tmp_path / "file" / "folder")]) == 2
    told = capsys.readouterr()
    assert "cannot be made" in told.err
    assert "week 1" not in told.err + told.out


def test_a_port_in_use_is_said_with_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["sandbox", "serve", "--port", str(port), "--out", str(tmp_path / "sandbox")]) == 3
    problem, remedy = capsys.readouterr().err.splitlines()[-2:]
    assert str(port) in problem
    assert "--port" in remedy


def test_the_chosen_start_alone_is_marked(desk: Desk) -> None:
    with told_house(desk.folder):
        lines = desk.run("slots", PAIR).out.splitlines()[2:]
    assert {line[0] for line in lines} == {"*", " "}


def test_an_empty_outbox_says_where_the_coming_work_is_shown(desk: Desk) -> None:
    desk.add("ann@example.org")
    ran = desk.run("outbox")
    assert (ran.code, ran.out) == (0, "")
    assert "mentorsync plan ID" in ran.err


def test_serving_into_the_folder_of_an_earlier_world_is_refused_and_leaves_its_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mentorsync.db").touch()
    (tmp_path / "master.key").write_text("of the earlier world", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        # A port in use, so that a serve that is not refused ends by itself.
        port = str(taken.getsockname()[1])
        assert main(["sandbox", "serve", "--port", port, "--out", str(tmp_path)]) == 3
    problem, remedy = capsys.readouterr().err.splitlines()
    assert "earlier" in problem
    assert "--out" in remedy
    assert (tmp_path / "master.key").read_text("utf-8") == "of the earlier world"


def test_the_doctor_says_once_that_the_master_key_is_another(desk: Desk) -> None:
    desk.add("ann@example.org")
    (desk.folder / "master.key").write_text(b64encode(bytes(32)).decode(), "utf-8")
    ran = desk.run("doctor", "--json")
    health = {part["part"]: part["health"] for part in json.loads(ran.out)["parts"]}
    assert ran.code == 5
    assert {name for name, how in health.items() if how == "bad"} == {"store", "keys"}
    assert health["outbox"] == health["google"] == "unknown"
    assert len(ran.err.splitlines()) == 2
