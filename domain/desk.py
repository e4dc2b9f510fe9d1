"""What whoever writes a mail has before her."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.charter import Role
from domain.effects import Effect
from domain.hours import zone_named
from domain.interval import Interval
from domain.letters import LocalClock, MeetingTime
from domain.meeting import Meeting
from domain.situation import Situation
from domain.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Desk:
    """What a writer has before her: the situation, the effect that wants a mail, and the programme's name.

    `unreached` are addresses of the reader's delegates to which no mail may go.
    """

    situation: Situation
    effect: Effect
    programme: str
    unreached: frozenset[str] = frozenset()

    @property
    def reader(self) -> Role:
        """Who will read it."""
        return Role(self.effect.recipient)

    def name(self, role: Role) -> str:
        """Return the first name of one of the two."""
        return self.situation.first_name(role)

    @property
    def meeting(self) -> Meeting:
        """The meeting that the mail is about."""
        return self.situation.relationship.meeting(self.effect.about)

    def zone(self, role: Role, instant: datetime) -> str:
        """Return by which zone's clock one of the two lives at that instant: at home, or where she travels."""
        person = self.situation.person(role)
        return Timetable(person.zone, person.hours, person.travels).zone_at(instant)

    def day(self, instant: datetime) -> date:
        """Return which day it is for the reader at that instant, on her clock at home."""
        return instant.astimezone(zone_named(self.situation.person(self.reader).zone)).date()

    def end_of_rest(self) -> date | None:
        """Return the reader's day on which the pause of the two ends, None where there is none or it has no end."""
        rest = self.situation.relationship.rest
        return self.day(rest.until) if rest is not None and rest.until is not None else None

    def time(self, time: Interval) -> MeetingTime:
        """Return when a meeting is, on the clocks of both, the reader's own first."""
        clocks = tuple(
            LocalClock(self.name(role), self.zone(role, time.start)) for role in (self.reader, self.reader.other)
        )
        return MeetingTime(time.start, int((time.end - time.start).total_seconds()) // 60, clocks)
