"""A house as it was at an earlier instant: streams that end there, and calendars of which nothing is known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from domain.calendar import CalendarChanges, CalendarEntry
from domain.erasure import Erased
from domain.errors import NotFound, Refused
from domain.ledger import LedgerWrite
from domain.notebook import Notebook, notebook_id
from domain.person import Person
from domain.ports import Streams
from domain.programme import Programme
from domain.relationship import Relationship
from domain.replay import replayed, until
from domain.summary import Summary, summarise
from service.house import House

T = TypeVar("T", Relationship, Person, Programme, Notebook)


def house_at(house: House, instant: datetime) -> House:
    """Return the house as it was at `instant` (UTC); nothing can be recorded in it.

    Busy times are a copy of the present and never events, so that no calendar shows anything in it.
    """
    return replace(house, clock=StandingClock(instant), streams=PastStreams(house.streams, instant), cache=NoCopies())


@dataclass(frozen=True, slots=True)
class StandingClock:
    """A clock that stands at one instant."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant."""
        return self.instant

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Return at once; time does not pass."""
        _ = due
        return ()


@dataclass(frozen=True, slots=True)
class PastStreams:
    """The streams up to an instant, told again from their events; each stream is read once."""

    streams: Streams
    instant: datetime
    read: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def relationship(self, id: str) -> Relationship:
        """See Streams."""
        return self._told(id, Relationship)

    def person(self, id: str) -> Person:
        """See Streams."""
        return self._told(id, Person)

    def programme(self) -> Programme | None:
        """See Streams."""
        known = self.streams.programme()
        return self._told(str(known.id), Programme) if known is not None and self._began(str(known.id)) else None

    def notebook(self, person_id: str) -> Notebook | None:
        """See Streams."""
        id = str(notebook_id(person_id))
        return self._told(id, Notebook) if self._began(id) else None

    def person_at(self, address: str) -> str | None:
        """Return the id of whoever has that address now, if she was known then."""
        id = self.streams.person_at(address)
        return id if id is not None and self._began(id) else None

    def relationships_of(self, person_id: str) -> tuple[str, ...]:
        """See Streams."""
        return tuple(id for id in self.streams.relationships_of(person_id) if self._began(id))

    def summaries(self, kind: str) -> tuple[Summary, ...]:
        """See Streams."""
        ids = [summary.id for summary in self.streams.summaries(kind) if self._began(summary.id)]
        if kind == "relationship":
            return tuple(summarise(self.relationship(id)) for id in ids)
        if kind == "person":
            return tuple(summarise(self.person(id)) for id in ids)
        return tuple(summarise(self._told(id, Programme)) for id in ids)

    def erase(self, person_id: str) -> Erased:
        """The past cannot be changed; nothing that only reads comes here."""
        _ = person_id
        raise Refused("The past cannot be changed.", "Ask for the present instead.")

    def events(self, id: str) -> Iterable[object]:
        """See Streams."""
        if id not in self.read:
            self.read[id] = until(self.streams.events(id), self.instant)
        if not self.read[id]:
            raise NotFound("Nothing was known under that id then.", "Ask for a later day.")
        return self.read[id]

    def save(
        self,
        *aggregates: Relationship | Person | Programme | Notebook,
        now: datetime,
        write: LedgerWrite | None = None,
    ) -> None:
        """The past cannot be changed; nothing that only reads comes here."""
        _ = aggregates, now, write
        raise Refused("The past cannot be changed.", "Ask for the present instead.")

    def _told(self, id: str, kind: type[T]) -> T:
        found = replayed(self.events(id))
        if not isinstance(found, kind):
            raise NotFound("Nothing was known under that id then.", "Ask for a later day.")
        return found

    def _began(self, id: str) -> bool:
        try:
            return bool(self.events(id))
        except NotFound:
            return False


class NoCopies:
    """A calendar cache that knows nothing."""

    def entries(self, account: str) -> Mapping[str, CalendarEntry] | None:
        """Return None: the account was never read."""
        _ = account
        return None

    def entries_of(self, account: str, event_ids: Collection[str]) -> Mapping[str, CalendarEntry] | None:
        """Return None: the account was never read."""
        _ = account, event_ids
        return None

    def entry(self, account: str, ical_uid: str) -> CalendarEntry | None:
        """Return None: there is no such entry."""
        _ = account, ical_uid
        return None

    def replace(self, account: str, changes: CalendarChanges) -> None:
        """The past cannot be changed; nothing that only reads comes here."""
        _ = account, changes
        raise Refused("The past cannot be changed.", "Ask for the present instead.")
