"""Options that several commands share."""

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
dry_run = click.option("--dry-run", is_flag=True, help="Check everything and say what would happen; record nothing.")
