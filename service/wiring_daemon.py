"""The composition root of the daemon: its lock, its listeners, and how it begins and ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from adapters.keys import read_master_key
from adapters.sqlite.lock import DaemonLock
from adapters.system import SystemClock
from adapters.webhook.hints import HintQueue
from adapters.webhook.tokens import Tokens
from domain.errors import Broken, MentorsyncError, Misconfigured
from domain.ports import Clock, Hints, KillPoints
from service.daemon import Daemon
from service.settings import Settings
from service.wiring import open_house, store_path


@contextmanager
def _hints(settings: Settings, clock: Clock) -> Iterator[Hints]:
    """Listen for hints as long as the block lasts; when none are asked for, no port is opened and none ever come."""
    # A sandbox's clock does not sleep: it passes time from change to change, and hints are taken in between.
    queue = HintQueue(clock.ring if isinstance(clock, SystemClock) else lambda: None)
    if settings.push is None:
        yield queue
        return
    from adapters.webhook.listener import Listener

    host, _, port = settings.push.listen.rpartition(":")
    prefix = urlsplit(settings.push.public_url).path
    tokens = Tokens(read_master_key(settings.store.master_key_file))
    with Listener(host.strip("[]"), int(port), prefix, tokens, queue):
        yield queue


def run_daemon(
    settings: Settings,
    stopping: Callable[[], bool],
    once: bool = False,
    now: datetime | None = None,
    kill: KillPoints | None = None,
) -> None:
    """Hold the store's lock and work until `stopping`, or with `once` until nothing is due at `now` (default.

    At present).
    """
    with DaemonLock(store_path(settings)), open_house(settings, create=True, providers=True, kill=kill) as house:
        if now is not None:
            house = replace(house, clock=FixedClock(now))
        if once:
            _run_once(Daemon(house, stopping))
            return
        with _hints(settings, house.clock) as hints:
            daemon = Daemon(house, stopping, hints)
            daemon.start()
            daemon.run()


def _run_once(daemon: Daemon) -> None:
    """Whoever runs it now and then polls alone: nobody would be there to hear a hint."""
    daemon.start()
    daemon.run_due()
    _raise_worst(daemon.troubles)


def _raise_worst(troubles: list[Exception]) -> None:
    """What failed is put back and kept; whoever ran the daemon once hears of the worst of it."""
    bugs = [trouble for trouble in troubles if not isinstance(trouble, MentorsyncError)]
    refusals = [trouble for trouble in troubles if isinstance(trouble, (Broken, Misconfigured))]
    for group in (bugs, refusals, troubles):
        if group:
            raise group[-1]


class FixedClock:
    """A clock that stands at one instant, for a daemon that does what is due then and exits."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """Return the instant."""
        return self._instant

    def wait_until(self, due: datetime) -> tuple[str, ...]:
        """Return at once; time does not pass."""
        _ = due
        return ()
