"""Gathers what the plan looks at: one relationship, its two people, and what is known of their time."""

from dataclasses import dataclass

from domain.calendar import CalendarEntry, Response, Shows
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
    times = {role: _time_of(house, relationship, role) for role in roles}
    return Situation(
        relationship,
        people[Role.MENTOR],
        people[Role.MENTEE],
        {role: time.busy for role, time in times.items()},
        {role: _commitments(house, relationship, role) for role in roles},
        {role: time.soft for role, time in times.items()},
        {role: time.away for role, time in times.items()},
    )


@dataclass(frozen=True, slots=True)
class _Time:
    """What one calendar says about its owner's time; `busy` is None when it was never read."""

    busy: tuple[Interval, ...] | None = None
    soft: tuple[Interval, ...] = ()
    away: tuple[Interval, ...] = ()


def _time_of(house: House, relationship: Relationship, role: Role) -> _Time:
    entries = house.cache.entries(relationship.person_id(role))
    if entries is None:
        return _Time()
    own = {meeting.ical_uid for meeting in relationship.meetings.items if meeting.ical_uid}
    blocking = [entry for entry in entries.values() if entry.ical_uid not in own and _blocks(entry)]
    return _Time(
        tuple(sorted(entry.time for entry in blocking if not _soft(entry))),
        tuple(sorted(entry.time for entry in blocking if _soft(entry))),
        tuple(sorted(entry.time for entry in blocking if entry.shows is Shows.OUT_OF_OFFICE)),
    )


def _blocks(entry: CalendarEntry) -> bool:
    return entry.shows.blocks and not entry.cancelled and entry.own_response is not Response.DECLINED


def _soft(entry: CalendarEntry) -> bool:
    """Say whether it may yet come to nothing: tentative, or an invitation that was not answered."""
    open_answer = entry.own_response in (Response.NEEDS_ACTION, Response.TENTATIVE)
    return entry.shows is Shows.TENTATIVE or (open_answer and entry.shows is not Shows.OUT_OF_OFFICE)


def _commitments(house: House, relationship: Relationship, role: Role) -> tuple[Interval, ...]:
    """Times reserved for the same person in other relationships, which her calendar may not show yet."""
    out = []
    for other_id in house.streams.relationships_of(relationship.person_id(role)):
        if other_id != str(relationship.id):
            current = house.streams.relationship(other_id).meetings.current
            if current is not None:
                out.append(current.time)
    return tuple(sorted(out))
