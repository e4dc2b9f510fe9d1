"""One meeting of a relationship: a booking in a cycle, from the plan to the evidence that it was held."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.calendar import Response
from domain.charter import Organiser, Role
from domain.interval import Interval


class MeetingState(StrEnum):
    """Where a meeting stands; the last five are final for this generation."""

    PLANNED = "planned"
    BOOKED = "booked"
    HELD = "held"
    PRESUMED_HELD = "presumed_held"
    MISSED = "missed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


LIVE = (MeetingState.PLANNED, MeetingState.BOOKED)
TOOK_PLACE = (MeetingState.HELD, MeetingState.PRESUMED_HELD)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person's wish for another time, made while the meeting stood at `instead_of`."""

    role: Role
    time: Interval
    instead_of: Interval
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """One generation of one cycle.

    A generation is a booking: a new one gets a new generation, a move by hand keeps it. `target` is the instant that
    the cadence asked for. `resolved_at` is when the state became final. `to_cancel` says that the provider's event is
    still to be cancelled. `moved_by_hand` pins the time: automation does not move it again. `earlier` are the times at
    which it stood before.
    """

    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    organiser: Organiser
    state: MeetingState
    planned_at: datetime
    event_id: str = ""
    ical_uid: str = ""
    mentor_response: Response = Response.NEEDS_ACTION
    mentee_response: Response = Response.NEEDS_ACTION
    moved_by_hand: bool = False
    to_cancel: bool = False
    resolved_at: datetime | None = None
    reason: str = ""
    earlier: tuple[Interval, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def proposal(self) -> Proposal | None:
        """The newest open wish for another time, or None."""
        open_ones = [p for p in self.proposals if p in self.wishes_of(p.role)]
        return open_ones[-1] if open_ones else None

    def wishes_of(self, role: Role) -> tuple[Proposal, ...]:
        """Return one person's open wishes, oldest first: those made since the meeting moved last, and since that person
        wanted it where it is again.
        """
        made = [p for p in self.proposals if p.role is role and p.instead_of == self.time]
        withdrawn = max((place for place, p in enumerate(made, 1) if p.time == self.time), default=0)
        return tuple(made[withdrawn:])

    @property
    def ref(self) -> str:
        """The meeting's name inside its relationship: "<cycle>.<generation>"."""
        return f"{self.cycle}.{self.generation}"

    @property
    def live(self) -> bool:
        """Say whether the meeting still stands (planned or booked)."""
        return self.state in LIVE

    @property
    def took_place(self) -> bool:
        """Say whether the meeting was held, as far as is known."""
        return self.state in TOOK_PLACE

    @property
    def decliner(self) -> Role | None:
        """Who declined the invitation, or None."""
        return next((role for role in Role if self.response_of(role) is Response.DECLINED), None)

    def response_of(self, role: Role) -> Response:
        """Return one person's last known answer to the invitation."""
        return self.mentor_response if role is Role.MENTOR else self.mentee_response


@dataclass(frozen=True, slots=True)
class Meetings:
    """All meetings of a relationship in the order in which they were planned.

    Changing returns a new value.
    """

    items: tuple[Meeting, ...] = ()

    def planned(self, meeting: Meeting) -> "Meetings":
        """Return these and one more; a planned generation that is there already is replaced."""
        kept = tuple(m for m in self.items if m.ref != meeting.ref)
        return Meetings((*kept, meeting))

    def changed(self, ref: str, **changes: Any) -> "Meetings":
        """Return these with the named fields of one meeting changed."""
        return Meetings(tuple(replace(m, **changes) if m.ref == ref else m for m in self.items))

    def booked(self, ref: str, event_id: str, ical_uid: str) -> "Meetings":
        """Return these with one of them in the calendar.

        One that was given up meanwhile is to be cancelled there.
        """
        meeting = self.get(ref)
        if meeting is not None and meeting.state is MeetingState.PLANNED:
            return self.changed(ref, event_id=event_id, ical_uid=ical_uid, state=MeetingState.BOOKED)
        return self.changed(ref, event_id=event_id, ical_uid=ical_uid, to_cancel=True)

    def moved(self, ref: str, time: Interval) -> "Meetings":
        """Return these with one of them at another time, as a person wanted it."""
        meeting = self.get(ref)
        earlier = (*meeting.earlier, meeting.time) if meeting is not None else ()
        return self.changed(ref, time=time, earlier=earlier, moved_by_hand=True)

    def proposed(self, ref: str, role: Role, time: Interval, at: datetime) -> "Meetings":
        """Return these with one person's wish for another time."""
        meeting = self.get(ref)
        wishes = (*meeting.proposals, Proposal(role, time, meeting.time, at)) if meeting is not None else ()
        return self.changed(ref, proposals=wishes)

    def answered(self, ref: str, role: Role, response: Response) -> "Meetings":
        """Return these with one person's answer to the invitation."""
        field = "mentor_response" if role is Role.MENTOR else "mentee_response"
        return self.changed(ref, **{field: response})

    def ended(self, ref: str, state: MeetingState, at: datetime, reason: str) -> "Meetings":
        """Return these with one of them in a final state."""
        return self.changed(ref, state=state, resolved_at=at, reason=reason)

    def get(self, ref: str) -> Meeting | None:
        """Return the meeting called "<cycle>.<generation>", or None."""
        return next((m for m in self.items if m.ref == ref), None)

    @property
    def latest(self) -> Meeting | None:
        """The newest generation of the newest cycle, or None."""
        return max(self.items, key=lambda m: (m.cycle, m.generation), default=None)

    @property
    def current(self) -> Meeting | None:
        """The one that still stands, or None."""
        return next((m for m in reversed(self.items) if m.live), None)

    def of_cycle(self, cycle: int) -> tuple[Meeting, ...]:
        """Return all generations of one cycle."""
        return tuple(m for m in self.items if m.cycle == cycle)
