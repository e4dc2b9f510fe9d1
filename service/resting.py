"""Use case: one relationship rests until a day, and goes on by itself."""

from datetime import date

from domain.by import ADMINISTRATOR, CLI, By
from domain.relationship import Relationship
from service.house import House


def pause_until(house: House, relationship: Relationship, until: date) -> bool:
    """Let one relationship rest until that day begins where its clock holds; return whether that is new."""
    pins = house.streams.person(relationship.person_id(relationship.charter.pins))
    by = By(ADMINISTRATOR, CLI, None, house.now())
    relationship.rest_until(until, pins.zone, None, by)
    new = bool(relationship.pending_events)
    house.streams.save(relationship, now=by.at)
    return new
