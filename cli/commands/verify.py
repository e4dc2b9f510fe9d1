"""`mentorsync verify`: tells every stream again and compares what comes of it with the store's tables."""

from collections import Counter

import click

from cli.commands.options import as_json
from cli.errors import ExitCode
from cli.opening import settings_of
from cli.output import document, say, table, talk


@click.command(name="verify")
@as_json
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Tell every stream again from its events, and compare it with what the store shows of it.

    Prints a digest for each stream. What is wrong is said for each, and the exit code is 10.
    """
    from service.wiring import check_store, verify_store

    settings = settings_of(ctx)
    damage, found = check_store(settings), verify_store(settings)
    counts = dict(sorted(Counter(stream.kind for stream in found).items()))
    if as_json:
        document("verify", {"damage": damage, "counts": counts, "streams": found})
    else:
        table(
            ("STREAM", "KIND", "EVENTS", "SHA-256", "WRONG"),
            [(s.id, s.kind, s.events, s.digest, "; ".join(s.faults)) for s in found],
        )
        for line in damage:
            say(line)
    wrong = sum(bool(stream.faults) for stream in found)
    if wrong or damage:
        talk(
            f"The store is damaged: {wrong} of {len(found)} streams. Stop the daemon and restore the last good backup."
        )
        return ExitCode.STORE_MISSING
    talk(f"All {len(found)} streams tell what the store shows.")
    return ExitCode.DONE
