"""What a review knows of the two people beside their free time: how long they are away, and for whom it speaks."""

from collections.abc import Collection, Mapping

from domain.absence import LONG_ENOUGH
from domain.calendar import CalendarEntry, Shows
from domain.charter import Role
from domain.interval import Interval, merged
from domain.ledger import WorkState
from domain.person import Person
from domain.relationship import Relationship
from service.house import SERVICE_OWNER, House
from service.rows import POLL_INBOX
from service.unreadable import served


def away_of(entries: Mapping[str, CalendarEntry] | None, ours: Collection[str], readable: bool) -> tuple[Interval, ...]:
    """Return the stretches that a calendar shows as out of office, in order and disjoint, but for our own meetings.

    Of one that is not readable any more only whole days count: what its owner does by the hour she says by mail.
    """
    known = (entry for entry in (entries or {}).values() if entry.ical_uid not in ours)
    shown = merged(entry.time for entry in known if entry.shows is Shows.OUT_OF_OFFICE and not entry.cancelled)
    return tuple(stretch for stretch in shown if readable or stretch.end - stretch.start >= LONG_ENOUGH)


def hears(house: House) -> bool:
    """Say whether the service's mailbox is read up to now: its poll is not overdue, and did not fail the last time."""
    polls = house.ledger.rows([WorkState.OPEN], SERVICE_OWNER, [POLL_INBOX])
    return bool(polls) and all(row.work.due > house.now() and not row.reason for row in polls)


def speaks_for(house: House, relationship: Relationship, people: Mapping[Role, Person]) -> frozenset[Role]:
    """Return whom mails about themselves reach from this relationship: of all that run, it is the first of theirs.

    So somebody in three relationships gets one mail and not three. It is asked only where there is such a mail.
    """
    lost = {role: person for role, person in people.items() if person.connection is not None}
    return frozenset(role for role, person in lost.items() if _first(house, person) == str(relationship.id))


def _first(house: House, person: Person) -> str | None:
    known = (served(house, id) for id in house.streams.relationships_of(str(person.id)))
    return next((str(one.id) for one in known if one is not None and one.running), None)
