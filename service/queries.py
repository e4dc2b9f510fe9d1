"""What lists show: people and relationships, from their one-row read models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.charter import Role
from domain.hours import Leave, SpecialHours, Travel
from domain.person import Person
from domain.person_state import LostConnection
from service.calendar_standing import standing, unread
from service.house import House
from service.names import named, names_of_people, person_named
from service.places import places_taken
from service.rails import delegates_outside

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a list; `calendar` says how hers stands."""

    id: str
    name: str
    address: str
    provider: str
    zone: str
    hours: str
    paused: bool
    calendar: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person with all that is known of her and the ids of her relationships.

    `connection` is None while nothing is known against it; of further calendars only the number is shown. `capacity` is
    how many mentees she takes, None without a limit. `delegates_outside` are those of the delegates whom mail may not
    reach: what they write for her counts, and she gets the answers.
    """

    id: str
    name: str
    addresses: tuple[str, ...]
    provider: str
    zone: str
    hours: str
    language: str
    paused: bool
    calendar_read: bool
    relationships: tuple[str, ...]
    connection: LostConnection | None
    left_at: datetime | None
    travels: tuple[Travel, ...]
    leaves: tuple[Leave, ...]
    special_hours: tuple[SpecialHours, ...]
    meetings_per_day: int | None
    further_calendars: int
    free_busy_only: bool
    delegates: tuple[str, ...]
    forgotten_at: datetime | None
    capacity: int | None
    places_taken: int
    delegates_outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    """One relationship in a list; instants are UTC."""

    id: str
    mentor: str
    mentee: str
    status: str
    next_meeting: datetime | None
    next_state: str | None
    meetings_held: int
    open_actions: int
    held_mails: int
    given_up: int


def people(house: House) -> tuple[PersonRow, ...]:
    """Return everybody, by name."""
    failing, read = unread(house), house.ledger.cursors("calendar")
    everybody = ((one.id, one.facts) for one in house.streams.summaries("person"))
    rows = (_person_row(id, facts, standing(id, facts, failing, read)) for id, facts in everybody)
    return tuple(sorted(rows, key=lambda row: (row.name, row.id)))


def person_view(house: House, id_or_address: str) -> PersonView:
    """Return one person, or raise NotFound."""
    return view_of(house, person_named(house, id_or_address))


def view_of(house: House, person: Person) -> PersonView:
    """Return what is known of a person, changes that are not saved included."""
    id = str(person.id)
    return PersonView(
        id,
        person.name.reveal(),
        tuple(address.reveal() for address in person.addresses),
        person.provider,
        person.zone,
        person.hours,
        person.language,
        person.paused,
        house.cache.entries(id) is not None,
        house.streams.relationships_of(id),
        person.connection,
        person.left_at,
        person.travels,
        person.leaves,
        person.special_hours,
        person.meetings_per_day,
        len(person.calendars),
        person.free_busy_only,
        tuple(address.reveal() for address in person.delegates),
        person.forgotten_at,
        person.capacity,
        places_taken(house, person),
        delegates_outside(house.rails, person),
    )


def relationships(house: House) -> tuple[RelationshipRow, ...]:
    """Return all relationships; the next meeting first, those without one last."""
    return relationship_rows(house, names_of_people(house))


def relationship_rows(house: House, names: Mapping[str, str]) -> tuple[RelationshipRow, ...]:
    """Return the same, with everybody's name by id at hand."""
    rows = (_relationship_row(s.id, s.facts, names) for s in house.streams.summaries("relationship"))
    return tuple(sorted(rows, key=lambda row: (row.next_meeting or LAST, row.id)))


def _person_row(id: str, facts: Mapping[str, Any], calendar: str) -> PersonRow:
    provider, zone, hours, paused = (facts[part] for part in ("provider", "zone", "hours", "paused"))
    return PersonRow(id, facts["name"].reveal(), facts["address"].reveal(), provider, zone, hours, paused, calendar)


def _relationship_row(id: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> RelationshipRow:
    starts = facts["next_meeting"]
    counts = (facts[part] for part in ("meetings_held", "open_actions", "held_mails", "given_up"))
    return RelationshipRow(
        id,
        named(names[facts["mentor_id"]], Role.MENTOR),
        named(names[facts["mentee_id"]], Role.MENTEE),
        facts["status"],
        datetime.fromisoformat(starts) if starts else None,
        facts["next_state"],
        *counts,
    )
