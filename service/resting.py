"""Use cases: one relationship rests until a day, or goes on before it."""

from datetime import date

from domain.by import ADMINISTRATOR, CLI, By
from domain.errors import NotFound
from service.house import House
from service.names import person_named, relationship_named
from service.people import resume_person


def pause_relationship(house: House, id_or_prefix: str, until: date) -> bool:
    """Let one relationship rest until that day begins where its clock holds; return whether that is new."""
    relationship = house.streams.relationship(relationship_named(house, id_or_prefix))
    pins = house.streams.person(relationship.person_id(relationship.charter.pins))
    by = By(ADMINISTRATOR, CLI, None, house.now())
    relationship.rest_until(until, pins.zone, None, by)
    new = bool(relationship.pending_events)
    house.streams.save(relationship, now=by.at)
    return new


def resume_named(house: House, text: str) -> bool:
    """Go on for a person, or for a relationship that rests; return whether that is new, or raise NotFound."""
    try:
        person = person_named(house, text)
    except NotFound:
        relationship = house.streams.relationship(relationship_named(house, text))
        relationship.go_on(By(ADMINISTRATOR, CLI, None, house.now()))
        new = bool(relationship.pending_events)
        house.streams.save(relationship, now=house.now())
        return new
    return resume_person(house, person)
