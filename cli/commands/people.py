"""`mentorsync people import`: registers everybody on a list, and says what differs from last time."""

from pathlib import Path

import click

from cli.commands.imports import show_import
from cli.commands.options import as_json, dry_run
from cli.opening import opened_house
from cli.output import talk


@click.group(name="people")
def command() -> None:
    """Import lists of people."""


@command.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@dry_run
@as_json
@click.pass_context
def import_(ctx: click.Context, file: Path, dry_run: bool, as_json: bool) -> int:
    """Hold a list of people against those who are registered, and record what is new.

    FILE is CSV with the columns address, name, provider, zone, hours and perhaps language. Every line is judged before
    anything is written; with one refused line nothing is. Whoever is missing is only named: say person left for her.
    """
    from service.rehearsal import rehearsed
    from service.roster import import_people

    with opened_house(ctx, create=not dry_run) as house:
        found = import_people(rehearsed(house) if dry_run else house, file.read_bytes())
    if found.gone:
        talk("Nothing is done about those who are not in the list; who has left: mentorsync person left ADDRESS")
    return show_import(found, "people.import", dry_run, as_json)
