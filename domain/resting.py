"""How one relationship rests for a while and goes on; the other relationships of the two do not notice."""

from datetime import date, datetime, timedelta

from domain import meeting_events, rest_events
from domain.by import By
from domain.charter import Role
from domain.errors import Refused
from domain.relationship_state import ENDED, RelationshipState
from domain.timetable import midnight

LONGEST = timedelta(days=366)
REASON = "the mentoring rests"


class Resting(RelationshipState):
    """The decisions about a rest; every one may be repeated and then changes nothing."""

    def rest_until(self, day: date | None, zone: str, role: Role | None, by: By) -> None:
        """Nothing is sent or arranged until that day begins in that zone, and a meeting that would be in between is
        given up.

        Without a day it is until the one of the two who asked for it wants to go on, and no meeting is left standing;
        an administrator's ends by an administrator, and leaves standing what stands.
        """
        until = midnight(day, zone) if day is not None else None
        self._check_rest(until, role, by)
        if self.rest is not None and self.rest.until == until and (role is not None or self.rest.role is None):
            return
        if until is not None or role is not None:
            self._give_up_until(until, by)
        self.record(rest_events.RestBegan, until=until, role=role, by=by)

    def go_on(self, by: By, role: Role | None = None) -> None:
        """The rest is over; what became useless meanwhile is not made up for.

        One without an end is ended by whoever of the two asked for it, `role`, or by an administrator.
        """
        if role is not None and self.rest is not None and self.rest.open and self.rest.role is not role:
            raise Refused("The other one asked for the pause.", "It goes on when she says so.")
        if self.rest is not None:
            self.record(rest_events.RestEnded, by=by)

    def come_back(self, role: Role, by: By) -> None:
        """Whoever wants mails again wants the pause over that she asked for without an end."""
        if self.rest is not None and self.rest.open and self.rest.role is role:
            self.go_on(by, role)

    def _check_rest(self, until: datetime | None, role: Role | None, by: By) -> None:
        """A rest of which somebody is told needs two who have agreed to meet."""
        if self.status in ENDED or ((until is not None or role is not None) and not self.running):
            raise Refused("Nothing runs that could be paused.", "Nothing needs to be done.")
        if until is not None and not by.at < until <= by.at + LONGEST:
            raise Refused("A pause lasts until a day to come, within a year.", "Name such a day, with its year.")
        if role is not None and self.rest is not None and self.rest.open and self.rest.role is not role:
            raise Refused("The mentoring rests already.", "It goes on when whoever asked for that says so.")

    def _give_up_until(self, until: datetime | None, by: By) -> None:
        current = self.meetings.current
        if current is not None and by.at < current.time.end and (until is None or current.time.start < until):
            cancel = bool(current.event_id) and not current.adopted
            facts = {"ref": current.ref, "reason": REASON, "in_calendar": cancel}
            self.record(meeting_events.MeetingCancelled, by=by, **facts)
