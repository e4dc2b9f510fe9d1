"""Streams that cannot be read stop nothing else: a person's relationships are read one by one, and those are named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.charter import Role
from domain.errors import NotFound, Unreadable
from domain.ledger import WorkState
from domain.person import Person
from domain.relationship import Relationship
from service.house import House
from service.rows import REVIEW


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stream that a review could not read: the review's key, the stream, what is wrong, and when it is tried anew."""

    key: str
    subject: str
    trouble: Unreadable
    again: datetime


def relationships_of(house: House, person: str, but: str = "") -> Iterator[Relationship]:
    """Give a person's relationships, in order of their founding, without those that cannot be read and that one."""
    for id in house.streams.relationships_of(person):
        found = None if id == but else readable(house, id)
        if found is not None:
            yield found


def readable(house: House, id: str) -> Relationship | None:
    """Return the relationship, None where its stream cannot be read: then it concerns no other."""
    try:
        return house.streams.relationship(id)
    except Unreadable:
        return None


def served(house: House, id: str) -> Relationship | None:
    """Return the relationship, None where its stream or one of the two people cannot be read: its reviews fail."""
    found = readable(house, id)
    people = (person(house, found.person_id(role)) for role in Role) if found is not None else ()
    return found if all(people) else None


def person(house: House, id: str) -> Person | None:
    """Return the person, None where her stream cannot be read."""
    try:
        return house.streams.person(id)
    except Unreadable:
        return None


def unread(house: House, person: str) -> tuple[str, ...]:
    """Return the ids of a person's relationships whose streams cannot be read."""
    return tuple(id for id in house.streams.relationships_of(person) if readable(house, id) is None)


def events_of(house: House, id: str) -> Iterable[object]:
    """Return a stream's events, none where it cannot be read."""
    try:
        return house.streams.events(id)
    except Unreadable:
        return ()


def stopped(house: House) -> tuple[Stopped, ...]:
    """Return the streams that cannot be read now, of those whose last review failed."""
    rows = house.ledger.rows([WorkState.OPEN], None, [REVIEW], troubled=True)
    tried = ((row, _trouble(house, row.work.subject)) for row in rows)
    return tuple(
        Stopped(row.work.key, row.work.subject, trouble, row.work.due) for row, trouble in tried if trouble is not None
    )


def _trouble(house: House, id: str) -> Unreadable | None:
    """Whatever kind of stream it is, it is read before it turns out to be no relationship."""
    try:
        house.streams.relationship(id)
    except Unreadable as trouble:
        return trouble
    except NotFound:
        return None
    return None
