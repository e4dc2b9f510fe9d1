"""The commands that hand a person what is hers, and that forget her."""

import json
import re
from pathlib import Path

import pytest

from tests.service.reading_house import CANARIES, PAIR, told_house
from tests.unit.cli_stage import Desk

TILO = "tilo@example.org"


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A store in which one pair has lived for some weeks."""
    desk = Desk(tmp_path, capsys).set_up()
    with told_house(desk.folder):
        return desk


def test_forgetting_needs_a_yes_and_a_dry_run_destroys_nothing(told: Desk) -> None:
    assert (told.run("forget", TILO).code, told.run("forget", "nobody@example.org", "--yes").code) == (3, 4)
    ran = told.run("forget", TILO, "--dry-run")
    assert (ran.code, ran.err) == (0, "Nothing was destroyed.\n")
    assert "would be destroyed" in ran.out
    assert json.loads(told.run("person", "show", TILO, "--json").out)["name"] == "Tilo Sample"


def test_a_certificate_is_printed_and_the_person_cannot_be_read_any_more(told: Desk) -> None:
    body = json.loads(told.run("forget", TILO, "--yes", "--json").out)
    assert (body["schema"], body["rehearsed"], body["relationships"]) == ("mentorsync.forget/1", False, [PAIR])
    assert body["texts"] > 4
    assert told.run("person", "show", TILO).code == 4
    assert json.loads(told.run("person", "show", body["person"], "--json").out)["name"] == "[erased]"
    assert re.search(r"^forgotten +20", told.run("person", "show", body["person"]).out, re.MULTILINE)
    assert "Lead a design review" not in told.run("relationship", "show", PAIR).out
    assert "was destroyed" in told.run("forget", body["person"], "--yes").out


def test_an_export_is_a_document_and_a_text_that_only_their_owner_reads(told: Desk) -> None:
    ran = told.run("export", TILO, "--out", str(told.folder / "out"))
    paths = [Path(line) for line in ran.out.splitlines()]
    assert (ran.code, [path.suffix for path in paths]) == (0, [".json", ".txt"])
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600, 0o600]
    document, text = (path.read_text("utf-8") for path in paths)
    assert json.loads(document)["schema"] == "mentorsync.export/1"
    assert [
        words for words in (*CANARIES, "Lead a design review", TILO) if not (words in document and words in text)
    ] == []
    assert [words for words in ("Marta", "marta@example.com") if words in document or words in text] == []


def test_the_paths_of_an_export_are_a_document_too(told: Desk) -> None:
    body = json.loads(told.run("export", TILO, "--out", str(told.folder), "--json").out)
    assert (body["schema"], Path(body["document"]).exists(), Path(body["text"]).exists()) == (
        "mentorsync.export/1",
        True,
        True,
    )
