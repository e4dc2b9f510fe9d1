"""`mentorsync as-of`: shows a relationship as it was known on an earlier day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, say, table, utc

if TYPE_CHECKING:
    from service.queries_as_of import AsOf


@click.command(name="as-of")
@click.argument("date")
@click.argument("id")
@as_json
@click.pass_context
def command(ctx: click.Context, date: str, id: str, as_json: bool) -> None:
    """Show the relationship ID as it was known at the end of DATE (in UTC), or at an instant such as 2027-03-01T09:00Z.

    Everything comes from the events up to then, so asking again gives the same answer for ever; only what was
    forgotten since reads "[erased]".
    """
    from cli.commands.relationship import show_view
    from service.queries_as_of import as_of

    with opened_house(ctx) as house:
        known = as_of(house, date, id)
    if as_json:
        document("as-of", known)
        return
    say(f"as known at {utc(known.at)} UTC{f', the end of {known.day} in UTC' if known.day else ''}\n")
    show_view(known.relationship)
    _more(known)


def _more(known: AsOf) -> None:
    say("\nmails that had left")
    table(("WHEN (UTC)", "WHAT"), [(utc(mail.at), mail.what) for mail in known.mails], indent="  ")
    say("\ntimes that had been searched")
    searches = [(utc(s.at), s.meeting, utc(s.chosen), len(s.starts)) for s in known.searches]
    table(("WHEN (UTC)", "MEETING", "CHOSEN (UTC)", "POSSIBLE STARTS"), searches, indent="  ")
    say("\nwhat the plan would have said then")
    table(("DUE (UTC)", "WHAT", "CLAUSE"), [(utc(w.due), w.what, w.clause) for w in known.plan], indent="  ")
    for gap in known.not_known:
        say(f"not known: {gap}")
