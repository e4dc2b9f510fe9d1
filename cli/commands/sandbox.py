"""`mentorsync sandbox`: both clouds on this machine."""

import errno
from pathlib import Path

import click

from cli.commands.daemon import instant_of
from cli.commands.options import made
from cli.output import talk
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
@click.option("--until", metavar="ISO", help="The virtual clock never passes this instant, such as 2027-05-17T00:00Z.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    callback=made,
    help="Where mentorsync.toml and its secret files are written.",
)
def serve(port: int, seed: int, people: str, until: str | None, out: Path) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Prints one JSON line when ready. Then run the service on it: mentorsync --config DIR/mentorsync.toml daemon
    """
    instant = instant_of(until) if until is not None else None
    if any(out.glob("*.db")):
        raise Refused(
            f"'{out}' holds the store of an earlier world, which a new one does not fit.",
            "Delete that folder, or give another by --out.",
        )
    from service.wiring import serve_sandbox

    talk(f"The sandbox's configuration is written into {out}.")
    try:
        serve_sandbox(port=port, seed=seed, people=people, until=instant, out=out)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise Refused(
            f"Port {port} cannot be had: {error.strerror}.", "Give another --port; 0 takes a free one."
        ) from None
