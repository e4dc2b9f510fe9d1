"""Everything that can ever have happened in a mentoring relationship; names and topics are forever."""

from datetime import date, datetime
from typing import Any

from domain.aggregate import Stream
from domain.by import By
from domain.calendar import Response
from domain.charter import Charter, Organiser, Role
from domain.conversation import AgendaItems
from domain.hearing import Heard
from domain.interval import Interval
from domain.personal import Personal


class Requested(Stream.Created):
    """A mentee asked for a mentor: goals, why her, what the mentee brings, and the charter proposed."""

    TOPIC = "relationship.requested"
    mentor_id: str
    mentee_id: str
    goals: tuple[Personal, ...]
    why: Personal
    bring: Personal
    charter: Charter
    by: By


class Accepted(Stream.Event):
    """The mentor said yes to the mentee."""

    TOPIC = "relationship.accepted"


class Declined(Stream.Event):
    """The mentor said no to the mentee; `reason` are her words to the mentee about it."""

    TOPIC = "relationship.declined"
    reason: Personal | None
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The first version had no reason."""
        state["reason"] = None


class RequestExpired(Stream.Event):
    """The request or the charter was not answered in time."""

    TOPIC = "relationship.request-expired"
    reason: str


class CharterApproved(Stream.Event):
    """One of the two agreed to a version of the charter."""

    TOPIC = "relationship.charter-approved"
    version: int
    role: Role


class CharterAgreed(Stream.Event):
    """Both agreed: from now on this version counts."""

    TOPIC = "relationship.charter-agreed"
    version: int


class TakenOver(Stream.Event):
    """The two have met since that day, on a charter agreed elsewhere; from now on it is kept here."""

    TOPIC = "relationship.taken-over"
    since: date


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


class AgendaItemsAdded(Stream.Event):
    """The mentee said what the next meeting should be about."""

    TOPIC = "relationship.agenda-items-added"
    cycle: int
    items: AgendaItems


class LearningsRecorded(Stream.Event):
    """One of the two said what was learned in a meeting."""

    TOPIC = "relationship.learnings-recorded"
    cycle: int
    role: Role
    texts: tuple[Personal, ...]


class ActionOwed(Stream.Event):
    """One of the two owes something."""

    TOPIC = "relationship.action-owed"
    number: int
    owner: Role
    text: Personal
    due: date | None
    cycle: int


class ActionClosed(Stream.Event):
    """What was owed is done."""

    TOPIC = "relationship.action-closed"
    number: int


class ActionUnreachable(Stream.Event):
    """What was owed will not come any more: whoever owes it is gone."""

    TOPIC = "relationship.action-unreachable"
    number: int


class Ended(Stream.Event):
    """The relationship came to its end; `reason` is "left" when one of the two has left the organisation."""

    TOPIC = "relationship.ended"
    reason: str


class MailSent(Stream.Event):
    """A mail is known to have left, under the message id that the world sees."""

    TOPIC = "relationship.mail-sent"
    kind: str
    occasion: str
    recipient: str
    message_id: str
    conversation: str


class EffectLapsed(Stream.Event):
    """Something was not done in time and is useless now."""

    TOPIC = "relationship.effect-lapsed"
    kind: str
    occasion: str
    recipient: str
    about: str
    reason: str


class EffectGivenUp(Stream.Event):
    """The provider refused something for good, or its outcome cannot be found out (`unknown`).

    A person has to look.
    """

    TOPIC = "relationship.effect-given-up"
    kind: str
    occasion: str
    recipient: str
    about: str
    reason: str
    unknown: bool


class EffectReopened(Stream.Event):
    """A person looked and decided that what was given up is to be tried again."""

    TOPIC = "relationship.effect-reopened"
    kind: str
    occasion: str
    recipient: str


class MailHeld(Stream.Event):
    """A mail in one of our threads was set aside and did not act; `message_id` is its own.

    `heard` says what is asked back about it, if anything is.
    """

    TOPIC = "relationship.mail-held"
    message_id: str
    reason: str
    heard: Heard | None
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """The first version asked nothing back."""
        state["heard"] = None
