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
    """One person's wish for another time, made while the meeting stood at `instead_of`; `by_mail` says that no calendar
    shows it.
    """

    role: Role
    time: Interval
    instead_of: Interval
    at: datetime
    by_mail: bool = False


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A move that the charter asks for.

    `instead_of` is the time at which the meeting stood when it was decided, `reason` says why without naming any
    other appointment.
    """

    time: Interval
    instead_of: Interval
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """One generation of one cycle.

    A generation is a booking: a new one gets a new generation, a move keeps it. `target` is the instant that the
    cadence asked for. `wall` is the start on the wall clock of `zone` ("2027-03-16T10:00", empty when not known), so
    that changed rules of the zone can be told from a hand. `resolved_at` is when the state became final. `to_cancel`
    says that the provider's event is still to be cancelled. `moved_by` is whose hand moved it last. `adopted` says that
    a person made the event, so that we never touch it. `earlier` are the times at which it stood before, `moves` what
    the charter decided, `removed` who took the own copy out of the calendar and when, `kept_by` who wants it at this
    time in spite of another appointment, `arrived` in whose calendar the invitation was seen, `shifted_at` when changed
    rules of the zone shifted it, `placed_at` when it was moved last, `given_up_by` who of the two gave it up (None: the
    service by itself). `blanked` says that its event names nobody any more.
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
    wall: str = ""
    moved_by_hand: bool = False
    moved_by: Role | None = None
    adopted: bool = False
    to_cancel: bool = False
    resolved_at: datetime | None = None
    reason: str = ""
    earlier: tuple[Interval, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    moves: tuple[PlannedMove, ...] = ()
    removed: tuple[tuple[Role, datetime], ...] = ()
    kept_by: tuple[Role, ...] = ()
    arrived: tuple[Role, ...] = ()
    shifted_at: datetime | None = None
    placed_at: datetime | None = None
    given_up_by: Role | None = None
    blanked: bool = False

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

    @property
    def wanted_here(self) -> frozenset[Role]:
        """Who put it at its time, wished for that, or said that it stays: what else stands there is their affair."""
        wished = {wish.role for wish in self.proposals if wish.time == self.time != wish.instead_of}
        return frozenset((*wished, *self.kept_by, *((self.moved_by,) if self.moved_by else ())))

    @property
    def planned_move(self) -> PlannedMove | None:
        """The move that the charter asks for and that is still to be done, or None."""
        last = self.moves[-1] if self.moves else None
        return last if last is not None and last.instead_of == self.time else None

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

    def without(self, ref: str) -> "Meetings":
        """Return these without one that never stood."""
        return Meetings(tuple(m for m in self.items if m.ref != ref))

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

    def moved(self, ref: str, time: Interval, wall: str, hand: Role | None, at: datetime) -> "Meetings":
        """Return these with one of them at another time; `hand` is whose hand moved it, None for ours.

        Who wanted it where it was in spite of another appointment has not said so of the new time.
        """
        meeting = self.get(ref)
        if meeting is None:
            return self
        ours = meeting.planned_move is not None and meeting.planned_move.time == time
        place = {"time": time, "wall": wall, "earlier": (*meeting.earlier, meeting.time)}
        return self.changed(ref, **place, moved_by_hand=not ours, moved_by=hand, kept_by=(), placed_at=at)

    def to_be_moved(self, ref: str, time: Interval, reason: str, at: datetime) -> "Meetings":
        """Return these with one of them to be moved."""
        meeting = self.get(ref)
        moves = (*meeting.moves, PlannedMove(time, meeting.time, reason, at)) if meeting is not None else ()
        return self.changed(ref, moves=moves)

    def shifted(self, ref: str, time: Interval, at: datetime) -> "Meetings":
        """Return these with one of them at another instant, because its wall clock now means that one."""
        meeting = self.get(ref)
        earlier = (*meeting.earlier, meeting.time) if meeting is not None else ()
        return self.changed(ref, time=time, earlier=earlier, shifted_at=at)

    def copy_seen(self, ref: str, role: Role, standing: bool, at: datetime) -> "Meetings":
        """Return these with one person's own copy of one of them standing, or taken out."""
        meeting = self.get(ref)
        if meeting is None:
            return self
        removed = tuple(item for item in meeting.removed if item[0] is not role)
        if not standing:
            return self.changed(ref, removed=(*removed, (role, at)))
        arrived = tuple(dict.fromkeys((*meeting.arrived, role)))
        return self.changed(ref, removed=removed, arrived=arrived)

    def kept(self, ref: str, role: Role) -> "Meetings":
        """Return these with one person's word that one of them stays where it is."""
        meeting = self.get(ref)
        return self.changed(ref, kept_by=(*meeting.kept_by, role)) if meeting is not None else self

    def proposed(self, ref: str, role: Role, time: Interval, at: datetime, by_mail: bool = False) -> "Meetings":
        """Return these with one person's wish for another time."""
        meeting = self.get(ref)
        wishes = (*meeting.proposals, Proposal(role, time, meeting.time, at, by_mail)) if meeting is not None else ()
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
