"""Finds people and relationships by what an administrator types: an id, the beginning of one, or a person's address."""

from collections.abc import Iterable, Mapping

from domain.charter import Role
from domain.errors import BadInput, NotFound
from domain.full_names import given_name
from domain.person import Person
from domain.personal import ERASED
from domain.relationship import Relationship
from domain.summary import Summary
from service.house import House

FORMER = "former"


def relationship_named(house: House, text: str) -> str:
    """Return the id of the one relationship whose id begins with `text`; NotFound, or BadInput when several do."""
    ids = (summary.id for summary in house.streams.summaries("relationship"))
    return the_one(text, ids, "relationship", "See mentorsync relationship list for those that are.")


def person_named(house: House, text: str) -> Person:
    """Return the person with that address, or whose id begins with `text`; NotFound, or BadInput when several do."""
    remedy = "See mentorsync person list for those that are."
    if "@" in text:
        found = house.streams.person_at(text)
        if found is None:
            raise NotFound("Nobody is registered with that address.", remedy)
        return house.streams.person(found)
    ids = (summary.id for summary in house.streams.summaries("person"))
    return house.streams.person(the_one(text, ids, "person", remedy))


def the_one(text: str, names: Iterable[str], noun: str, remedy: str) -> str:
    """Return the name that is `text`, or the only one that begins with it."""
    wanted = text.strip().lower()
    found = sorted({name for name in names if wanted and name.lower().startswith(wanted)})
    exact = [name for name in found if name.lower() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise NotFound(f"No {noun} is known under '{text}'.", remedy)
    raise BadInput(
        f"'{text}' begins the id of {len(found)} known ones, so it is not clear which {noun} is meant.",
        "Give more of the id.",
    )


def names_of_people(house: House) -> Mapping[str, str]:
    """Return everybody's full name by id."""
    return names_in(house.streams.summaries("person"))


def names_in(people: Iterable[Summary]) -> Mapping[str, str]:
    """Return the full names in read models of people by id."""
    return {summary.id: summary.facts["name"].reveal() for summary in people}


def names_within(house: House, relationship: Relationship) -> Mapping[str, str]:
    """Return everybody's full name by id as a reader of that relationship knows them."""
    two = {relationship.person_id(role): role for role in Role}
    return {id: named(name, two[id]) if id in two else name for id, name in names_of_people(house).items()}


def named(name: str, role: Role) -> str:
    """Return the name of one of the two: who was forgotten is the "former mentor" or the "former mentee"."""
    return f"{FORMER} {role.value}" if name == ERASED else name


def first_name(names: Mapping[str, str], actor: str) -> str:
    """Return the first name of a person id; "mentorsync" and "administrator" speak for themselves."""
    name = names.get(actor, actor)
    return name if name.startswith(f"{FORMER} ") else given_name(name)
