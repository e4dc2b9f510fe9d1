"""`mentorsync keys`: changes the master key."""

import click

from cli.opening import settings_of
from cli.output import talk


@click.group(name="keys")
def command() -> None:
    """Look after the keys under which everything is sealed."""


@command.command()
@click.option("--cut-off", is_flag=True, help="The old key was seen: what was made from it counts no more either.")
@click.pass_context
def rotate(ctx: click.Context, cut_off: bool) -> None:
    """Change the master key; no daemon may run meanwhile. One that was interrupted is completed by doing it again.

    With --cut-off replies to mails that were sent before are set aside, because their addresses count no more.
    """
    from service.wiring import rotate_keys

    settings = settings_of(ctx)
    number = rotate_keys(settings, cut_off)
    talk(f"The master key was changed, and {number} data keys were wrapped anew; what is sealed stays as it is.")
    talk(
        f"Keep a copy of the new '{settings.store.master_key_file}' apart from the backups, and the old one only as "
        "long as backups from before are kept: they open with the old one alone."
    )
