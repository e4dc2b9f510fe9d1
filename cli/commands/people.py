"""`mentorsync people`: registers everybody on a list, and says what differs from last time."""

from pathlib import Path

import click

from cli.commands.imports import show_import
from cli.commands.options import as_json, dry_run
from cli.opening import opened_house
from cli.output import talk
from domain.errors import Refused


@click.group(name="people")
def command() -> None:
    """Import lists of people, or make them what is registered."""


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


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Record it; without this nothing is, and what would be is shown.")
@click.option("--leavers", type=click.IntRange(min=0), metavar="N", help="That exactly so many leave.")
@as_json
@click.pass_context
def sync(ctx: click.Context, file: Path, yes: bool, leavers: int | None, as_json: bool) -> int:
    """Make a list of people what is registered: new ones are added, and whoever is missing has left.

    FILE is as for people import. Look first: only with --yes anything is recorded. When more than a tenth would leave
    it is refused, unless --leavers says how many.
    """
    from service.roster import sync_people

    if yes:
        with opened_house(ctx, create=True) as house:
            found = sync_people(house, file.read_bytes(), leavers)
        return show_import(found, "people.sync", False, as_json, "leaves")
    return _look(ctx, file.read_bytes(), leavers, as_json)


def _look(ctx: click.Context, raw: bytes, leavers: int | None, as_json: bool) -> int:
    """Show what would be, also where it would be refused."""
    from service.rehearsal import rehearsed
    from service.roster import import_people, sync_people

    refusal = None
    with opened_house(ctx) as house:
        found = import_people(rehearsed(house), raw)
        try:
            sync_people(rehearsed(house), raw, leavers)
        except Refused as error:
            refusal = error
    code = show_import(found, "people.sync", True, as_json, "leaves")
    if refusal is not None:
        raise refusal
    talk("To record it say --yes; that somebody has left cannot be taken back.")
    return code
