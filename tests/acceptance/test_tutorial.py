"""The tutorial leads a newcomer to a booked meeting and its agenda, in so few commands and words as it says."""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.acceptance.transcript import Step, Terminal, pattern, steps_of, terminals

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
STEPS = steps_of(TUTORIAL)
SET_UP = "make setup"
"""Run in tests/unit/test_setup.py; here its outcome, `.venv`, is there already."""


def environment() -> dict[str, str]:
    """Return a newcomer's environment: no settings of ours, and programs that may keep what they compiled."""
    strange = ("MENTORSYNC_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return kept | {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def test_the_tutorial_is_short() -> None:
    assert len(STEPS) <= 15
    assert len(re.findall(r"\S+", TUTORIAL)) <= 1_500


def test_whoever_types_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    with terminals(tmp_path, environment()) as opened:
        for step in STEPS:
            if step.command != SET_UP:
                opened[step.terminal].follow(step)
        assert "Traceback" not in opened["one"].told + opened["two"].told


def test_a_line_that_does_not_appear_would_be_noticed(tmp_path: Path) -> None:
    shell = Terminal(tmp_path, environment())
    try:
        shell.follow(Step("two", "echo one; echo two", ("one", "…", "two")))
        with pytest.raises(AssertionError, match="'three' never appeared"):
            shell.follow(Step("two", "echo four", ("three",)))
    finally:
        shell.close()


def test_dots_stand_for_anything_inside_a_line_and_blanks_for_any_width() -> None:
    assert pattern("a … (c)").fullmatch("a b b (c)")
    assert not pattern("a … (c)").fullmatch("a b c")
    assert not pattern("a.c").fullmatch("abc")
    assert pattern("ok  one   two").fullmatch("ok one    two")
    assert not pattern("ok  one").fullmatch("okone")
