"""The one-row read model of each stream: what lists and status show without reading the stream."""

from dataclasses import dataclass
from typing import Any

from domain.notebook import Notebook
from domain.person import Person
from domain.programme import Programme
from domain.relationship import Relationship


@dataclass(frozen=True, slots=True)
class Summary:
    """One row: `kind` is relationship, person, notebook or programme.

    `facts` holds plain JSON values and Personal ones, which are sealed.
    """

    kind: str
    id: str
    facts: dict[str, Any]


def summarise(aggregate: Relationship | Person | Programme | Notebook) -> Summary:
    """Return the read model of one stream."""
    if isinstance(aggregate, Relationship):
        return Summary("relationship", str(aggregate.id), _relationship(aggregate))
    if isinstance(aggregate, Person):
        return Summary("person", str(aggregate.id), _person(aggregate))
    if isinstance(aggregate, Notebook):
        return Summary("notebook", str(aggregate.id), {"person": aggregate.person})
    return Summary("programme", str(aggregate.id), {"name": aggregate.name, "live": aggregate.sending})


def members(aggregate: Relationship | Person | Programme | Notebook) -> tuple[str, ...]:
    """Return the ids of the people whose changes concern this stream."""
    return (aggregate.mentor_id, aggregate.mentee_id) if isinstance(aggregate, Relationship) else ()


def _relationship(relationship: Relationship) -> dict[str, Any]:
    current = relationship.meetings.current
    return {
        "mentor_id": relationship.mentor_id,
        "mentee_id": relationship.mentee_id,
        "status": relationship.status.value,
        "next_meeting": current.time.start.isoformat() if current else None,
        "next_state": current.state.value if current else None,
        "meetings_held": sum(1 for m in relationship.meetings.items if m.took_place),
        "open_actions": len(relationship.open_actions()),
        "held_mails": len(relationship.held_mails),
        "given_up": len(relationship.given_up),
        "resting_since": relationship.rest.since.isoformat() if relationship.rest is not None else None,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "address": person.addresses[0],
        "provider": person.provider,
        "zone": person.zone,
        "hours": person.hours,
        "paused": person.paused,
        "bounces": person.bounces,
        "connection": person.connection.reason.value if person.connection else None,
        "left": person.left,
        "delegates": len(person.delegates),
    }
