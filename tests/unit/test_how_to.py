"""Whoever follows the how-tos with the lists that stand in them gets what they promise."""

import re
from pathlib import Path

import pytest

from tests.unit.cli_stage import Desk

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to"
LISTS = re.findall(r"```csv\n(.*?)```", (HOW_TO / "first-pairs.md").read_text("utf-8"), flags=re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys).set_up()
    for name, text in zip(("people.csv", "pairs.csv"), LISTS, strict=True):
        (tmp_path / name).write_text(text, "utf-8")
    assert desk.run("db", "migrate").code == 0
    for command in ("people", "relationship"):
        file = str(tmp_path / {"people": "people.csv", "relationship": "pairs.csv"}[command])
        for option in (["--dry-run"], []):
            ran = desk.run(command, "import", file, *option)
            assert (ran.code, "refused" in ran.out.partition("\n")[2].partition("\n\n")[0]) == (0, False), ran
    return desk


def test_the_first_pairs_are_there_one_running_and_one_asked_and_can_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    listed = desk.run("relationship", "list").out
    assert [status for status in ("agreed", "requested") if status in listed] == ["agreed", "requested"]
    asked = next(line.split()[0] for line in listed.splitlines() if "requested" in line)
    assert "request to the mentor" in desk.run("plan", asked).out
    shown = desk.run("preview", "request", "--relationship", asked, "--out", str(tmp_path / "preview"))
    assert (shown.code, len(list((tmp_path / "preview").iterdir()))) == (0, 3)
    assert desk.run("go-live", "--dry-run").code == desk.run("status").code == desk.run("outbox").code == 0


def test_the_kill_switch_stops_and_is_taken_back(desk: Desk) -> None:
    assert [desk.run("kill-switch", word).code for word in ("on", "off")] == [0, 0]


def test_a_backup_comes_back_elsewhere_and_waits(desk: Desk, tmp_path: Path) -> None:
    store, keys = tmp_path / "backup" / "store", tmp_path / "backup" / "keys"
    assert desk.run("backup", str(store), "--keys", str(keys)).code == 0
    for left in (*tmp_path.glob("store.sqlite*"), *tmp_path.glob("keys.sqlite*")):
        left.unlink()
    assert [desk.run(*line).code for line in (("restore", str(store), "--keys", str(keys)), ("verify",))] == [0, 0]
    assert "Mara Lindqvist" in desk.run("status").out
    assert desk.run("resume", "--programme").code == 0
