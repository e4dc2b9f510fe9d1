"""What the documents promise exists: commands with their options, files, and the acts of the walk."""

import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from adapters.sandbox.hand import queue_acts
from adapters.sandbox.people import settle
from adapters.sandbox.world import World
from cli.main import command as root

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
ROOMS = ("", "domain/", "service/", "adapters/", "cli/", "tests/", "deploy/", "docs/")
MADE_BY_RUNNING = ("mentorsync-demo/", "sandbox/", "DIR/", "mentorsync.toml", ".venv")
_LINE = re.compile(r"^ {4}(?:\w+\$ |\w+=\$\(|\S+/)*(mentorsync [^\n]*)", re.MULTILINE)
_SPAN = re.compile(r"`(mentorsync [^`\n]+)`")


def lines_in(text: str) -> set[str]:
    """Return every command line that a document shows, in a block or inside a sentence."""
    whole = text.replace("\\\n", " ")
    shown = {match.group(1).partition("  #")[0].rstrip(")") for match in _LINE.finditer(whole)}
    return shown | set(_SPAN.findall(text))


LINES = sorted({line for document in DOCUMENTS for line in lines_in(document.read_text("utf-8")) if "<" not in line})


def check(line: str) -> None:
    """Parse the line as click would, but run nothing: click.UsageError, or AssertionError for an unknown command."""
    words = shlex.split(line)[1:]
    found: click.Command = root
    while True:
        options, rest, _ = found.make_parser(click.Context(found)).parse_args(args=list(words))
        for parameter in found.params:
            given = options.get(str(parameter.name))
            if isinstance(parameter.type, click.Choice) and isinstance(given, str):
                parameter.type.convert(given, parameter, None)
        if not isinstance(found, click.Group) or not rest:
            return
        following = found.get_command(click.Context(found), rest[0])
        assert following is not None, f"there is no command {rest[0]!r}"
        words, found = rest[1:], following


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_in_a_document_names_a_command_and_options_that_exist(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "mentorsync statsu",
        "mentorsync plan ID --week 3",
        "mentorsync person ad x",
        "mentorsync sandbox serve --people few",
    ],
)
def test_a_command_line_that_is_wrong_would_be_found(line: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)):
        check(line)


def test_the_tutorial_s_lines_are_read_whole() -> None:
    found = lines_in((ROOT / "docs" / "tutorial.md").read_text("utf-8"))
    shown = "\n".join(found)
    assert len(found) >= 9
    assert all(option in shown for option in ("--until", "--hours", "--bring"))


def test_the_acts_that_the_sandbox_s_manual_shows_are_understood_by_it() -> None:
    world = World(datetime(2027, 2, 22, 8, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC), 1)
    settle(world, "demo")
    manual = (ROOT / "docs" / "reference" / "sandbox.md").read_text("utf-8")
    acts = [json.loads(text) for text in re.findall(r"/hand -d '([^']*)'", manual)]
    assert acts
    assert sum(queue_acts(world, act) for act in acts) >= 5


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_pages_that_a_document_links_to_are_there_with_the_heading_that_is_meant(document: Path) -> None:
    for target, heading in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", document.read_text("utf-8")):
        page = document.parent / target if target else document
        assert page.exists(), target
        slugs = [heading_slug(line) for line in page.read_text("utf-8").splitlines()] if heading else []
        assert not heading or heading in slugs


def test_the_index_leads_to_every_page() -> None:
    pages = [path for folder in ("", "how-to", "reference") for path in sorted((ROOT / "docs" / folder).glob("*.md"))]
    linked = (ROOT / "docs" / "index.md").read_text("utf-8")
    names = [path.relative_to(ROOT / "docs").as_posix() for path in pages if path.name != "index.md"]
    assert [name for name in names if f"]({name})" not in linked] == []


def heading_slug(line: str) -> str:
    """Return what a link calls a heading: its words in small letters with hyphens between them."""
    return re.sub(r"[^\w -]", "", line.lstrip("#").strip().lower()).replace(" ", "-") if line.startswith("#") else ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_files_that_a_document_names_are_there(document: Path) -> None:
    spans = re.findall(r"`([\w./*-]+(?:/|\.(?:py|md|toml|service|html)))`", document.read_text("utf-8"))
    named = sorted({name for name in spans if not name.startswith(MADE_BY_RUNNING)})
    assert [name for name in named if not any(any(ROOT.glob(room + name.rstrip("/"))) for room in ROOMS)] == []
