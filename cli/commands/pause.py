"""`mentorsync pause`: stop everything for a person: no mail, no booking, nothing new is planned."""

import click

from cli.commands.options import dry_run
from cli.opening import opened_house
from cli.output import talk


@click.command(name="pause")
@click.argument("p")
@dry_run
@click.pass_context
def command(ctx: click.Context, p: str, dry_run: bool) -> None:
    """Stop everything for a person: no mail, no booking, nothing new is planned. P is an id or an address."""
    from service.names import person_named
    from service.people import pause_person
    from service.rehearsal import rehearsed

    with opened_house(ctx) as house:
        new = pause_person(rehearsed(house) if dry_run else house, person_named(house, p))
    if not new:
        talk("Everything is paused already.")
    elif dry_run:
        talk("Nothing was recorded.")
    else:
        talk("Paused: nothing more is sent, booked or planned for this person.")
