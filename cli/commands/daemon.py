"""`mentorsync daemon`: the service itself."""

from __future__ import annotations

import logging
import signal
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

import click

from cli.logs import log_to_stderr
from cli.opening import settings_of

if TYPE_CHECKING:
    from types import FrameType


@click.command(name="daemon")
@click.option("--once", is_flag=True, help="Do all that is due and end.")
@click.option(
    "--now", "instant", metavar="ISO", help="With --once: do what is due at this instant, such as 2027-03-01T09:00Z."
)
@click.option("--verbose", is_flag=True, help="Log polls and reviews that went well, too.")
@click.pass_context
def command(ctx: click.Context, once: bool, instant: str | None, verbose: bool) -> None:
    """Run the service: read, plan, send, until SIGTERM or Ctrl-C; what is in hand is finished first."""
    if instant is not None and not once:
        raise click.UsageError("--now goes with --once alone.")
    now = instant_of(instant) if instant is not None else None
    settings = settings_of(ctx)
    from service.wiring_daemon import run_daemon

    log_to_stderr(logging.DEBUG if verbose else logging.INFO)
    stop = StopSignals()
    run_daemon(settings, stop.came, once=once, now=now)
    if stop.interrupted:
        raise KeyboardInterrupt


def instant_of(text: str) -> datetime:
    """Return the instant that the text means; it must carry its offset."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"'{text}' is no instant. Write it like 2027-03-01T09:00Z.") from None
    if instant.tzinfo is None:
        raise click.BadParameter(f"'{text}' has no offset. Write it like 2027-03-01T09:00Z.")
    return instant


class StopSignals:
    """Remembers that SIGTERM or SIGINT came; a second SIGINT ends the process at once."""

    def __init__(self) -> None:
        self._stop = Event()
        self.interrupted = False
        signal.signal(signal.SIGTERM, self._on)
        signal.signal(signal.SIGINT, self._on)

    def came(self) -> bool:
        """Say whether the process is asked to stop."""
        return self._stop.is_set()

    def _on(self, number: int, frame: FrameType | None) -> None:
        _ = frame
        self._stop.set()
        if number == signal.SIGINT:
            self.interrupted = True
            signal.signal(signal.SIGINT, signal.default_int_handler)
