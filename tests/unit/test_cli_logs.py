"""What the log may hold: keys that are listed, and nothing that looks like an address, a token or what was read."""

import ast
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
import structlog

from cli.logs import KEYS, log_to_stderr
from domain.ledger import Claim, Work
from service.telling import Told, canonical

ROOT = Path(__file__).resolve().parents[2]
WORD = "quinces"
CANONICAL = {
    "kind",
    "subject",
    "occasion",
    "recipient",
    "attempts",
    "late_seconds",
    "took_seconds",
    "reason",
    "trouble",
}


@pytest.fixture
def _own_log() -> Iterator[None]:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:], level = before
    logging.getLogger().setLevel(level)


@lru_cache(maxsize=1)
def keys_logged() -> set[str]:
    """Return every key that a source names in a call of `log`."""
    found = set()
    for folder in ("domain", "service", "adapters", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            calls = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)] if "structlog" in text else []
            for call in calls:
                if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log":
                    found |= {keyword.arg for keyword in call.keywords if keyword.arg}
    return found


def test_every_key_that_is_logged_is_listed() -> None:
    assert keys_logged() - KEYS == {"exc_info"}


def test_no_key_is_listed_that_nobody_logs() -> None:
    by_itself = {"event", "level", "timestamp", "bug", "library"}
    assert KEYS - keys_logged() - CANONICAL == by_itself


@pytest.mark.usefixtures("_own_log")
def test_every_key_of_a_canonical_line_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    now = datetime(2027, 3, 1, 9, tzinfo=UTC)
    work = Work("r/agenda/1.1/mentor", "r", "agenda", "1.1", "mentor", "mail", now - timedelta(minutes=1))
    told = Told("bug", "a sentence", "ValueError", ValueError(WORD))
    canonical(Claim(work, "token", 2, ""), told, now, 0.25)
    shown = capsys.readouterr().err
    line = json.loads(shown)
    assert set(line) >= CANONICAL
    assert (line["event"], line["late_seconds"], line["took_seconds"], "left_out" in line) == (
        "effect.bug",
        60.0,
        0.25,
        False,
    )
    assert WORD not in shown


@pytest.mark.usefixtures("_own_log")
def test_a_key_that_is_not_listed_is_left_out_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    structlog.get_logger().info("mail.sent", kind="agenda", body=WORD, address="ann@example.org")
    shown = capsys.readouterr().err
    line = json.loads(shown)
    assert (line["event"], line["kind"], line["left_out"]) == ("mail.sent", "agenda", ["address", "body"])
    assert WORD not in shown
    assert "ann@" not in shown


@pytest.mark.usefixtures("_own_log")
def test_an_exception_is_told_by_its_kinds_and_places_and_not_by_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    try:
        try:
            raise ValueError(WORD)
        except ValueError as error:
            raise KeyError("ann@example.org") from error
    except KeyError as error:
        structlog.get_logger().error("effect.bug", exc_info=error)
    shown = capsys.readouterr().err
    bug = json.loads(shown)["bug"]
    assert [told.split(" at ")[0] for told in bug] == ["KeyError", "ValueError"]
    assert "tests/unit/test_cli_logs.py:" in bug[0]
    assert WORD not in shown
    assert "ann@" not in shown


@pytest.mark.usefixtures("_own_log")
def test_a_library_is_named_and_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    logging.getLogger("some.library").warning("token %s of %s", WORD, "ann@example.org")
    logging.getLogger("some.library").info("connected")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["library"] == "some.library"
    assert WORD not in lines[0]
    assert "ann@" not in lines[0]
