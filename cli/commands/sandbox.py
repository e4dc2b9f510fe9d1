"""`mentorsync sandbox`: both clouds on this machine."""

import errno
from pathlib import Path

import click

from cli.commands.daemon import instant_of
from cli.commands.options import as_json, made
from cli.opening import settings_of
from cli.output import document, say, table, talk, utc
from domain.errors import Refused


@click.group(name="sandbox")
def command() -> None:
    """Serve both clouds on this machine, to try mentorsync without either."""


@command.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="The port on loopback; 0 takes a free one.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="What the world is made from; the same seed, the same world."
)
@click.option(
    "--people", type=click.Choice(["demo", "none"]), default="demo", show_default=True, help="Who lives in it."
)
@click.option("--willing", is_flag=True, help="They accept, agree and answer by themselves whatever asks for it.")
@click.option("--until", metavar="ISO", help="The virtual clock never passes this instant, such as 2027-05-17T00:00Z.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    callback=made,
    help="Where mentorsync.toml and its secret files are written.",
)
def serve(port: int, seed: int, people: str, willing: bool, until: str | None, out: Path) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Prints one JSON line when ready. Then run the service on it: mentorsync --config DIR/mentorsync.toml daemon
    """
    if willing and people == "none":
        raise click.UsageError("--willing says what people do, and --people none leaves none.")
    instant = instant_of(until) if until is not None else None
    if any(out.glob("*.db")):
        raise Refused(
            f"'{out}' holds the store of an earlier world, which a new one does not fit.",
            "Delete that folder, or give another by --out.",
        )
    from service.sandbox_people import willing_acts
    from service.wiring import serve_sandbox

    talk(f"The sandbox's configuration is written into {out}.")
    acts = willing_acts() if willing else []
    try:
        serve_sandbox(port=port, seed=seed, people=people, until=instant, out=out, acts=acts)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise Refused(
            f"Port {port} cannot be had: {error.strerror}.", "Give another --port; 0 takes a free one."
        ) from None


@command.command()
@click.argument("words", default="")
@as_json
@click.pass_context
def mails(ctx: click.Context, words: str, as_json: bool) -> None:
    """List the mails that reached the sandbox's people, or show those with WORDS in the subject whole."""
    settings = settings_of(ctx)
    from service.sandbox_people import arrived, sandbox_of
    from service.wiring import sandbox_world

    found = arrived(sandbox_world(sandbox_of(settings)), settings.service.address, words)
    if as_json:
        document("sandbox.mails", {"mails": found})
    elif not found:
        say("No such mail has arrived." if words else "No mail has arrived.")
    elif words:
        for mail in found:
            say(f"{utc(mail.at)} UTC, to {mail.to}\n{mail.subject}\n\n{mail.text.strip()}\n")
    else:
        table(("ARRIVED (UTC)", "TO", "SUBJECT"), [(utc(mail.at), mail.to, mail.subject) for mail in found])
