"""`mentorsync resume`: go on for a person who was paused or asked to stop."""

import click

from cli.commands.options import dry_run
from cli.opening import opened_house
from cli.output import talk


@click.command(name="resume")
@click.argument("p")
@dry_run
@click.pass_context
def command(ctx: click.Context, p: str, dry_run: bool) -> None:
    """Go on for a person who was paused or asked to stop. P is an id or an address."""
    from service.names import person_named
    from service.people import resume_person
    from service.rehearsal import rehearsed

    with opened_house(ctx) as house:
        new = resume_person(rehearsed(house) if dry_run else house, person_named(house, p))
    if not new:
        talk("Nothing is paused.")
    elif dry_run:
        talk("Nothing was recorded.")
    else:
        talk("Resumed: what became useless meanwhile is not made up for.")
