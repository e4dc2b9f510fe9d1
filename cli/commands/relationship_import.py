"""`mentorsync relationship import`: takes over pairs that meet already, and asks for new ones, from a list."""

from pathlib import Path

import click

from cli.commands.imports import show_import
from cli.commands.options import as_json, dry_run
from cli.opening import opened_house


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@dry_run
@as_json
@click.pass_context
def import_(ctx: click.Context, file: Path, dry_run: bool, as_json: bool) -> int:
    """Take over a list of relationships.

    FILE is CSV with the columns mentor, mentee and goals, and perhaps why, bring, capacity and the terms of a charter.
    A line with the column since is a pair that meets already: nothing is sent. Every line is judged before anything is
    written; with one refused line nothing is.
    """
    from service.pairs_import import import_relationships
    from service.rehearsal import rehearsed

    with opened_house(ctx) as house:
        found = import_relationships(rehearsed(house) if dry_run else house, file.read_bytes())
    return show_import(found, "relationship.import", dry_run, as_json)
