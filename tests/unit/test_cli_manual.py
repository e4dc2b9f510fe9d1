"""The manual describes every command and option, and every command's help is light to ask for."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.commands.doctor import CODES
from cli.main import command as root
from service.doctor_lines import Nature

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
HEAVY = ("msgraph", "googleapiclient", "eventsourcing", "structlog", "asyncio", "httpx", "service", "adapters")


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command that does something, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if not isinstance(found, click.Group) or found.invoke_without_command:
            yield (*path, name), found
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))


COMMANDS = dict(commands())


def section(path: tuple[str, ...]) -> str:
    """Return the part of the manual about one command; its heading may be about two."""
    words = re.escape(" ".join(path))
    found = re.search(rf"^### [^\n]*`{words}[ `].*?(?=^##|\Z)", MANUAL, flags=re.MULTILINE | re.DOTALL)
    return found.group() if found else ""


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_manual_describes_every_command_with_all_its_arguments_and_options(path: tuple[str, ...]) -> None:
    text = section(path)
    options = [name for p in COMMANDS[path].params for name in (*p.opts, *p.secondary_opts) if name.startswith("--")]
    arguments = [p.name.upper() for p in COMMANDS[path].params if isinstance(p, click.Argument) and p.name]
    assert text
    assert [name for name in options if f"`{name}" not in text] == []
    assert [name for name in arguments if name not in text and name != "PERSON"] == []


def test_the_manual_describes_no_option_that_is_not_there() -> None:
    described = set(re.findall(r"`(--[a-z-]+)", MANUAL))
    known = {name for command in COMMANDS.values() for p in command.params for name in (*p.opts, *p.secondary_opts)}
    assert described - known == {"--config", "--version", "--help"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    assert COMMANDS[path].help
    assert [p.name for p in COMMANDS[path].params if isinstance(p, click.Option) and not p.help] == []


def test_asking_any_command_for_help_imports_nothing_heavy() -> None:
    source = (
        "import sys, pkgutil, cli.commands as c\n"
        "from importlib import import_module\n"
        "for m in pkgutil.iter_modules(c.__path__): import_module(f'cli.commands.{m.name}')\n"
        "print(*sorted({n.partition('.')[0] for n in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=ROOT)
    modules = set(ran.stdout.split())
    assert "click" in modules
    assert modules.isdisjoint(HEAVY)


def test_every_nature_of_trouble_has_its_exit_code_for_the_doctor() -> None:
    assert set(CODES) == {nature.value for nature in Nature}
