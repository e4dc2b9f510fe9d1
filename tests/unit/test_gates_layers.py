"""The boundaries that import-linter cannot draw: what the domain may import, and who may name an adapter."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTERMOST_WITH_ADAPTERS = {
    "service/wiring.py",
    "service/wiring_alive.py",
    "service/wiring_connect.py",
    "service/wiring_daemon.py",
}

REACHING = ("__import__", "open", "eval", "exec", "input", "print")

# Values and their tools; whatever reads a clock, a file, the network, a log or the environment is left out.
DOMAIN_MAY_IMPORT = {
    "bisect",
    "calendar",
    "collections",
    "collections.abc",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "domain",
    "enum",
    "eventsourcing.domain",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "string",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}


def imported(source: str) -> Iterator[str]:
    """Every module that a source imports, wherever in it, and every built-in call that reaches outside."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REACHING:
            yield node.func.id


def impure(source: str) -> list[str]:
    """What a source of the domain imports and must not."""
    return [name for name in imported(source) if name not in DOMAIN_MAY_IMPORT and not name.startswith("domain.")]


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def words(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources("domain"), ids=words)
def test_the_domain_imports_values_only(path: Path) -> None:
    assert impure(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import random",
        "import logging",
        "def f():\n    from threading import Lock",
        "from eventsourcing.persistence import Recorder",
        "from eventsourcing.application import Application",
        "from . import person",
        "handle = open('x')",
        "import adapters.keys",
    ],
)
def test_what_is_not_a_value_would_be_noticed_in_the_domain(line: str) -> None:
    assert impure(line)


def naming_adapters(folder: str) -> set[str]:
    return {
        words(path)
        for path in sources(folder)
        if any(name.partition(".")[0] == "adapters" for name in imported(path.read_text("utf-8")))
    }


def test_only_the_wiring_names_a_concrete_adapter() -> None:
    assert naming_adapters("service") | naming_adapters("cli") <= OUTERMOST_WITH_ADAPTERS


def test_the_wiring_would_be_noticed_if_it_were_elsewhere() -> None:
    assert naming_adapters("adapters/sqlite")
