"""Options that several commands share."""

from pathlib import Path

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
dry_run = click.option("--dry-run", is_flag=True, help="Check everything and say what would happen; record nothing.")


def made(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    """Make the folder of an option, so that what will be written there is not refused when all the work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"The folder '{folder}' cannot be made: {error.strerror}.") from None
    return folder
