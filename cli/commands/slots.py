"""`mentorsync slots`: the times at which two people could meet next."""

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, local, say, table, utc


@click.command(name="slots")
@click.argument("pair")
@click.option("--explain", is_flag=True, help="Say which constraint left how many starts.")
@as_json
@click.pass_context
def command(ctx: click.Context, pair: str, explain: bool, as_json: bool) -> None:
    """Show the times at which the two of the relationship PAIR could meet next, as their calendars were last read."""
    from service.queries_slots import slots

    with opened_house(ctx) as house:
        found = slots(house, pair)
    if as_json:
        document("slots", found)
        return
    say(f"meeting {found.meeting}, {found.minutes} minutes, as near as possible to {utc(found.target)} UTC")
    if found.yielded and found.starts:
        say(f"Nothing else was left, so the charter's clause {found.yielded} is used.")
    if explain:
        table(("STARTS LEFT", "AFTER"), [(left, name) for name, left in found.counters], indent="  ")
    if not found.starts:
        say(
            f"There is no time from {utc(found.earliest)} to {utc(found.latest)} UTC: "
            f"none is left after '{found.emptied_by}'. --explain counts them."
        )
        return
    zones = found.zones["mentor"], found.zones["mentee"]
    rows = [
        ("*" if start == found.chosen else "", utc(start), *(local(start, zone) for zone in zones))
        for start in found.starts
    ]
    table(("", "START (UTC)", "FOR THE MENTOR", "FOR THE MENTEE"), rows)
