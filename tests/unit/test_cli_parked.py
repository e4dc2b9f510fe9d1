"""`parked` on the command line."""

import json
from pathlib import Path

import pytest

from service.inbox import park
from tests.service.reading_house import told_house
from tests.unit.cli_stage import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    with told_house(tmp_path) as told:
        park(told.house, "AAMk-1", "no-thread")
    return Desk(tmp_path, capsys).set_up()


def test_what_is_set_aside_is_shown_for_people_and_for_programs(desk: Desk) -> None:
    shown = desk.run("parked")
    assert (shown.code, shown.err) == (0, "")
    assert "service/parked/AAMk-1/no-thread" in shown.out
    document = json.loads(desk.run("parked", "--json").out)
    assert document["schema"] == "mentorsync.parked/1"
    assert [(row["what"], row["item"], row["reason"]) for row in document["rows"]] == [("mail", "AAMk-1", "no-thread")]


def test_it_is_read_once_more_or_let_go_and_then_no_longer_shown(desk: Desk) -> None:
    assert "is read once more" in desk.run("parked", "replay", "service/parked/AAMk").err
    assert "Nothing is set aside" in desk.run("parked").err
    gone = desk.run("parked", "drop", "service/parked/AAMk")
    assert (gone.code, "See mentorsync parked" in gone.err) == (4, True)
