"""The promises about what is kept: the event streams, the ledger of work, and the copy of the calendars."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.calendar import CalendarChanges, CalendarEntry
from domain.erasure import Erased
from domain.ledger import Claim, LedgerRow, LedgerWrite, Settlement, Work
from domain.notebook import Notebook
from domain.person import Person
from domain.programme import Programme
from domain.relationship import Relationship
from domain.summary import Summary


class Streams(Protocol):
    """Loads and saves the aggregates, each save in one transaction with the ledger.

    A save that meets a version conflict raises StaleStream: the caller reloads, looks whether the outcome is there,
    and only then decides again. Every save also makes the review of each saved aggregate and of the relationships it
    belongs to due now and takes their leases away, and updates their read models, all in the same transaction.
    """

    def relationship(self, id: str) -> Relationship:
        """Return the relationship, or raise NotFound."""
        ...

    def person(self, id: str) -> Person:
        """Return the person, or raise NotFound."""
        ...

    def programme(self) -> Programme | None:
        """Return the one programme of this store, or None before it was founded."""
        ...

    def notebook(self, person_id: str) -> Notebook | None:
        """Return the person's private notebook, or None while nothing was ever noted."""
        ...

    def person_at(self, address: str) -> str | None:
        """Return the id of the person with that registered address (any case), or None.

        The look-up uses a keyed hash.
        """
        ...

    def relationships_of(self, person_id: str) -> tuple[str, ...]:
        """Return the ids of all relationships that the person belongs to, in order."""
        ...

    def summaries(self, kind: str) -> tuple[Summary, ...]:
        """Return the read models of all streams of a kind ("relationship", "person"), in order of their founding."""
        ...

    def save(
        self,
        *aggregates: Relationship | Person | Programme | Notebook,
        now: datetime,
        write: LedgerWrite | None = None,
    ) -> None:
        """Record the pending events and the ledger's changes, all or nothing.

        `write.settle` whose token is no longer the row's raises StaleLease and records nothing, except that a review
        that was woken meanwhile by this or another save stays due now.
        """
        ...

    def erase(self, person_id: str) -> Erased:
        """Destroy the person's keys for good, that of her notebook too, and remove the copy of her calendar with its
        cursors and what she could be found by; her streams stay, and read "[erased]" from now on.

        Doing it again is harmless, and needed after TryLater.
        """
        ...

    def events(self, id: str) -> Iterable[object]:
        """Return the stream's events in order, from the first; or raise NotFound."""
        ...


class Ledger(Protocol):
    """The one list of everything that is due: effects, reviews, polls."""

    def claim(self, now: datetime, kinds: Sequence[str], limit: int, lease_until: datetime) -> tuple[Claim, ...]:
        """Lease up to `limit` open rows that are due, in order of (due, key), of the given kinds, at most one lane's
        worth each.

        A row whose lease ended may be claimed again. A lane with a leased row gives out nothing, so one lane is
        served by one worker.
        """
        ...

    def note(self, claim: Claim, receipt: str) -> None:
        """Keep what the provider answered before the next step, in a transaction of its own.

        StaleLease when the lease is lost.
        """
        ...

    def settle(self, settlement: Settlement, now: datetime) -> None:
        """Settle a row that needs no event.

        StaleLease when the lease is lost (a woken review stays due and is no error).
        """
        ...

    def hasten(self, keys: Sequence[str], now: datetime) -> None:
        """Make open rows due now (hints, go-live); unknown keys are ignored."""
        ...

    def ensure(self, works: Sequence[Work], now: datetime) -> None:
        """Open rows that do not exist yet (polls, reviews); existing ones stay as they are."""
        ...

    def next_due(self, kinds: Sequence[str]) -> datetime | None:
        """Return the earliest due of the open rows of the given kinds that are not leased, or None."""
        ...

    def rows(
        self, states: Sequence[str] = (), subject: str | None = None, kinds: Sequence[str] = (), troubled: bool = False
    ) -> tuple[LedgerRow, ...]:
        """Return rows as an administrator sees them, in order of (due, key): of the given kinds, else effects.

        With `troubled` only those that carry a reason, such as one for which they were put back.
        """
        ...

    def resolve(self, key: str, settlement_state: str, now: datetime) -> None:
        """Let a person decide a row that is unknown or given up: "done", or "open" to do it anew as if never tried.

        NotFound when no such row waits for a decision.
        """
        ...

    def void_leases(self) -> int:
        """Take every lease away and return how many there were.

        Only the holder of the daemon's lock may ask this.
        """
        ...

    def reference(self, ref: str) -> tuple[str, str] | None:
        """Return (subject, key) of what the outside world names, or None."""
        ...

    def cursor(self, account: str, stream: str) -> str | None:
        """Return the stored cursor of an account's stream ("calendar", "mail" or "push"), or None."""
        ...

    def cursors(self, stream: str) -> Mapping[str, str]:
        """Return the stored cursors of all accounts that have one in this stream, by account."""
        ...


class CalendarCache(Protocol):
    """The rebuildable copy of what calendars showed at the last poll: times and states only, never titles."""

    def entries(self, account: str) -> Mapping[str, CalendarEntry] | None:
        """Return the known entries by event id, or None when the account was never read (unknown is not free)."""
        ...

    def entries_of(self, account: str, event_ids: Collection[str]) -> Mapping[str, CalendarEntry] | None:
        """Return those of the known entries that have one of these ids, or None when the account was never read."""
        ...

    def entry(self, account: str, ical_uid: str) -> CalendarEntry | None:
        """Return the known entry with that iCal uid, the standing one before a cancelled one, or None."""
        ...

    def replace(self, account: str, changes: CalendarChanges) -> None:
        """Merge a round of changes (or, when complete, put it in the place of all)."""
        ...
