"""Remembers which mailboxes a provider wants left alone, and until when, so that they are not even asked."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import TryLater

FIRST = timedelta(seconds=5)
_HOUR = timedelta(hours=1)
_DOUBLINGS = 12
WHOLE = ""
"""The mailbox that stands for the provider as a whole; what it must wait for, all must."""


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests to one mailbox in so much time; more are refused by the provider."""

    requests: int
    per: timedelta


@dataclass(slots=True)
class _Standing:
    """How one mailbox stands: requests used since the budget began, until when to wait, refusals in a row."""

    used: int = 0
    since: datetime | None = None
    until: datetime | None = None
    streak: int = 0


class Patience:
    """One provider's mailboxes under one budget each. Safe to share between threads.

    `now` is asked only where it matters: at the budget's ends and while somebody waits.
    """

    def __init__(self, budget: Budget, now: Callable[[], datetime]) -> None:
        self._budget = budget
        self._now = now
        self._standings: dict[str, _Standing] = {}
        self._lock = threading.Lock()

    def spend(self, mailbox: str) -> None:
        """Take one request out of the mailbox's budget; TryLater when it has to be left alone, then nothing is sent."""
        with self._lock:
            for name in dict.fromkeys((WHOLE, mailbox)):
                self._wait(self._standing(name))
            if mailbox != WHOLE:
                self._use(self._standing(mailbox))

    def heard(self, mailbox: str) -> None:
        """It answered as usual, so its next refusal is a first one again."""
        with self._lock:
            self._standing(mailbox).streak = 0

    def refused(self, mailbox: str, asked: datetime | None, first: timedelta = FIRST) -> datetime:
        """It asked for patience, until `asked` if it said so; return until when it is left alone.

        Some providers always say one second, so our own pause counts when it is longer: `first`, doubled with every
        refusal in a row, up to an hour or eight times `first`.
        """
        with self._lock:
            standing, now = self._standing(mailbox), self._now()
            pause = min(first * (1 << min(standing.streak, _DOUBLINGS)), max(_HOUR, 8 * first))
            standing.streak += 1
            standing.until = max(now + pause, asked or now, standing.until or now)
            return standing.until

    def _standing(self, mailbox: str) -> _Standing:
        return self._standings.setdefault(mailbox, _Standing())

    def _wait(self, standing: _Standing) -> None:
        if standing.until is None:
            return
        if self._now() < standing.until:
            raise _later("The provider asked for patience with a mailbox.", standing.until)
        standing.until = None

    def _use(self, standing: _Standing) -> None:
        if standing.since is None or standing.used >= self._budget.requests:
            now = self._now()
            if standing.since is not None and now < standing.since + self._budget.per:
                raise _later("A mailbox was asked as often as its provider allows.", standing.since + self._budget.per)
            standing.used, standing.since = 0, now
        standing.used += 1


def _later(problem: str, until: datetime) -> TryLater:
    return TryLater(problem, "Nothing to do: it is tried again.", until)
