"""`mentorsync history`: everything that happened in a relationship, one line each."""

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, table, utc


@click.command(name="history")
@click.argument("id")
@as_json
@click.pass_context
def command(ctx: click.Context, id: str, as_json: bool) -> None:
    """Show everything that happened in the relationship ID (or the beginning of it), oldest first."""
    from service.queries_history import history

    with opened_house(ctx) as house:
        past = history(house, id)
    if as_json:
        document("history", past)
        return
    headers = ("WHEN (UTC)", "WHO", "THROUGH", "WHAT", "CLAUSE")
    table(headers, [(utc(line.at), line.who, line.channel, line.what, line.clause) for line in past.events])
