"""`mentorsync alive`: whether the daemon turns, asked by a container's health check or by hand."""

import click

from cli.opening import settings_of
from cli.output import talk


@click.command(name="alive")
@click.option("--ready", is_flag=True, help="Ask whether it can do its work, too.")
@click.pass_context
def command(ctx: click.Context, ready: bool) -> None:
    """Ask the running daemon whether it is alive; it needs [health]. Ends with 0 when it is, else with 6."""
    from service.wiring_alive import look_at_daemon

    look_at_daemon(settings_of(ctx), ready)
    talk("The daemon is ready." if ready else "The daemon is alive.")
