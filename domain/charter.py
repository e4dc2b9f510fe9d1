"""The charter: what a mentor and a mentee agree on about how their relationship works."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.errors import BadInput
from domain.hours import parse_hours


class Role(StrEnum):
    """One of the two people of a relationship."""

    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> "Role":
        """Return the other of the two."""
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class Organiser(StrEnum):
    """Who schedules, that is in whose calendar the meeting is created."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    SERVICE = "service"


class ConflictPolicy(StrEnum):
    """What happens to a meeting that one of the two cannot keep.

    Move it inside its cycle, or skip the cycle.
    """

    MOVE = "move"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Charter:
    """One version of the agreed terms; hours are weekly hours as text, each on its owner's own clock.

    `pins` names whose wall clock holds when the clocks change. `notice_hours` is how long before the start a meeting
    may last be arranged; `agenda_lead_hours` how long before the start the agenda reaches the mentor;
    `reply_promise_days` working days.
    """

    version: int
    cadence_days: int
    minutes: int
    mentor_hours: str
    mentee_hours: str
    pins: Role
    organiser: Organiser
    conflict: ConflictPolicy
    notice_hours: int
    agenda_lead_hours: int
    reply_promise_days: int

    def checked(self) -> "Charter":
        """Return itself, or raise BadInput for terms that cannot be; asked before a charter is recorded only."""
        for name, low, high in _LIMITS:
            if not low <= getattr(self, name) <= high:
                raise BadInput(
                    f"The charter's {name.replace('_', ' ')} must be from {low} to {high}.",
                    "Give a number inside these limits.",
                )
        parse_hours(self.mentor_hours)
        parse_hours(self.mentee_hours)
        return self

    @property
    def length(self) -> timedelta:
        """How long a meeting lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def cadence(self) -> timedelta:
        """How far apart meetings are meant to be."""
        return timedelta(days=self.cadence_days)

    @property
    def notice(self) -> timedelta:
        """How long before the start a meeting may last be arranged."""
        return timedelta(hours=self.notice_hours)

    @property
    def agenda_lead(self) -> timedelta:
        """How long before the start the agenda is due."""
        return timedelta(hours=self.agenda_lead_hours)

    def hours_of(self, role: Role) -> str:
        """Return the weekly hours of one of the two."""
        return self.mentor_hours if role is Role.MENTOR else self.mentee_hours

    def clause(self, name: str) -> str:
        """Return the citation of one clause of this version, such as "v1/agenda-lead"."""
        return f"v{self.version}/{name}"


_LIMITS = (
    ("version", 1, 10_000),
    ("cadence_days", 1, 366),
    ("minutes", 5, 480),
    ("notice_hours", 0, 24 * 30),
    ("agenda_lead_hours", 1, 24 * 14),
    ("reply_promise_days", 1, 60),
)
