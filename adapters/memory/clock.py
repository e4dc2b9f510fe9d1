"""A clock that a test or a simulation moves by hand, and ids in a fixed order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from adapters.memory.world import MemoryWorld


class ManualClock:
    """The clock of a memory world: time stands still until someone waits or advances."""

    def __init__(self, world: MemoryWorld) -> None:
        self._world = world

    def now(self) -> datetime:
        """Return the world's present instant."""
        return self._world.now

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until `due` or the next change in the world and return the changed accounts."""
        return self._world.advance_to(due)

    def advance(self, by: timedelta) -> Sequence[str]:
        """Let at most `by` pass, stopping at the next change in the world."""
        return self._world.advance_to(self._world.now + by)


class SequentialIds:
    """Ids that are the same on every run with the same seed and differ between seeds."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._count = 0

    def new(self) -> UUID:
        """Return the next id of the sequence."""
        self._count += 1
        return uuid5(NAMESPACE_OID, f"mentorsync-{self._seed}-{self._count}")
