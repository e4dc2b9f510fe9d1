"""`mentorsync restore`: brings a backup back where there is no store."""

from pathlib import Path

import click

from cli.opening import settings_of
from cli.output import talk


@click.command(name="restore")
@click.argument("dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--keys", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="The folder of the data keys."
)
@click.pass_context
def command(ctx: click.Context, dir: Path, keys: Path | None) -> None:
    """Bring the backup in DIR back to where the configuration names its store.

    Only where there is none. It is paused: no mail and no calendar write is made before you say to resume, not even
    against a sandbox.
    """
    from service.wiring import restore_backup

    at = restore_backup(settings_of(ctx), dir, keys or dir)
    talk(f"Restored as it was at {at}, and paused: nothing leaves until you say mentorsync resume --programme.")
    talk("Look first with: mentorsync verify, then mentorsync outbox. Forget again whoever was forgotten since then.")
