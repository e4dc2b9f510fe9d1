"""Tables that align, documents that parse, and times that name their zone."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from cli.output import document, jsonable, local, pairs, stamp, table, utc
from domain.charter import Role

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """Something to print."""

    at: datetime
    roles: tuple[Role, ...]
    by: dict[str, object]


def test_columns_are_as_wide_as_their_widest_cell(capsys: pytest.CaptureFixture[str]) -> None:
    table(("A", "LONG"), [("wide cell", 1), ("x", None)], indent=" ")
    assert capsys.readouterr().out == " A          LONG\n wide cell  1\n x          -\n"


def test_a_cell_stays_on_its_line_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    pairs([("name", "Eve\r\nFake: row\x1b[2J")])
    assert capsys.readouterr().out == "name  Eve  Fake: row [2J\n"


def test_a_document_opens_with_its_schema_and_speaks_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    document("sample", Sample(NOON, (Role.MENTOR,), {"day": date(2027, 3, 14), "file": Path("a/b"), "none": None}))
    text = capsys.readouterr().out
    assert text.startswith('{\n  "schema": "mentorsync.sample/1"')
    assert json.loads(text)["by"] == {"day": "2027-03-14", "file": "a/b", "none": None}
    assert json.loads(text)["roles"] == ["mentor"]


def test_instants_become_utc_with_z() -> None:
    assert stamp(NOON.astimezone(timezone(timedelta(hours=2)))) == "2027-03-14T12:00:00Z"
    assert jsonable([NOON]) == ["2027-03-14T12:00:00Z"]


def test_people_read_their_own_wall_clock_on_the_day_of_the_change() -> None:
    assert [local(NOON - timedelta(hours=h), "America/Chicago") for h in (0, 5)] == [
        "Sun 14 Mar 07:00 CDT",
        "Sun 14 Mar 01:00 CST",
    ]
    assert (utc(NOON), utc(None), local(None, "Europe/Berlin")) == ("2027-03-14 12:00", "-", "-")
