"""One claimed effect and the ways it can end: what every kind of effect has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.by import By
from domain.effects import Effect
from domain.ledger import Claim, Reference
from domain.occasions import meeting_ref
from domain.relationship import Relationship
from domain.situation import Situation
from service.house import House


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed effect with the relationship it belongs to, freshly loaded."""

    claim: Claim
    relationship: Relationship
    situation: Situation
    now: datetime

    @property
    def name(self) -> tuple[str, str, str]:
        """Kind, occasion and recipient of the effect."""
        work = self.claim.work
        return (work.kind, work.occasion, work.recipient)

    @property
    def about(self) -> str:
        """The meeting or number that the effect's occasion names."""
        return meeting_ref(self.claim.work.occasion)

    def references(self, names: tuple[str, ...]) -> tuple[Reference, ...]:
        """Return what the outside world may name, as coming from this work."""
        return tuple(Reference(name, self.claim.work.subject, self.claim.work.key) for name in names)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known to have happened.

    How to record it, and under which names the outside world will speak of it.
    """

    record: Callable[[Relationship, By], None]
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Nobody can find out what happened; a person has to look."""

    reason: str


class Performer(Protocol):
    """One kind of effect."""

    def find(self, house: House, job: Job) -> Outcome | Held | None:
        """Return what an earlier attempt did, None when it did nothing, or Held when that cannot be told."""
        ...

    def perform(self, house: House, job: Job, effect: Effect) -> Outcome:
        """Do it now, with what is true now."""
        ...
