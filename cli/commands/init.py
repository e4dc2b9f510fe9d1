"""`mentorsync init`: writes a first configuration and a master key."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.output import say, talk

if TYPE_CHECKING:
    from service.configuration import Answers

PROVIDERS = ("microsoft", "google")
CREDENTIALS = {
    "microsoft": "the app's certificate with its private key into microsoft.pem",
    "google": "the service account's key into google-service-account.json",
}


@click.command(name="init")
@click.option(
    "--dir", "folder", type=click.Path(file_okay=False, path_type=Path), default=".", help="Where to write; else here."
)
@click.option("--address", help="The service's own mailbox: all mail leaves from it.")
@click.option("--provider", type=click.Choice(PROVIDERS), help="The cloud of that mailbox.")
@click.option("--also", is_flag=True, help="Some people are at the other cloud.")
@click.option("--programme", help="What the programme is called in mails.")
@click.option("--tenant-id", help="For Microsoft: the tenant's id.")
@click.option("--client-id", help="For Microsoft: the id of the app registration.")
def command(
    folder: Path,
    address: str | None,
    provider: str | None,
    also: bool,
    programme: str | None,
    tenant_id: str | None,
    client_id: str | None,
) -> None:
    """Write a configuration that explains every setting, and a master key; nothing is ever overwritten.

    Asks for the mailbox and its cloud when they are not given and there is a terminal to ask at.
    """
    from service.configuration import Answers
    from service.wiring import begin

    chosen = provider or _asked("--provider", "The cloud of the service's mailbox", click.Choice(PROVIDERS))
    mailbox = address or _asked("--address", "The service's own mailbox", click.STRING)
    answers = Answers(mailbox, chosen, programme, also, tenant_id, client_id).checked()
    for path in begin(folder, answers):
        say(str(path))
    _what_next(folder, answers)


def _asked(flag: str, question: str, kind: click.ParamType[str]) -> str:
    """Ask a person; a program is told which flag is missing and never kept waiting."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"There is no terminal to ask at. Give {flag}.")
    return str(click.prompt(question, type=kind, err=True))


def _what_next(folder: Path, answers: Answers) -> None:
    talk("Keep a copy of the master key apart from all backups: without it nothing in the store can be read.")
    configured = folder / "mentorsync.toml"
    for provider in answers.providers:
        talk(f"Put {CREDENTIALS[provider]}, mode 0600.")
        talk(f"Hear what is asked for, then try it: mentorsync --config {configured} connect {provider} --explain")
    talk(f"Then make the store: mentorsync --config {configured} db migrate")
    talk(f"And look at every part: mentorsync --config {configured} doctor")
