"""`mentorsync parked`: what was set aside because nobody could understand it or it belongs to nothing."""

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, table, talk, utc

EMPTY = "Nothing is set aside."


@click.group(name="parked", invoke_without_command=True)
@as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show what was set aside, have it read once more, or let it go."""
    if ctx.invoked_subcommand is not None:
        return
    from service.parking import parked

    with opened_house(ctx) as house:
        rows = parked(house)
    if as_json:
        document("parked", {"rows": rows})
    elif rows:
        table(("SINCE (UTC)", "WHAT", "REASON", "KEY"), [(utc(r.since), r.what, r.reason, r.key) for r in rows])
    else:
        talk(EMPTY)


@command.command()
@click.argument("key")
@click.pass_context
def replay(ctx: click.Context, key: str) -> None:
    """Have the daemon read a mail once more; KEY may be the beginning of a key."""
    from service.parking import replay as ask

    with opened_house(ctx) as house:
        key = ask(house, key)
    talk(f"{key} is read once more by the daemon.")


@command.command()
@click.argument("key")
@click.pass_context
def drop(ctx: click.Context, key: str) -> None:
    """Let go what was set aside; the mail itself stays in the mailbox. KEY may be the beginning of a key."""
    from service.parking import drop as forget

    with opened_house(ctx) as house:
        key = forget(house, key)
    talk(f"{key} is no longer shown.")
