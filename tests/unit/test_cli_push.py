"""What the command line says of push, with and without it in the configuration."""

import json
from pathlib import Path

import pytest

from tests.unit.cli_stage import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk with one person on record."""
    opened = Desk(tmp_path, capsys).set_up()
    opened.add("ann@example.org")
    return opened


def line(desk: Desk) -> str:
    """Return the line of `status` that is about push."""
    (found,) = [line for line in desk.run("status").out.splitlines() if line.startswith("push")]
    return found


def switch_on(desk: Desk) -> None:
    """Put push into the configuration."""
    file = desk.folder / "mentorsync.toml"
    file.write_text(file.read_text("utf-8") + '[push]\npublic_url = "https://push.example.org"\n', "utf-8")


def test_status_says_that_push_is_off_and_for_how_many_calendars_it_is_on(desk: Desk) -> None:
    assert "off" in line(desk)
    switch_on(desk)
    assert "on for 0 of 2 calendars" in line(desk)
    push = json.loads(desk.run("status", "--json").out)["push"]
    assert (push["on"], [account["ends"] for account in push["accounts"]]) == (True, [None, None])


def test_the_doctor_calls_a_calendar_without_its_subscription_not_well_and_push_that_is_off_well(desk: Desk) -> None:
    def health() -> str:
        parts = json.loads(desk.run("doctor", "--json").out)["parts"]
        return next(str(part["health"]) for part in parts if part["part"] == "push")

    assert health() == "good"
    switch_on(desk)
    assert health() == "bad"
