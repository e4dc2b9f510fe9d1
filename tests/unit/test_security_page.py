"""The page for the security officer names every kind of data and every right, and tests that exist."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from eventsourcing.utils import get_topic

from adapters.google.access import CALENDAR_SCOPES, MAIL_SCOPES
from adapters.keys import _TABLES as KEYRING_TABLES
from adapters.sandbox import google_check
from adapters.sandbox.operations import OPERATIONS
from adapters.sqlite.schema import TABLES
from adapters.sqlite.transcoding import VALUES
from domain.personal import Personal
from service import connecting
from tests.unit.test_domain_topics import EVENTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
RIGHTS = re.findall(r"^\| (Microsoft|Google) \| `([\w.]+)` \|", PAGE, flags=re.MULTILINE)
HOW_TO = {"Microsoft": "microsoft-365.md", "Google": "google-workspace.md"}
NOT_CALLED = {"calendars.get", "calendarList.list", "settings.get"}
"""What the sandbox serves, as Google does, and no adapter of ours calls."""


def sealed() -> Iterator[tuple[str, str]]:
    """Give every field that holds somebody's words or addresses, and where it stands."""
    for name, kind in [*((get_topic(event), event) for event in EVENTS), *VALUES.items()]:
        for field in fields(kind):
            if Personal.__name__ in str(field.type):
                yield name, field.name


@pytest.mark.parametrize(("where", "field"), sorted(set(sealed())))
def test_every_sealed_field_stands_in_the_inventory(where: str, field: str) -> None:
    groups = [group for row in PAGE.splitlines() if row.startswith("|") for group in re.split(r"[;|]", row)]
    found = any(f"`{where}`" in group and f"`{field}`" in group.partition(":")[2] for group in groups)
    assert found, f"docs/security.md lacks a row that says what `{where}`: `{field}` is, whose key seals it, how long"


@pytest.mark.parametrize("statement", [*TABLES, *KEYRING_TABLES])
def test_every_table_stands_in_the_inventory(statement: str) -> None:
    for table in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", statement):
        assert f"`{table}`" in PAGE


def test_the_page_names_the_rights_that_connecting_names() -> None:
    named = {(cloud, right.name.rpartition("/")[2]) for cloud, rights in connecting.RIGHTS.items() for right in rights}
    assert {(cloud.lower(), right) for cloud, right in RIGHTS} == named


def test_the_rights_at_google_are_those_that_are_asked_for_and_enough_for_every_call() -> None:
    asked = {*CALENDAR_SCOPES, *MAIL_SCOPES}
    assert {f"https://www.googleapis.com/auth/{right}" for cloud, right in RIGHTS if cloud == "Google"} == asked
    called = [one for one in OPERATIONS if one.provider == "google" and one.method_id and one.name not in NOT_CALLED]
    assert [one.name for one in called if not google_check.scopes_of(one) & asked] == []


@pytest.mark.parametrize(("cloud", "right"), RIGHTS)
def test_whoever_sets_a_cloud_up_is_told_of_each_right_and_of_no_other(cloud: str, right: str) -> None:
    how_to = (ROOT / "docs" / "how-to" / HOW_TO[cloud]).read_text("utf-8")
    assert right in how_to
    others = set(re.findall(r"`(?:Application )?((?:Mail|Calendars|MailboxSettings|User)\.[A-Za-z.]+)`", how_to))
    assert others <= {name for of, name in RIGHTS if of == "Microsoft"}


def test_every_threat_has_a_test_and_every_test_exists() -> None:
    rows = re.findall(r"^\| (S\d+) \|(.*)$", PAGE, flags=re.MULTILINE)
    assert [number for number, _ in rows] == [f"S{number}" for number in range(1, 14)]
    for number, row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, number
        assert [name for path, name in named if name not in functions(ROOT / path)] == []


def functions(path: Path) -> set[str]:
    """Return the names of a module's functions."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
