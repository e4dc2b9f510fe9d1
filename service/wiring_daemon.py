"""The composition root of the daemon: its lock, its listeners, and how it begins and ends."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urlsplit

from adapters.sqlite.lock import DaemonLock
from adapters.supervisor import Notifier
from adapters.system import SystemClock
from adapters.transport import Exchange
from adapters.webhook.hints import HintQueue
from adapters.webhook.tokens import Tokens
from domain.errors import Broken, MentorsyncError, Misconfigured
from domain.ports import Clock, Hints, KillPoints
from service.daemon import Daemon
from service.metrics import Metrics
from service.settings import Settings
from service.watching import Station
from service.wiring import open_house, secret_of, store_path


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
    tokens = Tokens(secret_of(settings))
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
    metrics = Metrics()
    with (
        DaemonLock(store_path(settings)),
        open_house(settings, create=True, providers=True, kill=kill, observe=_counting(metrics)) as house,
    ):
        if now is not None:
            house = replace(house, clock=FixedClock(now))
        if once:
            _run_once(Daemon(house, stopping))
            return
        supervisor = Notifier(os.environ)
        station = Station(metrics, supervisor)
        with _hints(settings, house.clock) as hints, _health(settings, station):
            daemon = Daemon(house, _told_once(stopping, supervisor.stopping), hints, station)
            daemon.start()
            daemon.run()


def _counting(metrics: Metrics) -> Callable[[Exchange], None]:
    """Count requests by method and status; their addresses are let go."""

    def count(exchange: Exchange) -> None:
        metrics.count("mentorsync_requests_total", method=exchange.method, status=str(exchange.status or 0))

    return count


def _told_once(stopping: Callable[[], bool], tell: Callable[[], None]) -> Callable[[], bool]:
    """Return the same question, which tells the supervisor when the answer is yes for the first time."""
    told: list[bool] = []

    def asked() -> bool:
        if stopping() and not told:
            told.append(True)
            tell()
        return bool(told)

    return asked


@contextmanager
def _health(settings: Settings, station: Station) -> Iterator[None]:
    """Answer on loopback as long as the block lasts, when that is configured."""
    station.metrics.show({"mentorsync_build_info": {version("mentorsync"): 1.0}, **_certificates(settings)})
    if settings.health is None:
        yield
        return
    from adapters.health import EXPOSITION, HealthListener, Page, verdict

    host, _, port = settings.health.listen.rpartition(":")
    pages = {
        "/livez": lambda: verdict(station.alive()),
        "/readyz": lambda: verdict(station.ready()),
        "/metrics": lambda: Page(HTTPStatus.OK, station.metrics.text(), EXPOSITION),
    }
    with HealthListener(host.strip("[]"), int(port), pages):
        yield


def _certificates(settings: Settings) -> dict[str, float | dict[str, float]]:
    file = settings.microsoft.certificate_file if settings.microsoft is not None else None
    if file is None:
        return {}
    from adapters.certificates import expiry_of

    return {"mentorsync_certificate_expires_timestamp_seconds": {"microsoft": expiry_of(file).timestamp()}}


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
