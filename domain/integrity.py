"""What telling every stream of a store again has shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replayed:
    """One stream: how many events it has, a SHA-256 of them that is the same in every true copy, and what is wrong."""

    id: str
    kind: str
    events: int
    digest: str
    faults: tuple[str, ...] = ()
