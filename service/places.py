"""Counts the places of a mentor that are taken, from the streams of hers or from the read models of all."""

from collections import Counter
from datetime import datetime

from domain.capacity import refuse_beyond, takes_place
from domain.person import Person
from domain.relationship_state import Status
from service.house import House
from service.unreadable import person, relationships_of


def places_taken(house: House, mentor: Person) -> int:
    """Return how many of a mentor's places are taken now; a relationship that cannot be read takes one in doubt."""
    id, now = str(mentor.id), house.now()
    others = tuple(relationships_of(house, id))
    doubtful = len(house.streams.relationships_of(id)) - len(others)
    hers = [other for other in others if other.mentor_id == id]
    pauses = [
        (_paused_since(house, other.mentee_id), other.rest.since if other.rest is not None else None) for other in hers
    ]
    taken = sum(takes_place(other.status, known, now) for other, known in zip(hers, pauses, strict=True))
    return taken + doubtful


def all_places_taken(house: House) -> Counter[str]:
    """Return the same for every mentor, by id, in one look at all relationships."""
    paused = {summary.id for summary in house.streams.summaries("person") if summary.facts["paused"]}
    taken: Counter[str] = Counter()
    for summary in house.streams.summaries("relationship"):
        facts = summary.facts
        mentee, resting = facts["mentee_id"], facts.get("resting_since")
        since = _paused_since(house, mentee) if mentee in paused else None
        pauses = (since, datetime.fromisoformat(resting) if resting else None)
        taken[facts["mentor_id"]] += takes_place(Status(facts["status"]), pauses, house.now())
    return taken


def _paused_since(house: House, id: str) -> datetime | None:
    found = person(house, id)
    return found.paused_since if found is not None else None


def refuse_without_place(house: House, mentor: Person) -> None:
    """Raise NoPlace where the mentor takes nobody more."""
    if mentor.capacity is not None:
        refuse_beyond(mentor.capacity, places_taken(house, mentor))
