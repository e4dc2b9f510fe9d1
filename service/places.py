"""Counts the places of a mentor that are taken, from the read models."""

from collections import Counter

from domain.capacity import refuse_beyond, takes_place
from domain.person import Person
from domain.relationship_state import Status
from service.house import House


def places_taken(house: House, mentor: Person) -> int:
    """Return how many of a mentor's places are taken now."""
    id = str(mentor.id)
    others = (house.streams.relationship(other) for other in house.streams.relationships_of(id))
    return sum(
        takes_place(other.status, house.streams.person(other.mentee_id).paused_since, house.now())
        for other in others
        if other.mentor_id == id
    )


def all_places_taken(house: House) -> Counter[str]:
    """Return the same for every mentor, by id, in one look at all relationships."""
    away = {summary.id: summary.facts.get("paused") for summary in house.streams.summaries("person")}
    taken: Counter[str] = Counter()
    for summary in house.streams.summaries("relationship"):
        facts = summary.facts
        paused = away.get(facts["mentee_id"])
        since = house.streams.person(facts["mentee_id"]).paused_since if paused else None
        taken[facts["mentor_id"]] += takes_place(Status(facts["status"]), since, house.now())
    return taken


def refuse_without_place(house: House, mentor: Person) -> None:
    """Raise NoPlace where the mentor takes nobody more."""
    if mentor.capacity is not None:
        refuse_beyond(mentor.capacity, places_taken(house, mentor))
