"""`mentorsync connect`: explains, tries and writes down how a provider is reached."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.commands.options import dry_run
from cli.output import say, talk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_account = click.option("--account", metavar="ADDRESS", help="Whose calendar to try, when the service is elsewhere.")
_explain = click.option("--explain", is_flag=True, help="Say what is asked for and what not, and do nothing.")
_token = click.option("--token-file", type=FILE, help="For a sandbox alone: a token on one line.")
_outside = click.option("--outside-mailbox", metavar="ADDRESS", help="A mailbox that must not be readable.")


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    for option in (dry_run, _explain, _account, _outside, _token):
        command = option(command)
    return command


@click.group(name="connect")
def command() -> None:
    """Connect a provider: say what it asks for, try it, write it down."""


@command.command()
@click.option("--tenant-id", metavar="ID", help="The tenant's id.")
@click.option("--client-id", metavar="ID", help="The id of the app registration.")
@click.option("--certificate-file", type=FILE, help="The app's certificate with its private key in PEM.")
@click.option("--client-secret-file", type=FILE, help="The app's secret on one line; a certificate is better.")
@_shared
@click.pass_context
def microsoft(
    ctx: click.Context, /, dry_run: bool, explain: bool, account: str | None, **given: str | Path | None
) -> None:
    """Connect Microsoft 365: signs in, reads a calendar and the service's inbox, and only then writes anything.

    Without a credential here, the one of the configuration is tried.
    """
    _connect(ctx, "microsoft", given, account, explain, dry_run)


@command.command()
@click.option("--service-account-file", type=FILE, help="A service account's key with domain-wide delegation.")
@click.option("--oauth-client-file", type=FILE, help="One person's consent (authorized user).")
@_shared
@click.pass_context
def google(
    ctx: click.Context, /, dry_run: bool, explain: bool, account: str | None, **given: str | Path | None
) -> None:
    """Connect Google Workspace: signs in, reads a calendar and the service's inbox, and only then writes anything.

    Without a credential here, the one of the configuration is tried.
    """
    _connect(ctx, "google", given, account, explain, dry_run)


def _connect(
    ctx: click.Context,
    provider: str,
    given: Mapping[str, str | Path | None],
    account: str | None,
    explain: bool,
    dry_run: bool,
) -> None:
    from service.connecting import NOT_ASKED, RIGHTS

    say("It asks for:")
    for right in RIGHTS[provider]:
        say(f"  {right.name}: {right.use}")
    say("It does not ask for:")
    for nothing in NOT_ASKED[provider]:
        say(f"  {nothing}")
    if not explain:
        _try(ctx, provider, given, account, dry_run)


def _try(
    ctx: click.Context, provider: str, given: Mapping[str, str | Path | None], account: str | None, dry_run: bool
) -> None:
    from service.settings_sources import configuration_file
    from service.wiring_connect import connect

    file = configuration_file(ctx.obj, os.environ)
    settings = {key: _written(value, file.parent) for key, value in given.items() if value is not None}
    found = connect(file, provider, settings, account, os.environ, not dry_run)
    talk(f"It lets the service in: read {' and '.join(found.reads)}.")
    if not settings:
        talk("Nothing was to be written.")
    elif dry_run:
        talk("Nothing was written.")
    else:
        talk(f"Written into [{provider}] of {file}. Look at every part with: mentorsync doctor")


def _written(value: str | Path, folder: Path) -> str:
    """Return a file as the configuration names it: by its name where it lies beside it, else from the root."""
    if isinstance(value, str):
        return value
    path = value.absolute()
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
