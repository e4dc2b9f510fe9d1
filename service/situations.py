"""Gathers what the plan looks at: one relationship, its two people, and what is known of their time."""

from collections.abc import Iterable

from domain.calendar import CalendarEntry, Response
from domain.charter import Role
from domain.interval import Interval
from domain.relationship import Relationship
from domain.situation import Situation
from service.house import House


def situation_of(house: House, relationship: Relationship, *, ahead: bool = False) -> Situation:
    """Return the present situation of a relationship.

    What blocks the two people's time is read only when a time is asked for (no meeting stands, or another time is
    wished for), or to look `ahead` at the meetings after the standing one.
    """
    current = relationship.meetings.current
    asked = current is None or current.proposal is not None
    roles = tuple(Role) if asked or ahead else ()
    people = {role: house.streams.person(relationship.person_id(role)) for role in Role}
    return Situation(
        relationship,
        people[Role.MENTOR],
        people[Role.MENTEE],
        {role: _busy(house, relationship, role) for role in roles},
        {role: _commitments(house, relationship, role) for role in roles},
    )


def _busy(house: House, relationship: Relationship, role: Role) -> tuple[Interval, ...] | None:
    entries = house.cache.entries(relationship.person_id(role))
    if entries is None:
        return None
    own = {meeting.ical_uid for meeting in relationship.meetings.items if meeting.ical_uid}
    return tuple(sorted(_blocking(entry for entry in entries.values() if entry.ical_uid not in own)))


def _blocking(entries: Iterable[CalendarEntry]) -> Iterable[Interval]:
    for entry in entries:
        if entry.shows.blocks and not entry.cancelled and entry.own_response is not Response.DECLINED:
            yield entry.time


def _commitments(house: House, relationship: Relationship, role: Role) -> tuple[Interval, ...]:
    """Times reserved for the same person in other relationships, which her calendar may not show yet."""
    out = []
    for other_id in house.streams.relationships_of(relationship.person_id(role)):
        if other_id != str(relationship.id):
            current = house.streams.relationship(other_id).meetings.current
            if current is not None:
                out.append(current.time)
    return tuple(sorted(out))
