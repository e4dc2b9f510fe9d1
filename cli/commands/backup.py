"""`mentorsync backup`: copies the store and its keys while the daemon works."""

from pathlib import Path

import click

from cli.opening import settings_of
from cli.output import say, talk


@click.command(name="backup")
@click.argument("dir", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keys", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Another folder for the data keys."
)
@click.pass_context
def command(ctx: click.Context, dir: Path, keys: Path | None) -> None:
    """Copy the store and its data keys into the empty folder DIR, while the daemon may be at work.

    Prints the paths. The master key is not copied.
    """
    from service.wiring import back_up

    settings = settings_of(ctx)
    for path in back_up(settings, dir, keys or dir):
        say(str(path))
    talk(
        f"Keep the master key '{settings.store.master_key_file}' apart from both: without it nothing can be read, and "
        "with it everything can."
    )
    talk("Keep backups of the keys for a shorter time: whoever was forgotten since can be read again from an old one.")
