"""Files stay one noun long and functions one thought long."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
FILES = sorted(
    path
    for folder in ("domain", "service", "adapters", "cli", "tests", "deploy")
    for path in (ROOT / folder).rglob("*.py")
)


def too_long(source: str) -> list[str]:
    """The file and the functions in it that are longer than they may be."""
    lines = source.count("\n")
    functions = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    return functions + ([f"the file: {lines} lines"] if lines > LONGEST_FILE else [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_longer_than_a_reader_can_hold(path: Path) -> None:
    assert too_long(path.read_text("utf-8")) == []


def test_a_long_function_and_a_long_file_would_be_noticed() -> None:
    body = "    pass\n" * LONGEST_FUNCTION
    assert too_long(f"def f() -> None:\n{body}") == [f"f: {LONGEST_FUNCTION + 1} lines"]
    assert too_long("\n" * (LONGEST_FILE + 1)) == [f"the file: {LONGEST_FILE + 1} lines"]
