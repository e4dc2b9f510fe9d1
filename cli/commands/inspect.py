"""`mentorsync inspect`: what the program makes of files, without store or configuration."""

from __future__ import annotations

import json
import zoneinfo
from pathlib import Path

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
    code = ExitCode.DONE
    for file in files_of(path, ".json"):
        try:
            say(json.dumps(inspect_slots(file), ensure_ascii=False))
        except BadInput as problem:
            say(json.dumps({"file": str(file), "error": problem.problem}, ensure_ascii=False))
            talk(f"{problem.problem}\n{problem.remedy}")
            code = ExitCode.USAGE
    return code
