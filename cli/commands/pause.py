"""`mentorsync pause`: stop everything for a person, a pair or the whole programme."""

from datetime import datetime

import click

from cli.commands.options import dry_run
from cli.opening import opened_house
from cli.output import talk


@click.command(name="pause")
@click.argument("p", required=False)
@click.option("--programme", is_flag=True, help="Let nothing leave for anybody; calendars and mail are still read.")
@click.option("--pair", metavar="ID", help="Instead of a person: one relationship alone.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which that pair goes on by itself.",
)
@dry_run
@click.pass_context
def command(
    ctx: click.Context, p: str | None, programme: bool, pair: str | None, until: datetime | None, dry_run: bool
) -> None:
    """Stop everything for a person: no mail, no booking, nothing new is planned. P is an id or an address.

    With --pair it is one relationship alone, with --programme nothing leaves for anybody.
    """
    from service.names import person_named, relationship_named
    from service.pausing import pause_pair
    from service.people import pause_person, pause_programme
    from service.rehearsal import rehearsed

    one_of(p, pair, programme)
    if until is not None and pair is None:
        raise click.UsageError(
            "Give the relationship with --pair ID as well; a person and the programme have no --until."
        )
    with opened_house(ctx) as house:
        acting = rehearsed(house) if dry_run else house
        if p is not None:
            new = pause_person(acting, person_named(house, p))
        elif pair is not None:
            relationship = house.streams.relationship(relationship_named(house, pair))
            new = pause_pair(acting, relationship, until.date() if until else None)
        else:
            new = pause_programme(acting)
    if not new:
        talk("Everything is paused already.")
    elif dry_run:
        talk("Nothing was recorded.")
    elif programme:
        talk("Paused: nothing leaves any more. Go on with: mentorsync resume --programme")
    elif until is not None:
        talk(f"Paused until {until.date().isoformat()}: nothing is sent or arranged before, then it goes on by itself.")
    else:
        talk(f"Paused: nothing more is sent, booked or planned for this {'pair' if pair else 'person'}.")


def one_of(p: str | None, pair: str | None, programme: bool) -> None:
    """Refuse more than one and none of a person, a pair and the programme."""
    if (p is not None) + (pair is not None) + programme != 1:
        raise click.UsageError("Give a person by id or address, or --pair ID, or --programme.")
