"""`mentorsync health`: what strains a relationship, as facts of both."""

from __future__ import annotations

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, say, table, utc


@click.command(name="health")
@click.argument("id")
@as_json
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:
    """Show what strains a relationship, as facts of both; there is no score.

    ID may be the beginning of the id. What one of the two left unanswered shows from a dead end on only, because the
    silent one hears of it first.
    """
    from service.queries_health import health_view

    with opened_house(ctx) as house:
        view = health_view(house, id)
    if as_json:
        document("health", view)
        return
    say(f"relationship {view.id}: {view.status.replace('_', ' ')}")
    for role, why in view.suspended.items():
        say(f"nothing is noted of the {role} at present: {why}")
    if view.facts:
        table(("WHEN (UTC)", "WHOSE", "CYCLE", "WHAT"), [(utc(f.at), f.who, f.cycle, f.says) for f in view.facts])
    else:
        say("nothing strains it")
