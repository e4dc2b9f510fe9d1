"""`mentorsync plan`: reads the coming weeks of a relationship before they happen."""

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, local, say, table, talk, utc


@click.command(name="plan")
@click.argument("id")
@click.option("--weeks", type=click.IntRange(1, 52), default=6, show_default=True, help="How far to look ahead.")
@as_json
@click.pass_context
def command(ctx: click.Context, id: str, weeks: int, as_json: bool) -> None:
    """Show what will happen in the relationship ID, and when. Lines with "~" rest on assumed answers."""
    from service.queries_plan import outlook

    with opened_house(ctx) as house:
        ahead = outlook(house, id, weeks)
    if as_json:
        document("plan", ahead)
        return
    for obstacle in ahead.obstacles:
        talk(f"Note: {obstacle}.")
    if not ahead.coming:
        say(f"Nothing is to come before {utc(ahead.until)} UTC.")
        return
    headers = ("", "WHEN (UTC)", "WHAT", "MEETING", "STARTS FOR THE MENTOR", "STARTS FOR THE MENTEE", "CLAUSE")
    zones = ahead.zones["mentor"], ahead.zones["mentee"]
    rows = [
        (
            "~" if c.assumed else "!",
            utc(c.at),
            c.what,
            c.meeting,
            *(local(c.start, zone) for zone in zones),
            c.clause or "",
        )
        for c in ahead.coming
    ]
    table(headers, rows)
    say(f"\n! follows from what is known now   ~ assumes that {ahead.assumes}")
