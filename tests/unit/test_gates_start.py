"""The command line answers at once: what it costs is counted in modules, not in time."""

import subprocess
import sys

import pytest

from cli.main import COMMANDS

HEAVY = ("msgraph", "googleapiclient", "eventsourcing", "structlog", "asyncio", "httpx", "jinja2", "adapters")
PROBE = """
import sys
from cli.main import main
code = main(sys.argv[1:])
print("MODULES", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def started(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", PROBE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [("--help",), (), ("statu",)])
def test_help_and_usage_import_nothing_heavy(arguments: tuple[str, ...]) -> None:
    modules = started(*arguments).stdout.rpartition("MODULES")[2].split()
    assert "click" in modules
    assert set(modules).isdisjoint(HEAVY)


def test_help_lists_every_command_with_what_it_is_for() -> None:
    run = started("--help")
    text = " ".join(run.stdout.split())
    assert run.returncode == 0
    for name, purpose in COMMANDS.items():
        assert f"{name} {purpose}" in text
