"""Watches the daemon at work: one line of the log and its numbers for each unit of work, and whether it still turns."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import Protocol

import structlog

from domain.effects import EffectKind
from domain.errors import MentorsyncError
from domain.ledger import Claim
from domain.operating import Supervisor
from domain.rails import Stop
from service.calendar_standing import unread
from service.house import House
from service.inbox import PARKED
from service.inbox_standing import inbox_trouble
from service.metrics import Metrics
from service.parking import WHATS, parked
from service.push_standing import push_report
from service.rails import held, mails_wait, spent
from service.rows import LETTER, POLL_CALENDAR, POLL_INBOX, PROBE
from service.status import ledger_counts
from service.telling import FAMILIES, Told, canonical

log = structlog.get_logger()
STALLED_SECONDS = 300.0
"""A daemon that has not turned for so long is taken for stuck; one provider may keep it waiting for some minutes."""
LOOK_SECONDS = 30.0
TROUBLES = ("bug", "given-up", "unknown")
MAILS = (*(kind.value for kind in EffectKind if kind.is_mail), LETTER, PROBE)


class Watch(Protocol):
    """Whoever watches a daemon."""

    def worked(self, claim: Claim, told: Told, began: datetime, seconds: float) -> None:
        """One unit of work ended that began at that instant (UTC) and took so many real seconds."""
        ...

    def turned(self, house: House) -> None:
        """The daemon is between two units of work, or about to sleep."""
        ...


class Lines:
    """Watches for the log alone."""

    def worked(self, claim: Claim, told: Told, began: datetime, seconds: float) -> None:
        """Log the unit's line."""
        canonical(claim, told, began, seconds)

    def turned(self, house: House) -> None:
        """Do nothing."""
        _ = house


class Station:
    """Watches a daemon that runs for long: its lines, its numbers, its supervisor, and who asks whether it is well.

    `monotonic` returns real seconds that never go back. Gauges are read from the store at most every half minute, in
    the daemon's own thread; whoever asks gets what was last read.
    """

    def __init__(
        self, metrics: Metrics, supervisor: Supervisor, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.metrics = metrics
        for kind in MAILS:
            metrics.begin("mentorsync_sends_total", kind=kind)
        for kind, outcome in product(FAMILIES, TROUBLES):
            metrics.begin("mentorsync_work_total", kind=kind, outcome=outcome)
        self._supervisor = supervisor
        self._monotonic = monotonic
        self._turned: float | None = None
        self._looked: float | None = None
        self._trouble = "it has not begun to work yet"

    def worked(self, claim: Claim, told: Told, began: datetime, seconds: float) -> None:
        """Log the unit's line and count it."""
        canonical(claim, told, began, seconds)
        kind = claim.work.kind
        self.metrics.count("mentorsync_work_total", kind=kind, outcome=told.outcome)
        if told.outcome == "held":
            self.metrics.count("mentorsync_held_total", kind=kind)
        elif told.outcome == "found":
            self.metrics.count("mentorsync_duplicates_suppressed_total", kind=kind)
        elif told.outcome == "done" and kind in MAILS:
            self.metrics.count("mentorsync_sends_total", kind=kind)
        elif told.outcome == "done" and kind in tuple(EffectKind):
            self.metrics.count("mentorsync_calendar_writes_total", kind=kind)

    def turned(self, house: House) -> None:
        """Say that the daemon still works; now and then read how things stand."""
        now = self._monotonic()
        self.metrics.count("mentorsync_turns_total")
        if self._looked is None or now - self._looked >= LOOK_SECONDS:
            self._look(house)
            self._looked = now
        if self._turned is None:
            self._supervisor.ready()
        self._turned = now
        self._supervisor.alive()

    def _look(self, house: House) -> None:
        """What cannot be read makes the daemon unready; it goes on, for whatever is wrong may pass."""
        try:
            house.ledger.hasten([], house.now())
            self.metrics.show(gauges(house))
        except MentorsyncError as trouble:
            self._trouble = trouble.problem
        except Exception as bug:
            # Whoever watches must not be what stops the work; it is told, and the daemon is unready until it is mended.
            log.error("gauges.bug", exc_info=bug)
            self._trouble = f"an error of this program ({type(bug).__name__})"
        else:
            self._trouble = ""

    def alive(self) -> str:
        """Return why the daemon does not seem to work any more, or nothing."""
        if self._turned is None:
            return ""
        silent = self._monotonic() - self._turned
        return "" if silent < STALLED_SECONDS else f"it has not turned for {int(silent)} seconds"

    def ready(self) -> str:
        """Return why the daemon cannot do its work now, or nothing."""
        return self._trouble or self.alive()


def gauges(house: House) -> dict[str, float | dict[str, float]]:
    """Return how a house stands in numbers; people are looked at only where push is on."""
    now, stopped, full = house.now(), house.stopped(), mails_wait(house)
    outbox = ledger_counts(house, now)
    return {
        "mentorsync_outbox_due": outbox.due,
        "mentorsync_outbox_oldest_seconds": outbox.oldest_due_seconds,
        "mentorsync_outbox_postponed": outbox.postponed,
        "mentorsync_outbox_postponed_oldest_seconds": outbox.oldest_postponed_seconds or 0,
        "mentorsync_outbox_unknown": outbox.unknown,
        "mentorsync_outbox_given_up": outbox.given_up,
        "mentorsync_outbox_held": len(held(house)),
        "mentorsync_parked": {
            **dict.fromkeys(WHATS, 0.0),
            **Counter(row.what for row in parked(house)),
        },
        "mentorsync_parked_oldest_seconds": _age(house.ledger.next_due([PARKED]), now),
        "mentorsync_poll_lag_seconds": _age(house.ledger.next_due([POLL_CALENDAR, POLL_INBOX]), now),
        "mentorsync_calendars_failing": len(unread(house)),
        "mentorsync_inbox_failing": float(bool(inbox_trouble(house))),
        "mentorsync_stopped": {stop.name.lower(): float(stopped is stop) for stop in Stop},
        "mentorsync_mails_full": float(full is not None),
        "mentorsync_mails_of_day": sum(mails for _, mails in spent(house).at(now).hours),
        "mentorsync_push_missing": 0 if stopped or house.hook is None else _missing(house),
        "mentorsync_looked_timestamp_seconds": now.timestamp(),
    }


def _missing(house: House) -> int:
    return len(push_report(house, house.streams.summaries("person")).missing)


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(timedelta(), now - since).total_seconds()
