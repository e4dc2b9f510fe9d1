"""`inspect slots` on the command line: one JSON line for each file, in order, whatever is wrong with one of them."""

import json
from pathlib import Path

import pytest

from tests.unit.cli_stage import Desk

SEARCH = {
    "now": "2027-03-08T08:00:00Z",
    "window": {"start": "2027-03-09T00:00:00Z", "end": "2027-03-10T00:00:00Z"},
    "duration_minutes": 60,
    "people": [{"zone": "UTC", "hours": [{"days": ["tue"], "from": "09:00", "to": "10:00"}]}],
}


def test_each_file_of_a_folder_has_its_line_and_a_bad_one_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "1.json").write_text("nonsense", "utf-8")
    (tmp_path / "2.json").write_text(json.dumps(SEARCH), "utf-8")
    ran = Desk(tmp_path, capsys).run("inspect", "slots", str(tmp_path))
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, first.keys()) == (2, {"file", "error"})
    assert (second["starts"], second["chosen"]) == (["2027-03-09T09:00:00Z"], "2027-03-09T09:00:00Z")
    assert "is not understood" in ran.err
    assert "Traceback" not in ran.err
