"""`mentorsync kill-switch`: stops all that leaves at once, or says whether it is stopped."""

import click

from cli.commands.options import as_json
from cli.opening import settings_of
from cli.output import document, say, talk


@click.command(name="kill-switch")
@click.argument("position", required=False, type=click.Choice(["on", "off"]))
@as_json
@click.pass_context
def command(ctx: click.Context, position: str | None, as_json: bool) -> None:
    """Stop all mail and calendar writes at once (on), let them go on (off), or say how it stands.

    A running daemon sees it before its next effect, and it holds over restarts. It needs no store that opens.
    """
    from service.wiring import kill_switch

    switch = kill_switch(settings_of(ctx))
    if position == "on":
        new = switch.throw()
        talk("Stopped: no mail and no calendar write is made any more." if new else "It is on already.")
    elif position == "off":
        new = switch.release()
        talk("Released: what became useless meanwhile is not made up for." if new else "It is off already.")
    thrown = switch.thrown()
    if as_json:
        document("kill-switch", {"on": thrown, "file": str(switch.path)})
    elif position is None:
        say(f"{'on: nothing leaves' if thrown else 'off'}; its file is {switch.path}")
