"""`mentorsync go-live`: from now on mail and calendar writes may leave this machine."""

import click

from cli.commands.options import dry_run
from cli.opening import opened_house
from cli.output import talk


@click.command(name="go-live")
@dry_run
@click.pass_context
def command(ctx: click.Context, dry_run: bool) -> None:
    """Allow mail and calendar writes to leave this machine. It is recorded, and a running daemon notices by itself."""
    from service.people import go_live
    from service.queries_outbox import outbox
    from service.rehearsal import rehearsed

    with opened_house(ctx, create=not dry_run) as house:
        waiting = len(outbox(house, "open"))
        new = go_live(rehearsed(house) if dry_run else house)
    if not new:
        talk("The programme is live already.")
    elif dry_run:
        talk(f"Nothing was recorded. Without --dry-run the daemon would begin to send; {waiting} effects wait now.")
    else:
        talk(f"Live: mail and calendar writes leave from now on; {waiting} effects were waiting.")
