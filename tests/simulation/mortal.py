"""Ports whose every write is a moment to die in: right before it, and right after it while nobody knows of it yet."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.simulation.instruments import PowerCut, Tell

WRITES = {
    "calendar": ("book", "move", "cancel", "remove"),
    "mailbox": ("draft", "send"),
    "streams": ("save", "erase"),
    "ledger": ("claim", "note", "settle", "hasten", "ensure", "void_leases"),
    "cache": ("replace",),
}
FIRST, LATER = 0.5, 0.008
"""How likely the first passing of a moment is deadly, and each later one."""
CERTAIN = ("after calendar.book", "after mailbox.send")
"""Something has left and nobody knows it: every life dies there once, and a sender that does not look doubles it."""


@dataclass
class Fate:
    """Decides by chance in which of the named moments the daemon dies; `died` counts them by name.

    It is a kill point of the service as well. Once it is `over` nothing is deadly any more.
    """

    chance: Random
    tell: Tell
    over: bool = False
    passed: Counter[str] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)

    def at(self, name: str) -> None:
        """Pass the named moment or die in it."""
        if self.over:
            return
        self.passed[name] += 1
        first = self.passed[name] == 1
        if (first and name in CERTAIN) or self.chance.random() < (FIRST if first else LATER):
            self.died[name] += 1
            self.tell(f"the daemon dies at {name!r}")
            raise PowerCut


class Mortal:
    """A port, of which each write may be the last thing that the daemon did."""

    def __init__(self, port: str, inner: Any, fate: Fate) -> None:
        self._port, self._inner, self._fate = port, inner, fate

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)
        if name not in WRITES[self._port]:
            return method

        def write(*given: Any, **named: Any) -> Any:
            self._fate.at(f"before {self._port}.{name}")
            done = method(*given, **named)
            self._fate.at(f"after {self._port}.{name}")
            return done

        return write
