"""Gathers what the plan looks at: one relationship, its two people, and what is known of their time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.calendar import CalendarEntry, Response, Shows
from domain.charter import Role
from domain.interval import Interval, without
from domain.legs import leg_of
from domain.meeting import Meeting
from domain.notebook import NoteMark
from domain.person import Person
from domain.relationship import Relationship
from domain.situation import Situation
from service.appointments import handmade, third_person
from service.house import House
from service.lately import mailed
from service.noting import marks
from service.rails import held_back
from service.references import considered, told_of_mentor
from service.remembering import remembering
from service.standing import away_of, hears, speaks_for
from service.unreadable import relationships_of, served


def situation_of(house: House, relationship: Relationship, *, ahead: bool = False, alone: bool = False) -> Situation:
    """Return the present situation of a relationship.

    What blocks the two people's time is read only while a meeting is to be arranged or stands before them, or to look
    `ahead` at the meetings after the standing one. Other relationships that need a time as well are looked at while
    this one does, unless it is looked at `alone`.
    """
    house, current = house if alone else remembering(house), relationship.meetings.current
    asked = relationship.running and (current is None or current.time.end > house.now())
    roles = tuple(Role) if asked or ahead else ()
    people = {role: house.streams.person(relationship.person_id(role)) for role in Role}
    others = {role: _others(house, relationship, role) for role in roles}
    shown = {role: house.cache.entries(relationship.person_id(role)) for role in Role}
    ours = {role: _ours(relationship, others.get(role, ())) for role in Role}
    # What a calendar showed before it was lost says nothing about what is free now.
    readable = {role: leg_of(people[role]).readable for role in Role}
    entries = {role: shown[role] if readable[role] else None for role in roles}
    stands = [current.time] if current is not None else []
    meetings = {role: [*stands, *(meeting.time for _, meeting in others[role])] for role in roles}
    times = {role: _time_of(entries[role], ours[role], meetings[role]) for role in roles}
    return Situation(
        relationship,
        people[Role.MENTOR],
        people[Role.MENTEE],
        {role: time.busy for role, time in times.items()},
        {role: tuple(sorted(meeting.time for _, meeting in others[role])) for role in roles},
        {role: time.soft for role, time in times.items()},
        {role: away_of(shown[role], ours[role], readable[role]) for role in Role},
        {role: _yields(relationship, others[role]) for role in roles},
        handmade(house, relationship, people, entries) if roles else (),
        third_person(house, relationship, people) if roles else False,
        speaks_for=speaks_for(house, relationship, people),
        mailed=mailed(house, relationship),
        considered=considered(house, relationship),
        told=told_of_mentor(house, relationship),
        hints={} if alone else _hints(house, relationship, people, roles),
        held={} if alone else held_back(house, people.values()),
        hears=hears(house) if relationship.running and not alone else None,
        siblings=_siblings(house, relationship) if asked and current is None and not alone else (),
    )


def _hints(
    house: House, relationship: Relationship, people: Mapping[Role, Person], roles: Iterable[Role]
) -> dict[Role, tuple[NoteMark, ...]]:
    """Whoever noted something privately about somebody who was forgotten is told that it stays, after the end too."""
    noted = tuple(Role) if any(person.forgotten_at for person in people.values()) else roles
    return {role: marks(house, relationship, role) for role in noted}


def _siblings(house: House, relationship: Relationship) -> tuple[Situation, ...]:
    """The other relationships of the two in which no meeting stands, by their ids."""
    ids = {id for role in Role for id in house.streams.relationships_of(relationship.person_id(role))}
    known = (served(house, id) for id in sorted(ids - {str(relationship.id)}))
    others = (other for other in known if other is not None and other.running and other.meetings.current is None)
    return tuple(situation_of(house, other, alone=True) for other in others)


@dataclass(frozen=True, slots=True)
class _Time:
    """What one calendar says about its owner's time; `busy` is None when it was never read."""

    busy: tuple[Interval, ...] | None = None
    soft: tuple[Interval, ...] = ()


def _time_of(
    entries: Mapping[str, CalendarEntry] | None, ours: Mapping[str, Interval | None], meetings: Sequence[Interval]
) -> _Time:
    """Return the time of one calendar without our own meetings, unless one stands where our streams do not have it."""
    if entries is None:
        return _Time()
    named = (entry for entry in entries.values() if _blocks(entry) and not _known(entry, ours))
    blocking = [part for entry in named for part in _apart(entry, meetings)]
    return _Time(
        tuple(sorted(entry.time for entry in blocking if not _soft(entry))),
        tuple(sorted(entry.time for entry in blocking if _soft(entry))),
    )


def _apart(entry: CalendarEntry, meetings: Sequence[Interval]) -> Iterator[CalendarEntry]:
    """Of time of which nothing is known but that it is taken, our own meetings take their part."""
    if entry.ical_uid:
        yield entry
    else:
        yield from (replace(entry, time=part) for part in without(entry.time, meetings))


def _known(entry: CalendarEntry, ours: Mapping[str, Interval | None]) -> bool:
    return entry.ical_uid in ours and ours[entry.ical_uid] in (None, entry.time)


def _blocks(entry: CalendarEntry) -> bool:
    return entry.shows.blocks and not entry.cancelled and entry.own_response is not Response.DECLINED


def _soft(entry: CalendarEntry) -> bool:
    """Say whether it may yet come to nothing: tentative, or an invitation that was not answered."""
    open_answer = entry.own_response in (Response.NEEDS_ACTION, Response.TENTATIVE)
    return entry.shows is Shows.TENTATIVE or (open_answer and entry.shows is not Shows.OUT_OF_OFFICE)


def _others(house: House, relationship: Relationship, role: Role) -> tuple[tuple[str, Meeting], ...]:
    """The standing meetings of the same person in other relationships, which her calendar may not show yet."""
    found = []
    for other in relationships_of(house, relationship.person_id(role), but=str(relationship.id)):
        current = other.meetings.current
        if current is not None:
            found.append((str(other.id), current))
    return tuple(found)


def _ours(relationship: Relationship, others: Iterable[tuple[str, Meeting]]) -> dict[str, Interval | None]:
    """The uids of our meetings; this relationship's count wherever they stand, others' only where we have them."""
    ours: dict[str, Interval | None] = {meeting.ical_uid: meeting.time for _, meeting in others}
    ours |= dict.fromkeys((meeting.ical_uid for meeting in relationship.meetings.items), None)
    ours.pop("", None)
    return ours


def _yields(relationship: Relationship, others: Iterable[tuple[str, Meeting]]) -> tuple[Interval, ...]:
    """The meetings of others that stay where they are when ours meets them: moved by hand, or planned earlier."""
    current = relationship.meetings.current
    if current is None:
        return ()
    own = _rank(str(relationship.id), current)
    return tuple(sorted(meeting.time for id, meeting in others if _rank(id, meeting) < own))


def _rank(id: str, meeting: Meeting) -> tuple[bool, float, str]:
    return (not (meeting.moved_by_hand or meeting.adopted), meeting.planned_at.timestamp(), id)
