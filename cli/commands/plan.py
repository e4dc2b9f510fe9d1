"""`mentorsync plan`: reads the coming weeks of a relationship, or of the whole programme, before they happen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, local, say, table, talk, utc

if TYPE_CHECKING:
    from service.queries_plan import Coming, Outlook, ProgrammeOutlook

WEEKS = timedelta(weeks=6)
OF_ALL = timedelta(days=14)
LONGEST = timedelta(weeks=52)


def span_of(_: click.Context, __: click.Parameter, text: str | None) -> timedelta | None:
    """Return a time such as 14d or 2w, of at least a day and at most a year."""
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{1,3})([dw])", text.strip().lower())
    span = timedelta(**{"days" if found[2] == "d" else "weeks": int(found[1])}) if found else timedelta()
    if not timedelta() < span <= LONGEST:
        raise click.BadParameter(f"'{text}' is no such time. Write it like 14d or 2w, at most 52w.")
    return span


@click.command(name="plan")
@click.argument("id", required=False)
@click.option("--weeks", type=click.IntRange(1, 52), help="How far to look ahead, in weeks.  [default: 6]")
@click.option("--next", "span", metavar="TIME", callback=span_of, help="The same as a time, such as 14d or 2w.")
@as_json
@click.pass_context
def command(ctx: click.Context, id: str | None, weeks: int | None, span: timedelta | None, as_json: bool) -> None:
    """Show what will happen in the relationship ID, and when; without ID, in all of them, within 14 days.

    Lines with "~" rest on assumed answers.
    """
    if weeks is not None and span is not None:
        raise click.UsageError("Give either --weeks or --next.")
    asked = span if weeks is None else timedelta(weeks=weeks)
    from service.queries_plan import outlook, programme_outlook

    with opened_house(ctx) as house:
        ahead = programme_outlook(house, asked or OF_ALL) if id is None else outlook(house, id, asked or WEEKS)
    if as_json:
        document("plan" if id is not None else "plan.programme", ahead)
        return
    for obstacle in ahead.obstacles:
        talk(f"Note: {obstacle}.")
    _show(ahead)


def _show(ahead: Outlook | ProgrammeOutlook) -> None:
    if not ahead.coming:
        say(f"Nothing is to come before {utc(ahead.until)} UTC.")
        return
    from service.queries_plan import Outlook

    _show_pair(ahead) if isinstance(ahead, Outlook) else _show_all(ahead)
    say(f"\n! follows from what is known now   ~ assumes that {ahead.assumes}")


def _show_pair(ahead: Outlook) -> None:
    headers = ("", "WHEN (UTC)", "WHAT", "MEETING", "STARTS FOR THE MENTOR", "STARTS FOR THE MENTEE", "CLAUSE")
    zones = ahead.zones["mentor"], ahead.zones["mentee"]
    rows = [(*_what(c), c.meeting, *(local(c.start, zone) for zone in zones), c.clause or "") for c in ahead.coming]
    table(headers, rows)


def _show_all(ahead: ProgrammeOutlook) -> None:
    headers = ("", "WHEN (UTC)", "WHAT", "MENTOR", "MENTEE", "MEETING (UTC)", "ID")
    rows = [(*_what(one.coming), one.mentor, one.mentee, utc(one.coming.start), one.id[:8]) for one in ahead.coming]
    table(headers, rows)


def _what(coming: Coming) -> tuple[str, str, str]:
    return "~" if coming.assumed else "!", utc(coming.at), coming.what
