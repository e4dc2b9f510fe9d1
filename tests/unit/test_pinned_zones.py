"""The zone rules are those of the pinned package; what the machine believes about zones is not looked at."""

import json
import subprocess
import sys
import tomllib
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

from tests.unit.cli_stage import Desk

ROOT = Path(__file__).resolve().parents[2]
SEARCH = {
    "now": "2027-01-01T00:00:00Z",
    "window": {"start": "2027-03-09T00:00:00Z", "end": "2027-03-10T00:00:00Z"},
    "duration_minutes": 60,
    "grid_minutes": 60,
    "people": [{"zone": "Europe/Berlin", "hours": [{"days": ["tue"], "from": "09:00", "to": "11:00"}], "busy": []}],
}


@pytest.fixture
def wrong_machine(tmp_path: Path) -> Path:
    """Return a folder of zone files in which Berlin has the clock of Tokyo."""
    folder = tmp_path / "zones"
    (folder / "Europe").mkdir(parents=True)
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (folder / "Europe" / "Berlin").write_bytes(tokyo)
    return folder


@pytest.fixture
def _misled(wrong_machine: Path) -> Iterator[None]:
    """Let this process believe the wrong folder, as one that was just started on such a machine does."""
    zoneinfo.reset_tzpath(to=[str(wrong_machine)])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


def test_a_machine_with_wrong_zone_files_finds_the_same_times(tmp_path: Path, wrong_machine: Path) -> None:
    (tmp_path / "search.json").write_text(json.dumps(SEARCH), "utf-8")
    command = [sys.executable, "-m", "cli", "inspect", "slots", str(tmp_path / "search.json")]
    environment = {"PYTHONTZPATH": str(wrong_machine)}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    assert json.loads(ran.stdout)["starts"] == ["2027-03-09T08:00:00Z", "2027-03-09T09:00:00Z"]


@pytest.mark.usefixtures("_misled")
def test_the_fixture_does_mislead_a_program_that_looks_at_the_machine() -> None:
    noon = datetime(2027, 3, 9, 12, tzinfo=UTC)
    assert noon.astimezone(zoneinfo.ZoneInfo("Europe/Berlin")).hour == 21


@pytest.mark.usefixtures("_misled")
def test_every_command_that_opens_the_store_turns_away_from_the_machines_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys).set_up()
    assert desk.add("ann@example.org").code == 0
    assert zoneinfo.TZPATH == ()


def test_the_package_is_pinned_to_the_version_that_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"tzdata=={version('tzdata')}" in project["dependencies"]
