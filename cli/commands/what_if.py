"""`mentorsync what-if`: lives a relationship's past again under another charter and shows what would have differed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands.charter_options import charter_options
from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, say, table, utc

if TYPE_CHECKING:
    from service.queries_what_if import WhatIf


@click.command(name="what-if")
@click.argument("id")
@charter_options
@as_json
@click.pass_context
def command(ctx: click.Context, /, id: str, as_json: bool, **terms: Any) -> None:
    """Show what would have been in the relationship ID had its charter said something else from the beginning.

    Give the terms that are to be others; nothing is recorded or sent.
    """
    from service.queries_what_if import what_if

    given = {name: value for name, value in terms.items() if value is not None and value is not False}
    with opened_house(ctx) as house:
        found = what_if(house, id, given)
    if as_json:
        document("what-if", found)
    else:
        _show(found)


def _show(found: WhatIf) -> None:
    follow = f"{found.derived} of {found.acts} recorded acts follow again from the charter that held"
    say(f"lived again up to {utc(found.until)} UTC; {follow}")
    say()
    table(("TERM", "WAS", "WOULD BE"), [(term.name, term.was, term.would_be) for term in found.terms])
    say()
    cycles = [(c.cycle, utc(c.was), c.was_state, utc(c.would_be), c.would_be_state) for c in found.cycles]
    table(("CYCLE", "WAS (UTC)", "STATE", "WOULD BE (UTC)", "STATE"), cycles)
    say()
    if found.differences:
        rows = [(utc(d.was), utc(d.would_be), d.what, d.clause) for d in found.differences]
        table(("WAS (UTC)", "WOULD BE (UTC)", "WHAT", "CLAUSE"), rows)
    else:
        say("Nothing would have differed.")
    if found.unfit:
        say(f"\nacts of people that would have had nothing to act on: {found.unfit}")
    say()
    for limit in found.limits:
        say(f"limit: {limit}")
