"""What strains a relationship, as plain facts of both people in the same words; there is no score anywhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.charter import Role


class FactKind(StrEnum):
    """What can be noted of either of the two, each measured by what the charter says."""

    LATE_DECLINE = "late_decline"
    MOVED = "moved"
    SILENCE = "silence"
    NO_AGENDA = "no_agenda"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened in a cycle at `at` (UTC), of which no leave, pause or outage of ours is the reason.

    `about` names what it is about and nobody: a meeting, a meeting at a time, a mail of ours, or a cycle.
    """

    kind: FactKind
    role: Role
    cycle: int
    about: str
    at: datetime

    @property
    def name(self) -> tuple[FactKind, Role, str]:
        """What distinguishes it inside its relationship."""
        return (self.kind, self.role, self.about)


class Choice(StrEnum):
    """What the mentee can say to a suspected dead end without ending anything."""

    KEEP = "keep"
    OPENLY = "openly"


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A few cycles in a row that led nowhere, for reasons that lie with `role`; `evidence` are the facts.

    `choice` is what the mentee said to it, None while she has not.
    """

    number: int
    role: Role
    evidence: tuple[Fact, ...]
    at: datetime
    choice: Choice | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A relationship that became a network contact at `since` (UTC); `wishes` are who wants it back, and since when.

    With `after_leaving` the mentor had left the organisation before, and agreed to an address of her own.
    """

    since: datetime
    wishes: tuple[tuple[Role, datetime], ...] = ()
    after_leaving: bool = False


@dataclass(frozen=True, slots=True)
class Revival:
    """When a network contact became mentoring again, by the word of both; `first` is who wished it first."""

    at: datetime
    first: Role
