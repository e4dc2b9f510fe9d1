"""The sandbox's page in the manual names every act with its fields, every fault and every operation, and no others."""

import re
from pathlib import Path

from adapters.sandbox import faults, hand
from adapters.sandbox.app import NAMES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "sandbox.md").read_text("utf-8")


def words(text: str) -> set[str]:
    """All that is set as code."""
    return set(re.findall(r"`([^`{} ]+)`", text))


def part(title: str) -> str:
    """One section of the page."""
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_act_stands_there_with_exactly_its_fields() -> None:
    rows = [line.split("|") for line in part("Acts").splitlines() if line.startswith("| `")]
    shown = {name: words(row[2]) for row in rows for name in words(row[1])}
    assert shown == {name: set(deed.needs) | deed.may for name, deed in hand.DEEDS.items()}


def test_every_fault_stands_there() -> None:
    known = faults.BEFORE | faults.AFTER | faults.ODD | faults.SPOILT | faults.BY_HAND
    assert known | faults.NOTIFIED | faults.ASTRAY <= words(part("Faults"))
    rows = [line.split("|")[1] for line in part("Faults").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in words(row)} == known


def test_every_operation_stands_there() -> None:
    assert words(part("Operations")) == NAMES
