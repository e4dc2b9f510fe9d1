"""`mentorsync pause`: stop everything for a person or for the whole programme."""

import click

from cli.commands.options import dry_run
from cli.opening import opened_house
from cli.output import talk


@click.command(name="pause")
@click.argument("p", required=False)
@click.option("--programme", is_flag=True, help="Let nothing leave for anybody; calendars and mail are still read.")
@dry_run
@click.pass_context
def command(ctx: click.Context, p: str | None, programme: bool, dry_run: bool) -> None:
    """Stop everything for a person: no mail, no booking, nothing new is planned. P is an id or an address.

    With --programme nothing leaves for anybody until mentorsync resume --programme.
    """
    from service.names import person_named
    from service.people import pause_person, pause_programme
    from service.rehearsal import rehearsed

    one_of(p, programme)
    with opened_house(ctx) as house:
        acting = rehearsed(house) if dry_run else house
        new = pause_programme(acting) if p is None else pause_person(acting, person_named(house, p))
    if not new:
        talk("Everything is paused already.")
    elif dry_run:
        talk("Nothing was recorded.")
    elif programme:
        talk("Paused: nothing leaves any more. Go on with: mentorsync resume --programme")
    else:
        talk("Paused: nothing more is sent, booked or planned for this person.")


def one_of(p: str | None, programme: bool) -> None:
    """Refuse both and neither of a person and the programme."""
    if (p is not None) == programme:
        raise click.UsageError("Give a person by id or address, or --programme.")
