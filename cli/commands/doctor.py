"""`mentorsync doctor`: one line for each part, and how to mend what is not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.errors import ExitCode
from cli.opening import settings_of
from cli.output import document, say, talk
from domain.errors import Misconfigured

if TYPE_CHECKING:
    from service.doctor_lines import Line

MARKS = {"good": "ok ", "bad": "BAD", "unknown": "?  "}
CODES = {
    "store": ExitCode.STORE_MISSING,
    "configuration": ExitCode.CONFIGURATION,
    "later": ExitCode.TRY_LATER,
}


@click.command(name="doctor")
@click.option("--probe", is_flag=True, help="Have the daemon send a mail to one of its own reply addresses.")
@as_json
@click.pass_context
def command(ctx: click.Context, probe: bool, as_json: bool) -> int:
    """Check store, credentials and providers, and say how to mend what is wrong.

    Ends with 0 only when every line is ok: else with 10 (store), 5 (configuration or credentials) or 6 (unreachable,
    waiting, or not to be looked at).
    """
    lines = _examined(ctx, probe)
    code = _code(lines)
    _complain(lines)
    if as_json:
        document("doctor", {"ok": code == ExitCode.DONE, "parts": lines})
    else:
        _tell(lines)
    return code


def _complain(lines: tuple[Line, ...]) -> None:
    """Say on stderr what is wrong and what to do, each thing once, for whoever throws the table away."""
    parts: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.health == "bad":
            parts.setdefault((line.says, line.mend), []).append(line.part)
    for (says, mend), names in parts.items():
        talk(f"Not well: {', '.join(names)}. {says}")
        talk(mend)


def _tell(lines: tuple[Line, ...]) -> None:
    width = max(len(line.part) for line in lines)
    for line in lines:
        say(f"{MARKS[line.health]}  {line.part.ljust(width)}  {line.says}")
        if line.mend:
            say(f"{' ' * (width + 7)}-> {line.mend}")


def _examined(ctx: click.Context, probe: bool) -> tuple[Line, ...]:
    from service.doctor import examine, misconfigured

    try:
        settings = settings_of(ctx)
    except Misconfigured as error:
        return misconfigured(error)
    from service.premises import premises_of

    return examine(premises_of(settings), probe)


def _code(lines: tuple[Line, ...]) -> ExitCode:
    """The worst part decides; what could not be looked at is never well."""
    natures = {line.nature for line in lines if line.health == "bad"}
    for nature, code in CODES.items():
        if nature in natures:
            return code
    return ExitCode.DONE if all(line.health == "good" for line in lines) else ExitCode.TRY_LATER
