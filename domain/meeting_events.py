"""What can happen to the meetings of one relationship; names and topics are forever."""

from datetime import datetime
from typing import Any

from domain.aggregate import Stream
from domain.calendar import Response
from domain.charter import Organiser, Role
from domain.interval import Interval


class MeetingPlanned(Stream.Event):
    """A time was reserved; `starts`, `counters` and `tzdata` are what the choice was made from."""

    TOPIC = "relationship.meeting-planned"
    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    organiser: Organiser
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]
    tzdata: str
    wall: str
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The first version did not keep the wall clock."""
        state["wall"] = ""


class MeetingAdopted(Stream.Event):
    """The two made an appointment by themselves; it is the meeting of this cycle.

    Its event is never touched, unless it is one of `ours` that somebody brought back.
    """

    TOPIC = "relationship.meeting-adopted"
    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    wall: str
    organiser: Organiser
    event_id: str
    ical_uid: str
    ours: bool


class MeetingBooked(Stream.Event):
    """The meeting stands in the organiser's calendar."""

    TOPIC = "relationship.meeting-booked"
    ref: str
    event_id: str
    ical_uid: str


class SlotLost(Stream.Event):
    """The reserved time was taken by something else before it was booked."""

    TOPIC = "relationship.slot-lost"
    ref: str


class MeetingMoved(Stream.Event):
    """The meeting stands at another time: the organiser moved it by hand, which is a fact, or we moved it."""

    TOPIC = "relationship.meeting-moved"
    ref: str
    time: Interval
    wall: str
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The first version did not keep the wall clock."""
        state["wall"] = ""


class MovePlanned(Stream.Event):
    """The charter asks for another time, because one of the two cannot keep this one; `reason` names nothing else.

    `starts` and `counters` are what the choice was made from.
    """

    TOPIC = "relationship.move-planned"
    ref: str
    time: Interval
    reason: str
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]


class ZoneRulesChanged(Stream.Event):
    """The wall clock that was agreed on means another instant since the rules of its time zone changed."""

    TOPIC = "relationship.zone-rules-changed"
    ref: str
    time: Interval
    tzdata: str


class CopySeen(Stream.Event):
    """One person's own copy of the meeting was seen to stand in the calendar, or to be taken out of it."""

    TOPIC = "relationship.copy-seen"
    ref: str
    role: Role
    standing: bool


class MeetingKept(Stream.Event):
    """One of the two wants the meeting where it is, in spite of another appointment."""

    TOPIC = "relationship.meeting-kept"
    ref: str
    role: Role


class TimeProposed(Stream.Event):
    """One who does not organise the meeting wants it at another time: moved the own copy, or proposed a new time."""

    TOPIC = "relationship.time-proposed"
    ref: str
    role: Role
    time: Interval


class ResponseSeen(Stream.Event):
    """One of the two answered the invitation."""

    TOPIC = "relationship.response-seen"
    ref: str
    role: Role
    response: Response


class MeetingCancelled(Stream.Event):
    """The meeting will not take place at its time.

    With `in_calendar` the provider's event is still to be cancelled.
    """

    TOPIC = "relationship.meeting-cancelled"
    ref: str
    reason: str
    in_calendar: bool


class BookingCancelled(Stream.Event):
    """The provider's event of a cancelled meeting is gone."""

    TOPIC = "relationship.booking-cancelled"
    ref: str


class CycleSkipped(Stream.Event):
    """A cycle is left out."""

    TOPIC = "relationship.cycle-skipped"
    cycle: int
    generation: int
    target: datetime
    zone: str
    reason: str
    counters: tuple[tuple[str, int], ...]


class MeetingHeld(Stream.Event):
    """One of the two said that the meeting took place."""

    TOPIC = "relationship.meeting-held"
    ref: str


class MeetingMissed(Stream.Event):
    """One of the two said that the meeting did not take place."""

    TOPIC = "relationship.meeting-missed"
    ref: str


class MeetingPresumedHeld(Stream.Event):
    """Nobody said otherwise in time, so the meeting counts as held."""

    TOPIC = "relationship.meeting-presumed-held"
    ref: str
