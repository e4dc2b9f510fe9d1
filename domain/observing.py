"""What a calendar's present state means for a meeting.

A human's move is a fact, a deletion too, and so is an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from domain.by import ADMINISTRATOR, CALENDAR, By, by_policy
from domain.calendar import Attendee, CalendarEntry, Response
from domain.charter import Organiser, Role
from domain.hours import from_wall_clock
from domain.meeting import Meeting
from domain.personal import Personal
from domain.relationship import Relationship

DELETED = "deleted by its organiser"
_NOBODY: Mapping[str, Role] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seen:
    """When something was seen, and by which version of the time zone rules it is understood."""

    now: datetime
    tzdata: str


def observe(
    relationship: Relationship,
    meeting: Meeting,
    entry: CalendarEntry,
    roles: Mapping[str, Role],
    seen: Seen,
    delegates: Mapping[str, Role] = _NOBODY,
) -> None:
    """Record what the organiser's copy of a booked meeting shows; seeing the same twice records nothing the second
    time.

    `roles` tells which of the two an attendee's address belongs to, `delegates` for which of them somebody acts.
    """
    organiser = By(_actor(relationship, meeting), CALENDAR, None, seen.now)
    if entry.cancelled:
        relationship.cancel_meeting(meeting.ref, DELETED, organiser, in_calendar=False)
        return
    if entry.time != meeting.time:
        _observe_time(relationship, meeting, entry, organiser, seen)
    accepted_for = _accepted_for(entry, delegates)
    for attendee in entry.attendees:
        role = roles.get(attendee.address)
        if role is not None and role.value != meeting.organiser.value:
            _observe_guest(relationship, meeting, attendee, role, seen.now, accepted_for.get(role))


def _accepted_for(entry: CalendarEntry, delegates: Mapping[str, Role]) -> dict[Role, str]:
    """Return who accepted for whom; one who acts for somebody and declines says of himself only that he does not
    come.
    """
    accepted = (a.address for a in entry.attendees if a.response is Response.ACCEPTED and a.address in delegates)
    return {delegates[address]: address for address in accepted}


def _observe_guest(
    relationship: Relationship, meeting: Meeting, guest: Attendee, role: Role, now: datetime, delegate: str | None
) -> None:
    """An own answer counts before one that was given for somebody."""
    owner = relationship.person_id(role)
    by = By(owner, CALENDAR, None, now)
    if delegate is not None and guest.response is Response.NEEDS_ACTION:
        relationship.see_acceptance_for(meeting.ref, role, Personal(owner, delegate), by)
    else:
        relationship.see_response(meeting.ref, role, guest.response, by)
    if guest.proposed is not None:
        relationship.propose_time(meeting.ref, role, guest.proposed, by)


def _observe_time(
    relationship: Relationship, meeting: Meeting, entry: CalendarEntry, organiser: By, seen: Seen
) -> None:
    """A provider that follows changed zone rules shows the same wall clock at another instant; then nobody moved it."""
    length = meeting.time.end - meeting.time.start
    shifted = bool(meeting.wall) and from_wall_clock(meeting.wall, meeting.zone) == entry.time.start
    if shifted and entry.time.end - entry.time.start == length and entry.time.start != meeting.time.start:
        rules = by_policy(relationship.charter.clause("pins"), seen.now)
        relationship.change_rules(meeting.ref, entry.time, seen.tzdata, rules)
    else:
        relationship.move_meeting(meeting.ref, entry.time, organiser)


def observe_copy(relationship: Relationship, meeting: Meeting, entry: CalendarEntry, role: Role, now: datetime) -> None:
    """Record what an attendee's own copy shows: another time is no fact but a wish, and an old time is late news.

    A copy that is back at the meeting's time takes the wish back, and one that was taken out says that its owner does
    not come.
    """
    if role.value == meeting.organiser.value:
        return
    by = By(relationship.person_id(role), CALENDAR, None, now)
    relationship.see_copy(meeting.ref, role, not entry.cancelled, by)
    if entry.cancelled:
        return
    if entry.time == meeting.time:
        relationship.withdraw_wish(meeting.ref, role, by)
    else:
        relationship.propose_time(meeting.ref, role, entry.time, by)


def _actor(relationship: Relationship, meeting: Meeting) -> str:
    if meeting.organiser is Organiser.SERVICE:
        return ADMINISTRATOR
    return relationship.person_id(Role(meeting.organiser.value))
