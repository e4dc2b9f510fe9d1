"""What the domain needs of a place for the bytes of work samples; `domain.ports` names it with the others."""

from collections.abc import Collection
from typing import Protocol


class Samples(Protocol):
    """The bytes of work samples, which `Streams.save` keeps, sealed under their owner's key, until an agenda took them
    along.
    """

    def sample(self, ref: str) -> bytes | None:
        """Return the bytes, or None when they are not kept or their owner has been forgotten."""
        ...

    def prune_samples(self, relationship: str, needed: Collection[str]) -> int:
        """Destroy what is kept for a relationship and not among those names; return how many that were."""
        ...
