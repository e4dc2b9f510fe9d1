"""`mentorsync tz`: what new rules of time zones mean for meetings that were agreed on before."""

import click

from cli.commands.options import as_json, dry_run
from cli.opening import opened_house
from cli.output import document, say, table, talk, utc


@click.group(name="tz")
def command() -> None:
    """Look after new rules of time zones."""


@command.command(name="recheck")
@dry_run
@as_json
@click.pass_context
def recheck(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Hold every coming meeting's wall clock against the present rules; ask the calendars where they show it.

    A meeting that its calendar shows at the new instant is recorded there, and both are told. No other is changed.
    """
    from service.rehearsal import rehearsed
    from service.zone_recheck import recheck

    with opened_house(ctx, providers=True) as house:
        found, tzdata = recheck(rehearsed(house) if dry_run else house), house.identity.tzdata
    if as_json:
        document("tz-recheck", {"tzdata": tzdata, "meetings": found})
        return
    say(f"Time zone rules {tzdata}: {len(found)} coming meetings mean another instant than they did.")
    rows = [(f.relationship[:8], f.meeting, f.zone, utc(f.was), utc(f.by_rules), f.outcome, f.reason) for f in found]
    if rows:
        table(("PAIR", "MEETING", "ZONE", "WAS (UTC)", "BY THE RULES", "OUTCOME", "WHY"), rows)
    if dry_run:
        talk("Nothing was recorded.")
