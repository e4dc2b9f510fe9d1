"""Lets everything that looks at one moment read each stream and each calendar once, however many ask for it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from domain.calendar import CalendarChanges, CalendarEntry
from domain.erasure import Erased
from domain.ledger import LedgerWrite
from domain.notebook import Notebook
from domain.person import Person
from domain.ports import CalendarCache, Streams
from domain.programme import Programme
from domain.relationship import Relationship
from domain.summary import Summary
from service.house import House

Read = TypeVar("Read")


def remembering(house: House) -> House:
    """Return the same house, whose streams and calendars stay as they are first read.

    For reading one moment only: what it gives may be one object for many.
    """
    return replace(house, streams=RememberedStreams(house.streams), cache=RememberedCalendars(house.cache))


def _once(known: dict[str, Read], name: str, read: Callable[[str], Read]) -> Read:
    if name not in known:
        known[name] = read(name)
    return known[name]


@dataclass(frozen=True, slots=True)
class RememberedStreams:
    """Streams of which each is read once."""

    streams: Streams
    relationships: dict[str, Relationship] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    memberships: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: dict[str, tuple[Summary, ...]] = field(default_factory=dict)

    def relationship(self, id: str) -> Relationship:
        """See Streams."""
        return _once(self.relationships, id, self.streams.relationship)

    def person(self, id: str) -> Person:
        """See Streams."""
        return _once(self.people, id, self.streams.person)

    def relationships_of(self, person_id: str) -> tuple[str, ...]:
        """See Streams."""
        return _once(self.memberships, person_id, self.streams.relationships_of)

    def programme(self) -> Programme | None:
        """See Streams."""
        return self.streams.programme()

    def notebook(self, person_id: str) -> Notebook | None:
        """See Streams."""
        return self.streams.notebook(person_id)

    def person_at(self, address: str) -> str | None:
        """See Streams."""
        return self.streams.person_at(address)

    def summaries(self, kind: str) -> tuple[Summary, ...]:
        """See Streams."""
        return _once(self.lists, kind, self.streams.summaries)

    def erase(self, person_id: str) -> Erased:
        """See Streams."""
        return self.streams.erase(person_id)

    def events(self, id: str) -> Iterable[object]:
        """See Streams."""
        return self.streams.events(id)

    def save(
        self,
        *aggregates: Relationship | Person | Programme | Notebook,
        now: datetime,
        write: LedgerWrite | None = None,
    ) -> None:
        """See Streams."""
        self.streams.save(*aggregates, now=now, write=write)


@dataclass(frozen=True, slots=True)
class RememberedCalendars:
    """A calendar cache of which each account is read once."""

    cache: CalendarCache
    accounts: dict[str, Mapping[str, CalendarEntry] | None] = field(default_factory=dict)

    def entries(self, account: str) -> Mapping[str, CalendarEntry] | None:
        """See CalendarCache."""
        return _once(self.accounts, account, self.cache.entries)

    def entries_of(self, account: str, event_ids: Collection[str]) -> Mapping[str, CalendarEntry] | None:
        """See CalendarCache."""
        return self.cache.entries_of(account, event_ids)

    def entry(self, account: str, ical_uid: str) -> CalendarEntry | None:
        """See CalendarCache."""
        return self.cache.entry(account, ical_uid)

    def replace(self, account: str, changes: CalendarChanges) -> None:
        """See CalendarCache."""
        self.cache.replace(account, changes)
