"""`mentorsync db`: creates, upgrades and checks the store."""

import click

from cli.errors import ExitCode
from cli.opening import settings_of
from cli.output import say, talk


@click.group(name="db")
def command() -> None:
    """Migrate and check the store."""


@command.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Create or upgrade the store.

    Stop the daemon and take a backup first.
    """
    from service.wiring import migrate_store

    talk(migrate_store(settings_of(ctx)))


@command.command()
@click.pass_context
def check(ctx: click.Context) -> int:
    """Verify the store's integrity.

    What is wrong is printed, one line each, and the exit code is 10.
    """
    from service.wiring import check_store

    wrong = check_store(settings_of(ctx))
    for line in wrong:
        say(line)
    if wrong:
        talk("The store is damaged. Stop the daemon, keep a copy, and restore the last good backup.")
        return ExitCode.STORE_MISSING
    talk("The store is sound.")
    return ExitCode.DONE
