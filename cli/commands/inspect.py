"""`mentorsync inspect`: what the program makes of files, without store or configuration."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cli.errors import ExitCode
from cli.output import say, talk
from domain.errors import BadInput


@click.group(name="inspect")
def command() -> None:
    """Say what the program makes of files; reads neither store nor configuration."""


@command.command(name="slots")
@click.argument("path", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
def slots(path: tuple[Path, ...]) -> int:
    """Find the times at which people can meet; PATH is a file of a search or a folder of such files.

    Prints one JSON line for each file, in order. Ends with 2 when a file was not understood; the others are answered.
    """
    from service.inspection import files_of, inspect_slots

    zoneinfo.reset_tzpath(to=())
    return _each(files_of(path, ".json"), inspect_slots)


@command.command(name="mail")
@click.argument("path", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--provider", type=click.Choice(["microsoft", "google"]), help="Whose mailbox the mails arrived in.")
@click.option("--person", metavar="ADDRESS", help="The registered address of the person who may answer.")
@click.option("--sent", type=click.Path(path_type=Path), metavar="FILE", help="The mail of ours that they answer.")
def mail(path: tuple[Path, ...], provider: str | None, person: str | None, sent: Path | None) -> int:
    """Say what mails are, what they ask for and whether to believe them; PATH is a mail or a folder of .eml files.

    Prints one JSON line for each file, in order. Ends with 2 when a file could not be read; the others are answered.
    """
    from service.inspection import files_of
    from service.inspection_mail import Arrival, inspect_mail, read_mail
    from service.wiring import mail_judge

    arrival = Arrival(provider, (person,) if person else (), read_mail(sent) if sent else None)
    with mail_judge() as judge:
        return _each(files_of(path, ".eml"), lambda file: inspect_mail(file, arrival, judge))


def _each(files: list[Path], judged: Callable[[Path], dict[str, Any]]) -> int:
    """Print a line for each file; one that is not understood has a line that says so and does not stop the rest."""
    code = ExitCode.DONE
    for file in files:
        try:
            say(json.dumps(judged(file), ensure_ascii=False))
        except BadInput as problem:
            say(json.dumps({"file": str(file), "error": problem.problem}, ensure_ascii=False))
            talk(f"{problem.problem}\n{problem.remedy}")
            code = ExitCode.USAGE
    return code
