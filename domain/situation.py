"""Everything that `plan` looks at to say what follows.

One relationship, both people, and what is known of their time.
"""

from dataclasses import dataclass, field

from domain.charter import Role
from domain.interval import Interval
from domain.person import Person
from domain.relationship import Relationship


@dataclass(frozen=True, slots=True)
class Situation:
    """The state of the world as far as one relationship is concerned; `plan` only reads it.

    `busy` holds for each role the stretches that block that person's time, meetings of this relationship left out, or
    None when the calendar was never read: unknown is not free. `soft` are stretches that are tentative or not answered
    yet, and `away` those that are out of office, which also are in `busy`. `commitments` are times reserved for other
    relationships of the two that no calendar may show yet.
    """

    relationship: Relationship
    mentor: Person
    mentee: Person
    busy: dict[Role, tuple[Interval, ...] | None] = field(default_factory=dict)
    commitments: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    soft: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    away: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)

    def person(self, role: Role) -> Person:
        """Return one of the two people."""
        return self.mentor if role is Role.MENTOR else self.mentee

    @property
    def paused(self) -> bool:
        """Say whether one of the two asked for silence."""
        return self.mentor.paused or self.mentee.paused

    @property
    def calendars_known(self) -> bool:
        """Say whether both calendars were read at least once."""
        return all(self.busy.get(role) is not None for role in Role)

    def taken(self, role: Role) -> tuple[Interval, ...]:
        """Return all that blocks one person's time, what is tentative included."""
        return (*self.engaged(role), *self.soft.get(role, ()))

    def engaged(self, role: Role) -> tuple[Interval, ...]:
        """Return what surely blocks one person's time."""
        return (*(self.busy.get(role) or ()), *self.commitments.get(role, ()))
