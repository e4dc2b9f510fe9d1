"""`mentorsync why`: the chain from the clause of the charter to what left the house, or did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, pairs, say, utc

if TYPE_CHECKING:
    from service.queries_why import Because, Choice, Row


@click.command(name="why")
@click.argument("id")
@click.argument("what", required=False)
@as_json
@click.pass_context
def command(ctx: click.Context, id: str, what: str | None, as_json: bool) -> None:
    """Explain why something was sent, booked or left out in the relationship ID.

    WHAT is a kind (request, charter, preparation, agenda, held-question, follow-up, chase, notice, book, move, cancel,
    meeting) or a meeting such as 3.1; without it everything is explained.
    """
    from service.queries_why import why

    with opened_house(ctx) as house:
        reasons = why(house, id, what)
    if as_json:
        document("why", reasons)
        return
    if reasons.ended is not None:
        say(f"{reasons.status}: {reasons.ended.what} ({utc(reasons.ended.at)} UTC)\n")
    for choice in reasons.meetings:
        _choice(choice)
    for because in reasons.effects:
        _because(because)


def _choice(choice: Choice) -> None:
    left_out = choice.chosen is None
    say(f"meeting {choice.ref}: {'left out' if left_out else f'planned for {utc(choice.chosen)} UTC'}")
    found = f"{choice.starts} possible starts; the nearest to the target was taken"
    rows: list[tuple[str, object]] = [
        ("because", _clause(choice.clause, choice.says)),
        ("target", f"{utc(choice.target)} UTC"),
        ("found", "no possible start" if left_out else found),
        *(("", f"{left} {name}") for name, left in choice.counters),
    ]
    if choice.tzdata:
        rows.append(("time zones", f"tzdata {choice.tzdata}"))
    rows += [("then", f"{utc(line.at)} UTC  {line.who}: {line.what}") for line in choice.story]
    pairs(rows, indent="  ")
    say()


def _because(because: Because) -> None:
    say(f"{because.what}: {because.verdict}")
    rows: list[tuple[str, object]] = []
    if because.cause is not None:
        cause = because.cause
        rows.append(("follows from", f"{utc(cause.at)} UTC  {cause.who}: {cause.what}"))
    rows.append(("because", _clause(because.clause, because.says)))
    if because.row is not None:
        rows.append(("ledger", _row(because.row)))
    if because.ending is not None:
        rows.append(("recorded", f"{utc(because.ending.at)} UTC  {because.ending.what}"))
        if because.ending.message_id:
            rows.append(("message", because.ending.message_id))
    pairs(rows, indent="  ")
    say()


def _clause(clause: str | None, says: str) -> str:
    return f"{says} ({clause})" if clause else "an administrator said so"


def _row(row: Row) -> str:
    reason = f"; {row.reason}" if row.reason else ""
    expires = f", useless after {utc(row.expires)} UTC" if row.expires else ""
    return f"{row.state.replace('_', ' ')}, attempts {row.attempts}, due {utc(row.due)} UTC{expires}{reason}"
