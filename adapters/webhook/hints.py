"""Carries hints from the listener's thread to the daemon's: each one once, however often it was said."""

from collections.abc import Callable, Iterable
from threading import Lock

from domain.push import Hint

MOST = 10_000


class HintQueue:
    """Hints that wait for the daemon; `ring` is called after new ones, so that a sleeping daemon wakes.

    Equal hints are kept once, and beyond MOST new ones are let go: polls find what they would have said.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._lock = Lock()
        self._waiting: set[Hint] = set()

    def put(self, hints: Iterable[Hint]) -> None:
        """Keep the hints; any thread may call this."""
        with self._lock:
            before = len(self._waiting)
            for hint in hints:
                if len(self._waiting) < MOST:
                    self._waiting.add(hint)
            news = len(self._waiting) > before
        if news:
            self._ring()

    def take(self) -> tuple[Hint, ...]:
        """Return all hints in the order of their owners and forget them."""
        with self._lock:
            taken, self._waiting = self._waiting, set()
        return tuple(sorted(taken))
