"""Everything that `plan` looks at to say what follows.

One relationship, both people, and what is known of their time.
"""

from dataclasses import dataclass, field
from datetime import datetime

from domain.charter import Organiser, Role
from domain.interval import Interval
from domain.notebook import NoteMark
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship


@dataclass(frozen=True, slots=True)
class HandMade:
    """A coming appointment of exactly the two that no stream accounts for, as its organiser's calendar shows it.

    `event_id` is its id there; `accepted` and `declined` are what a guest said to it. `ours` says that we once made the
    event: it was given up or is over, and somebody took it back from the bin or dragged it to a day to come.
    """

    time: Interval
    organiser: Organiser
    event_id: str
    ical_uid: str
    accepted: bool
    declined: bool
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The state of the world as far as one relationship is concerned; `plan` only reads it.

    `busy` holds for each role the stretches that block that person's time, meetings of this relationship left out, or
    None when the calendar was never read: unknown is not free. `soft` are stretches that are tentative or not answered
    yet. `away` are the stretches in which a person is out of office by her calendar, were it for an hour, known whether
    a time is asked for or not. `commitments` are times reserved for other relationships of the two that no calendar may
    show yet; `yields` are those of them that stay where they are when the standing meeting of this one meets them.
    `handmade` are the coming appointments that the two made by themselves, and `third_person` says that somebody else
    was invited to the standing meeting. `speaks_for` are those of the two whom mails about themselves reach from this
    relationship, and not from another one of theirs. `siblings` are the other relationships of the two that need a time
    now, as they are without siblings of their own. `mailed` are the
    instants at which mails that count left for each of the two within a week, from all their relationships. `hints` are
    the marks of what each noted privately about the other: numbers and days, and no words. `considered` is since when
    somebody else considers the mentor, where this mentee may be asked about her (else None); `told` is what each of the
    mentor's other mentees says, for one who considers her. `held` says why nothing
    leaves now for a recipient (a role or "calendar"), whatever is wanted. `hears` says whether the service's own
    mailbox is read up to now, so that no answer lies in it unread; None where nobody listens, as in a forecast.
    """

    relationship: Relationship
    mentor: Person
    mentee: Person
    busy: dict[Role, tuple[Interval, ...] | None] = field(default_factory=dict)
    commitments: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    soft: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    away: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    yields: dict[Role, tuple[Interval, ...]] = field(default_factory=dict)
    handmade: tuple[HandMade, ...] = ()
    third_person: bool = False
    siblings: tuple["Situation", ...] = ()
    speaks_for: frozenset[Role] = frozenset()
    mailed: dict[Role, tuple[datetime, ...]] = field(default_factory=dict)
    hints: dict[Role, tuple[NoteMark, ...]] = field(default_factory=dict)
    considered: datetime | None = None
    told: tuple[tuple[Personal, ...], ...] = ()
    held: dict[str, str] = field(default_factory=dict)
    hears: bool | None = None

    def person(self, role: Role) -> Person:
        """Return one of the two people."""
        return self.mentor if role is Role.MENTOR else self.mentee

    def first_name(self, role: Role) -> str:
        """Return how mails speak of one of the two; who was forgotten is a mentor or a mentee without a name."""
        person = self.person(role)
        return role.value.capitalize() if person.name.text is None else person.first_name

    def hours_of(self, role: Role) -> str:
        """Return the weekly hours of one of the two: the charter's, or her own if she changed them since it counts."""
        person = self.person(role)
        changed = person.hours_since is not None and person.hours_since > self.relationship.settled_at
        return person.hours if changed else self.relationship.charter.hours_of(role)

    @property
    def paused(self) -> bool:
        """Say whether nothing is arranged: one of the two asked for silence, or an administrator lets the pair rest."""
        return bool(self.silent) or self.halted

    @property
    def silent(self) -> tuple[Role, ...]:
        """Return who asked for silence and hears nothing at all; who has left hears nothing anyway."""
        return tuple(role for role in Role if self.person(role).paused and not self.person(role).left)

    @property
    def halted(self) -> bool:
        """Say whether an administrator lets the pair rest until somebody resumes: nothing leaves for either."""
        rest = self.relationship.rest
        return rest is not None and rest.open and rest.role is None

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
