"""What the documents promise exists: commands with their options, and files."""

import re
import shlex
from pathlib import Path

import click
import pytest

from cli.main import command as root

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINES = sorted(
    {
        line.strip()
        for document in DOCUMENTS
        for line in document.read_text("utf-8").splitlines()
        if re.match(r"\s+(\.venv/bin/)?mentorsync ", line)
    }
)


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_in_a_document_names_a_command_and_options_that_exist(line: str) -> None:
    words = shlex.split(line)[1:]
    found: click.Command = root
    while isinstance(found, click.Group):
        context = click.Context(found)
        following = found.get_command(context, words.pop(0))
        assert following is not None
        found = following
    options = {name for option in found.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_readme_shows_commands_at_all() -> None:
    assert len(LINES) >= 6


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_files_that_a_document_names_are_there(document: Path) -> None:
    named = set(
        re.findall(r"`((?:domain|service|adapters|cli|tests|deploy|docs)/[\w./-]*[\w/])`", document.read_text("utf-8"))
    )
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
