"""How far each person's calendar can be reached, and what follows from that for anything done to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.charter import Organiser, Role
from domain.effects import Effect
from domain.meeting import Meeting
from domain.person import Person
from domain.person_state import LossReason
from domain.situation import Situation


class Reach(StrEnum):
    """How far a leg reaches: entries, busy times only, never anything, or nothing any more."""

    CONNECTED = "connected"
    FREE_BUSY_ONLY = "free_busy_only"
    NEVER = "never"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Leg:
    """One person's side of a pair; `since` is when it was lost or found to be out of reach (UTC)."""

    reach: Reach
    since: datetime | None = None

    @property
    def readable(self) -> bool:
        """Say whether her time is known, so that a time can be chosen and booked without asking her."""
        return self.reach in (Reach.CONNECTED, Reach.FREE_BUSY_ONLY)


def leg_of(person: Person) -> Leg:
    """Return how far that person's calendar can be reached.

    A copy of a calendar that cannot be read any more is history: it says nothing about what is free now.
    """
    if person.connection is not None:
        reach = Reach.NEVER if person.connection.reason is LossReason.NEVER else Reach.LOST
        return Leg(reach, person.connection.since)
    return Leg(Reach.FREE_BUSY_ONLY if person.free_busy_only else Reach.CONNECTED)


def out_of_reach(situation: Situation) -> tuple[Role, ...]:
    """Return whose time cannot be known at present."""
    return tuple(role for role in Role if not leg_of(situation.person(role)).readable)


def organiser_of_next(situation: Situation) -> Organiser:
    """Return who organises the next meeting: as the charter says, else the other whose calendar can be written.

    Where neither can, the service does it, and where even its calendar has refused, nobody's calendar is used and both
    are told by mail.
    """
    wanted = situation.relationship.charter.organiser
    others = [Organiser(role.value) for role in Role if role.value != wanted.value]
    able = [choice for choice in (wanted, *others) if can_organise(situation, choice)]
    chosen = Organiser.SERVICE if not able else able[0]
    return Organiser.MAIL if chosen is Organiser.SERVICE and _service_refused(situation) else chosen


def can_organise(situation: Situation, organiser: Organiser) -> bool:
    """Say whether a meeting can be made and changed there."""
    if organiser is Organiser.SERVICE:
        return True
    if organiser is Organiser.MAIL:
        return True
    person = situation.person(Role(organiser.value))
    return leg_of(person).reach is Reach.CONNECTED and not person.left


def _service_refused(situation: Situation) -> bool:
    """Say whether the service's own calendar said no for good to the last meeting, with nobody else to turn to."""
    latest = situation.relationship.meetings.latest
    if latest is None or len(out_of_reach(situation)) < len(Role):
        return False
    refused = ("book", latest.ref, "calendar") in situation.relationship.given_up
    return latest.organiser is Organiser.MAIL or (latest.organiser is Organiser.SERVICE and refused)


def has_left(situation: Situation, meeting: Meeting) -> bool:
    """Say whether the meeting is in the calendar of somebody who has left, where nothing can be done to it."""
    people = {role.value: situation.person(role) for role in Role}
    organiser = people.get(meeting.organiser.value)
    return organiser is not None and organiser.left


def unreachable(situation: Situation, effect: Effect) -> bool:
    """Say whether an effect cannot be done as things are: nobody reads the mail, or no calendar takes the write.

    Nothing is tried at a mailbox that is gone. What waits for a calendar is wanted again when it can be reached.
    """
    if effect.kind.is_mail:
        return situation.person(Role(effect.recipient)).left
    meeting = situation.relationship.meetings.get(effect.about)
    if meeting is None or meeting.organiser in (Organiser.SERVICE, Organiser.MAIL):
        return False
    organiser = Role(meeting.organiser.value)
    writer = organiser.other if has_left(situation, meeting) else organiser
    return not leg_of(situation.person(writer)).readable
