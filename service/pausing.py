"""Use cases: let one pair rest, and let it go on."""

from domain.by import ADMINISTRATOR, CLI, By
from domain.relationship import Relationship
from service.house import House


def pause_pair(house: House, relationship: Relationship) -> bool:
    """Let a pair rest until somebody resumes; return whether that is new. Refused when it has ended."""
    relationship.pause(By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def resume_pair(house: House, relationship: Relationship) -> bool:
    """Let a pair go on; return whether that is new."""
    relationship.resume(By(ADMINISTRATOR, CLI, None, house.now()))
    return _saved(house, relationship)


def _saved(house: House, relationship: Relationship) -> bool:
    new = bool(relationship.pending_events)
    house.streams.save(relationship, now=house.now())
    return new
