"""Use cases: let one pair rest, and let it go on."""

from datetime import date

from domain.by import ADMINISTRATOR, CLI, By
from domain.relationship import Relationship
from service.house import House


def pause_pair(house: House, relationship: Relationship, until: date | None = None) -> bool:
    """Let a pair rest until that day begins where its clock holds, or without a day until somebody resumes; return
    whether that is new.

    Refused for one that has ended; with a day for one that does not run, and for a day past or more than a year ahead.
    """
    pins = house.streams.person(relationship.person_id(relationship.charter.pins))
    relationship.rest_until(until, pins.zone, None, By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def resume_pair(house: House, relationship: Relationship) -> bool:
    """Let a pair go on, also before the end of a rest that has one; return whether that is new."""
    relationship.go_on(By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def _saved(house: House, relationship: Relationship) -> bool:
    new = bool(relationship.pending_events)
    house.streams.save(relationship, now=house.now())
    return new
