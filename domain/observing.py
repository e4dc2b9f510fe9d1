"""What a calendar's present state means for a meeting.

A human's move is a fact, a deletion too, and so is an answer.
"""

from datetime import datetime

from domain.by import ADMINISTRATOR, CALENDAR, By
from domain.calendar import CalendarEntry
from domain.charter import Organiser, Role
from domain.meeting import Meeting
from domain.relationship import Relationship


def observe(
    relationship: Relationship, meeting: Meeting, entry: CalendarEntry, roles: dict[str, Role], now: datetime
) -> None:
    """Record what the organiser's copy of a booked meeting shows; seeing the same twice records nothing the second
    time.

    `roles` tells which of the two an attendee's address belongs to.
    """
    organiser = By(_actor(relationship, meeting), CALENDAR, None, now)
    if entry.cancelled:
        relationship.cancel_meeting(meeting.ref, "deleted by its organiser", organiser, in_calendar=False)
        return
    if entry.time != meeting.time:
        relationship.move_by_hand(meeting.ref, entry.time, organiser)
    for attendee in entry.attendees:
        role = roles.get(attendee.address)
        if role is not None and role.value != meeting.organiser.value:
            by = By(relationship.person_id(role), CALENDAR, None, now)
            relationship.see_response(meeting.ref, role, attendee.response, by)
            if attendee.proposed is not None:
                relationship.propose_time(meeting.ref, role, attendee.proposed, by)


def observe_copy(relationship: Relationship, meeting: Meeting, entry: CalendarEntry, role: Role, now: datetime) -> None:
    """Record what an attendee's own copy shows: another time is no fact but a wish, and an old time is late news.

    A copy that is back at the meeting's time takes the wish back.
    """
    if entry.cancelled or role.value == meeting.organiser.value:
        return
    by = By(relationship.person_id(role), CALENDAR, None, now)
    if entry.time == meeting.time:
        relationship.withdraw_wish(meeting.ref, role, by)
    else:
        relationship.propose_time(meeting.ref, role, entry.time, by)


def _actor(relationship: Relationship, meeting: Meeting) -> str:
    if meeting.organiser is Organiser.SERVICE:
        return ADMINISTRATOR
    return relationship.person_id(Role(meeting.organiser.value))
