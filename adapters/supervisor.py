"""Tells systemd how the daemon does, over the datagram socket that it names (sd_notify(3)); without one, nobody."""

import socket
import time
from collections.abc import Callable, Mapping

import structlog

log = structlog.get_logger()


class Notifier:
    """See the Supervisor port. `environ` is the process's own: NOTIFY_SOCKET, WATCHDOG_USEC.

    A message that cannot be delivered is let go: the daemon's work does not depend on who watches it.
    """

    def __init__(self, environ: Mapping[str, str], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._socket = environ.get("NOTIFY_SOCKET", "")
        # systemd kills after WATCHDOG_USEC; half of that is its own advice (sd_watchdog_enabled(3)).
        self._every = int(environ.get("WATCHDOG_USEC", "0") or "0") / 2_000_000
        self._monotonic = monotonic
        self._told: float | None = None

    def ready(self) -> None:
        """Say READY=1."""
        self._say("READY=1")

    def alive(self) -> None:
        """Say WATCHDOG=1 as often as it is needed, when somebody asked for it."""
        now = self._monotonic()
        if self._every and (self._told is None or now - self._told >= self._every / 2):
            self._told = now
            self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """Say STOPPING=1."""
        self._say("STOPPING=1")

    def _say(self, message: str) -> None:
        if not self._socket:
            return
        # A name that begins with "@" is in the abstract namespace, whose names begin with a zero byte.
        address = f"\0{self._socket[1:]}" if self._socket.startswith("@") else self._socket
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.sendto(message.encode(), address)
        except OSError as error:
            log.warning("supervisor.unreachable", trouble=type(error).__name__)
