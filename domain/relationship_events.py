"""Everything that can ever have happened in a mentoring relationship; names and topics are forever."""

from datetime import date
from typing import Any

from domain.aggregate import Stream
from domain.by import By
from domain.charter import Charter, Role
from domain.conversation import AgendaItems
from domain.hearing import Heard
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
