"""`mentorsync resume`: go on for a person, a pair or the whole programme."""

import click

from cli.commands.options import dry_run
from cli.commands.pause import one_of
from cli.opening import opened_house
from cli.output import talk


@click.command(name="resume")
@click.argument("p", required=False)
@click.option("--programme", is_flag=True, help="End the pause of the programme, also that of a restored one.")
@click.option("--pair", metavar="ID", help="Instead of a person: one relationship alone.")
@dry_run
@click.pass_context
def command(ctx: click.Context, p: str | None, programme: bool, pair: str | None, dry_run: bool) -> None:
    """Go on for a person who was paused or asked to stop. P is an id or an address.

    With --pair it is one relationship, with --programme everybody; whether that is live is as it was before.
    """
    from service.names import person_named, relationship_named
    from service.pausing import resume_pair
    from service.people import resume_person, resume_programme
    from service.rehearsal import rehearsed

    one_of(p, pair, programme)
    with opened_house(ctx) as house:
        acting = rehearsed(house) if dry_run else house
        if p is not None:
            new = resume_person(acting, person_named(house, p))
        elif pair is not None:
            new = resume_pair(acting, house.streams.relationship(relationship_named(house, pair)))
        else:
            new = resume_programme(acting)
    if not new:
        talk("Nothing is paused.")
    elif dry_run:
        talk("Nothing was recorded.")
    else:
        talk("Resumed: what became useless meanwhile is not made up for.")
