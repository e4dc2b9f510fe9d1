"""`mentorsync forget`: destroys a person's key and prints the certificate of what is gone and what is out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, say, stamp, talk
from domain.errors import Refused

if TYPE_CHECKING:
    from service.forgetting import Certificate


@click.command(name="forget")
@click.argument("p")
@click.option("--yes", is_flag=True, help="Do it. It cannot be taken back.")
@click.option("--dry-run", is_flag=True, help="Print the certificate that there would be; destroy nothing.")
@as_json
@click.pass_context
def command(ctx: click.Context, p: str, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Forget the person P for good: names, words and addresses become unreadable wherever they stand in the store.

    What is arranged with her ends as with somebody who has left. Take what is hers along first, with
    `mentorsync export`.
    """
    from service.forgetting import forget_person, rehearse_forgetting
    from service.names import person_named

    if not yes and not dry_run:
        raise Refused("Forgetting cannot be taken back.", "Look with --dry-run first, then say --yes.")
    with opened_house(ctx) as house:
        person = person_named(house, p)
        certificate = rehearse_forgetting(house, person) if dry_run else forget_person(house, person)
    if as_json:
        document("forget", certificate)
        return
    _show(certificate)
    if dry_run:
        talk("Nothing was destroyed.")


def _show(certificate: Certificate) -> None:
    done = "would be destroyed" if certificate.rehearsed else "was destroyed"
    say(f"person {certificate.person}, {stamp(certificate.at)}\n\n{done}")
    say("  the key of this person")
    say(f"  with it {certificate.texts} texts in the streams of the person and of the relationships")
    say(f"  {certificate.calendar_entries} entries of the copy of the calendar, {certificate.cursors} cursors")
    say(f"  {certificate.addresses} hashes of addresses, {certificate.samples} files that wait for an agenda")
    parts = (
        ("follows with the daemon's next turn", certificate.follows),
        ("out of reach", certificate.out_of_reach),
        ("stays", certificate.stays),
    )
    for title, lines in parts:
        say(f"\n{title}")
        for line in lines or ("nothing",):
            say(f"  {line}")
