"""The frame around every command: exit codes, two sentences on stderr, and a traceback for our own bugs alone."""

import sys
from collections.abc import Iterator
from types import ModuleType

import click
import pytest

from cli.errors import ExitCode, exit_code
from cli.main import COMMANDS, main
from domain import errors
from domain.errors import MentorsyncError
from service.settings import SettingsError

CODES = [
    (errors.BadInput, ExitCode.USAGE),
    (errors.Refused, ExitCode.REFUSED),
    (errors.NotFound, ExitCode.NOT_FOUND),
    (SettingsError, ExitCode.CONFIGURATION),
    (errors.Misconfigured, ExitCode.CONFIGURATION),
    (errors.Broken, ExitCode.CONFIGURATION),
    (errors.TryLater, ExitCode.TRY_LATER),
    (errors.Doubtful, ExitCode.TRY_LATER),
    (errors.CursorExpired, ExitCode.TRY_LATER),
    (errors.StoreMissing, ExitCode.STORE_MISSING),
    (errors.StoreLocked, ExitCode.LOCKED),
    (errors.StoreNewer, ExitCode.STORE_NEWER),
    (errors.Unreadable, ExitCode.STORE_MISSING),
    (errors.NewerStream, ExitCode.STORE_NEWER),
]


@pytest.fixture
def failing() -> Iterator[list[Exception | int]]:
    """A command in the place of `status` that raises, or returns, what the list holds."""
    answers: list[Exception | int] = []

    @click.command()
    def command() -> int:
        answer = answers[0]
        if isinstance(answer, int):
            return answer
        raise answer

    module = ModuleType("cli.commands.status")
    module.__dict__["command"] = command
    before = {name: sys.modules.get(name) for name in ("cli.commands", "cli.commands.status")}
    sys.modules.setdefault("cli.commands", ModuleType("cli.commands"))
    sys.modules["cli.commands.status"] = module
    yield answers
    for name, old in before.items():
        sys.modules.pop(name)
        if old is not None:
            sys.modules[name] = old


@pytest.mark.parametrize(("kind", "code"), CODES)
def test_each_kind_of_error_has_its_exit_code_and_two_sentences(
    failing: list[Exception | int],
    capsys: pytest.CaptureFixture[str],
    kind: type[MentorsyncError],
    code: ExitCode,
) -> None:
    failing.append(kind("The mill is closed.", "Come back tomorrow."))
    assert main(["status"]) == code
    shown = capsys.readouterr()
    assert shown.err == "The mill is closed.\nCome back tomorrow.\n"
    assert shown.out == ""


def test_every_kind_of_error_that_the_domain_knows_has_an_exit_code() -> None:
    kinds = [kind for kind in MentorsyncError.__subclasses__() if kind.__module__ == "domain.errors"]
    assert kinds
    assert all(exit_code(kind("a", "b")) is not ExitCode.OUR_BUG for kind in kinds)


def test_a_bug_of_ours_keeps_its_traceback(failing: list[Exception | int]) -> None:
    failing.append(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main(["status"])


def test_an_interruption_says_what_to_do(failing: list[Exception | int], capsys: pytest.CaptureFixture[str]) -> None:
    failing.append(click.Abort())
    assert main(["status"]) == ExitCode.INTERRUPTED
    assert "again" in capsys.readouterr().err


def test_a_command_may_choose_its_exit_code(failing: list[Exception | int]) -> None:
    failing.append(1)
    assert main(["status"]) == 1


def test_a_command_that_returns_nothing_is_done() -> None:
    assert main(["--help"]) == ExitCode.DONE


def test_a_name_that_is_almost_a_command_is_answered_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statu"]) == ExitCode.USAGE
    assert "Did you mean 'status'?" in capsys.readouterr().err


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["xyzzy"]) == ExitCode.USAGE
    assert "xyzzy" in capsys.readouterr().err


def test_the_short_helps_are_sentences() -> None:
    assert all(text.endswith(".") and text[0].isupper() for text in COMMANDS.values())
