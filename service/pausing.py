"""Use cases: let one pair rest, and let it go on."""

from datetime import date

from domain.by import ADMINISTRATOR, CLI, By
from domain.relationship import Relationship
from service.house import House


def pause_pair(house: House, relationship: Relationship) -> bool:
    """Let a pair rest until somebody resumes; return whether that is new. Refused when it has ended."""
    relationship.pause(By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def pause_until(house: House, relationship: Relationship, until: date) -> bool:
    """Let a pair rest until that day begins where its clock holds, and go on by itself; return whether that is new.

    Refused for a day that is past or more than a year ahead.
    """
    pins = house.streams.person(relationship.person_id(relationship.charter.pins))
    relationship.rest_until(until, pins.zone, None, By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def resume_pair(house: House, relationship: Relationship) -> bool:
    """Let a pair go on, also before the end of a rest that has one; return whether that is new."""
    by = By(ADMINISTRATOR, CLI, None, house.now())
    relationship.resume(by)
    relationship.go_on(by)
    return _saved(house, relationship)


def _saved(house: House, relationship: Relationship) -> bool:
    new = bool(relationship.pending_events)
    house.streams.save(relationship, now=house.now())
    return new
