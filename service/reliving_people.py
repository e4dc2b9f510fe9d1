"""The two people of a relationship as they were at any instant."""

from datetime import datetime
from typing import cast

from domain.charter import Role
from domain.person import Person
from domain.relationship import Relationship
from domain.reliving import People
from domain.replay import replayed, until
from service.house import House


def people_of(house: House, relationship: Relationship) -> People:
    """Return what gives the mentor and the mentee as they were at an instant; their streams are read once."""
    streams = [tuple(house.streams.events(relationship.person_id(role))) for role in (Role.MENTOR, Role.MENTEE)]

    def at(instant: datetime) -> tuple[Person, Person]:
        # Who was registered by a clock that ran ahead is as she was at first.
        mentor, mentee = (cast(Person, replayed(until(stream, instant) or stream[:1])) for stream in streams)
        return mentor, mentee

    return at
