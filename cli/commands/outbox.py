"""`mentorsync outbox`: what is about to leave the house, and what is in doubt."""

import click

from cli.commands.options import as_json
from cli.opening import opened_house
from cli.output import document, table, talk, utc

EMPTY = "Nothing waits in the outbox. What the daemon will put there next is shown by: mentorsync plan ID"
STATES = ("open", "done", "dropped", "unknown", "given_up", "expired")


@click.group(name="outbox", invoke_without_command=True)
@click.option(
    "--state", type=click.Choice(STATES), help="Only rows of this state; without it open, unknown and given up."
)
@as_json
@click.pass_context
def command(ctx: click.Context, state: str | None, as_json: bool) -> None:
    """Show what is about to leave the house, and settle what is in doubt."""
    if ctx.invoked_subcommand is not None:
        return
    from service.queries_outbox import outbox

    with opened_house(ctx) as house:
        rows = outbox(house, state)
    if as_json:
        document("outbox", {"rows": rows})
    elif rows:
        headers = ("STATE", "DUE (UTC)", "ATTEMPTS", "WHAT", "REASON", "KEY")
        table(headers, [(r.state, utc(r.due), r.attempts, r.what, r.reason, r.key) for r in rows])
    else:
        talk(f"No row is {state}." if state else EMPTY)


@command.command()
@click.argument("key")
@click.option("--sent/--resend", "sent", default=None, help="It did leave, or it is to be tried again.")
@click.pass_context
def resolve(ctx: click.Context, key: str, sent: bool | None) -> None:
    """Decide what became of an unknown effect.

    KEY is that of a row that is unknown or given up, or the beginning of it. Look into the service's mailbox first.
    """
    from service.queries_outbox import resolve as decide

    if sent is None:
        raise click.UsageError("Say what is known: --sent when it did leave, --resend to try again.")
    with opened_house(ctx) as house:
        key = decide(house, key, sent)
    talk(f"{key} {'counts as sent' if sent else 'is tried again by the daemon'}.")
