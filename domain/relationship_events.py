"""Everything that can ever have happened in a mentoring relationship; names and topics are forever."""

from datetime import date, datetime

from domain.aggregate import Stream
from domain.by import By
from domain.calendar import Response
from domain.charter import Charter, Organiser, Role
from domain.conversation import AgendaItems
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
    """The mentor said no to the mentee."""

    TOPIC = "relationship.declined"


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
    """The organiser moved the meeting by hand; a human's move is a fact."""

    TOPIC = "relationship.meeting-moved"
    ref: str
    time: Interval


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
    """A mail in one of our threads was set aside and did not act; `message_id` is its own."""

    TOPIC = "relationship.mail-held"
    message_id: str
    reason: str
