"""`inspect` on the command line: one JSON line for each file, in order, whatever is wrong with one of them."""

import json
from pathlib import Path

import pytest

from tests.unit.cli_stage import Desk
from tests.unit.trust_mails import FROM, GOOGLE, MARA, mail_of

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


def test_each_mail_of_a_folder_has_its_line_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2.eml").write_bytes(mail_of(*GOOGLE, FROM))
    (tmp_path / "1.eml").write_bytes(mail_of(*GOOGLE, FROM, "Auto-Submitted: auto-replied"))
    (tmp_path / "sent.txt").write_bytes(b"Message-ID: <agenda@lindenhof.example>\r\n\r\nHello")
    desk = Desk(tmp_path, capsys)
    options = ("--provider", "google", "--person", MARA, "--sent", str(tmp_path / "sent.txt"))
    ran = desk.run("inspect", "mail", str(tmp_path), *options)
    first, second = (json.loads(line) for line in ran.out.splitlines())
    keys = ["file", "class", "text", "confidence", "commands", "sections", "files", "trust", "reasons"]
    assert (ran.code, ran.err, list(first), list(second)) == (0, "", keys, keys)
    assert (first["class"], first["commands"], first["trust"]) == ("machine", [], "held")
    assert (second["class"], second["commands"], second["trust"]) == ("human", ["held"], "trusted")


def test_a_mail_that_is_not_there_has_a_line_too_and_without_the_sent_mail_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, absent = Desk(tmp_path, capsys), str(tmp_path / "absent.eml")
    ran = desk.run("inspect", "mail", absent)
    assert (ran.code, json.loads(ran.out).keys()) == (2, {"file", "error"})
    ran = desk.run("inspect", "mail", absent, "--sent", absent)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be read" in ran.err
