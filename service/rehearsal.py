"""Lets a use case run to its end without recording anything: what a dry run stands on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import capacity_in
from domain.erasure import Erased
from domain.ledger import LedgerWrite
from domain.notebook import Notebook
from domain.person import Person
from domain.ports import Streams
from domain.programme import Programme
from domain.relationship import Relationship
from domain.summary import Summary
from service.house import House

NEVER = datetime.min.replace(tzinfo=UTC)


def check_person(
    address: str, name: str, provider: str, zone: str, hours: str, language: str, capacity: str = "none"
) -> None:
    """Raise BadInput for what no person can have; asked before opening a store, so that a slip makes none."""
    capacity_in(capacity)
    Person.register(UUID(int=0), name, address, provider, zone, hours, language, By(ADMINISTRATOR, CLI, None, NEVER))


def rehearsed(house: House) -> House:
    """Return the same house, in which every save is left out; all refusals are the real ones."""
    return replace(house, streams=RehearsedStreams(house.streams))


@dataclass(frozen=True, slots=True)
class RehearsedStreams:
    """Streams that can be read and never change."""

    streams: Streams

    def relationship(self, id: str) -> Relationship:
        """See Streams."""
        return self.streams.relationship(id)

    def person(self, id: str) -> Person:
        """See Streams."""
        return self.streams.person(id)

    def programme(self) -> Programme | None:
        """See Streams."""
        return self.streams.programme()

    def notebook(self, person_id: str) -> Notebook | None:
        """See Streams."""
        return self.streams.notebook(person_id)

    def person_at(self, address: str) -> str | None:
        """See Streams."""
        return self.streams.person_at(address)

    def relationships_of(self, person_id: str) -> tuple[str, ...]:
        """See Streams."""
        return self.streams.relationships_of(person_id)

    def summaries(self, kind: str) -> tuple[Summary, ...]:
        """See Streams."""
        return self.streams.summaries(kind)

    def erase(self, person_id: str) -> Erased:
        """Destroy nothing."""
        _ = person_id
        return Erased(0, 0, 0)

    def events(self, id: str) -> Iterable[object]:
        """See Streams."""
        return self.streams.events(id)

    def save(
        self,
        *aggregates: Relationship | Person | Programme | Notebook,
        now: datetime,
        write: LedgerWrite | None = None,
    ) -> None:
        """Record nothing."""
        _ = aggregates, now, write
