"""The promises that the outside world makes to the domain.

Every adapter of a port keeps all of them, and one contract suite checks that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.calendar import CalendarChanges, CalendarEntry
from domain.calendar_port import Calendar as Calendar
from domain.erasure import Erased
from domain.ledger import Claim, LedgerRow, LedgerWrite, Settlement, Work
from domain.letters import EchoLetter, Letter
from domain.mail import AddressProof, Arrivals, AttachedFile, Draft, Envelope, ReceivedMail, Sent
from domain.notebook import Notebook
from domain.person import Person
from domain.programme import Programme
from domain.push import Hint, Subscription, Watch
from domain.relationship import Relationship
from domain.reply import Reply
from domain.samples_port import Samples as Samples
from domain.summary import Summary
from domain.threads import SubjectLine


class Clock(Protocol):
    """The only source of "now"."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until `due` or until something changed, whichever is first, and return the changed accounts
        (addresses).

        An account named here "may have changed": it is a hint that hastens a poll and never replaces one. Returns
        early (with nothing) when the process is asked to stop.
        """
        ...


class Ids(Protocol):
    """The only source of new identities."""

    def new(self) -> UUID:
        """Return an id that was never returned before and says nothing about anyone."""
        ...


class Mailbox(Protocol):
    """One provider's mailboxes; `account` is the address of the mailbox. The service only ever sends from its own.

    Errors as for Calendar.
    """

    def arrivals(self, account: str, cursor: str | None) -> Arrivals:
        """Return the messages that arrived in the inbox since `cursor`; with None only a cursor and no messages: the
        past is never acted on.

        A message may be named again in a later round; it is never left out. A forgotten cursor raises CursorExpired.
        """
        ...

    def recent(self, account: str, since: datetime) -> Arrivals:
        """Return all messages that arrived in the inbox since `since` and a fresh cursor.

        The way back after an expired cursor.
        """
        ...

    def raw(self, account: str, message_id: str) -> bytes | None:
        """Return the message as RFC 5322 bytes, at most 25 MB, or None when it is gone."""
        ...

    def draft(self, account: str, mime: bytes, conversation: str) -> Draft:
        """Store the mail as a draft.

        `conversation` is the provider's id of the conversation it continues, or empty.
        """
        ...

    def send(self, account: str, draft: Draft) -> Sent:
        """Send the draft as it lies there and return what left. A draft that is gone raises Doubtful.

        It may have left already.
        """
        ...

    def find(self, account: str, message_id: str, draft: Draft | None) -> Draft | Sent | None:
        """Say what became of the mail that was composed under `message_id`: still a draft, sent, or not there at all.

        `draft` is what `draft` returned, if that is known. Looking changes nothing.
        """
        ...


class Push(Protocol):
    """One provider's readiness to say when a calendar changed; `account` is the address of the calendar's owner.

    It only hastens polls, which find the same without it. Errors as for the writes of Calendar; Broken also when the
    provider does not want our address.
    """

    def watch(self, account: str, watch: Watch) -> Subscription:
        """Begin a subscription to the account's events; it may end before `watch.until`, never after.

        While this lasts the provider may already try the address.
        """
        ...

    def renew(self, account: str, subscription: Subscription, until: datetime) -> Subscription | None:
        """Let the subscription last until `until` at most, or return None when a new one must be made: the provider
        knows none to renew. Doing it again is harmless.
        """
        ...

    def end(self, account: str, subscription: Subscription) -> None:
        """End the subscription; ending what has ended or is unknown is success."""
        ...


class Hints(Protocol):
    """What providers said since it was asked for the last time."""

    def take(self) -> Sequence[Hint]:
        """Return each hint once, in a fixed order, and forget them."""
        ...


class Composer(Protocol):
    """Makes a mail from what it says."""

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """Return RFC 5322 bytes: multipart/alternative, text first, then HTML; the same input gives the same bytes.

        `rider` is the answer to mails of the reader that stands below the letter; `files` are attached as they are.

        Names and words come from people and are hostile until encoded: no header beyond the intended ones can arise
        from them.
        """
        ...

    def subject(self, line: SubjectLine) -> str:
        """Return the subject in the line's language; the same line gives the same subject."""
        ...


class Reader(Protocol):
    """Reads a mail, judges its origin and takes its words apart; all are pure functions."""

    def read(self, raw: bytes, sent: bytes | None = None) -> ReceivedMail:
        """Return what arrived; nothing that a mail contains makes this raise.

        Lines of `sent`, the mail of ours that it answers, are never its writer's words.
        """
        ...

    def files(self, raw: bytes) -> tuple[AttachedFile, ...]:
        """Return the files that came with a mail, what programs add by themselves left out; names are plain words.

        A mail that takes too long raises TooDemanding.
        """
        ...

    def trust(self, raw: bytes, provider: str, addresses: Collection[str]) -> tuple[str, tuple[str, ...]]:
        """Return "trusted", "held" (it cannot be proved) or "refused" (forged or failing), and at least one reason.

        The mail lies in the service's mailbox at that provider, whose verdict alone counts (RFC 8601 section 5);
        `addresses` are those of the one person who may act. Reasons name no address. Nothing in a mail makes it raise.
        """
        ...

    def understand(self, text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
        """Return what the text says; dates such as "by Friday" count from `today` in the writer's zone.

        With the `kind` of our mail that it answers, its first sentence may be an answer in prose; `names` of people say
        nothing there. A text that takes too long raises TooDemanding.
        """
        ...


class ReplyAddresses(Protocol):
    """Addresses of the service that each lead back to one mail of ours; `key` is that of the effect that sent it.

    An address proves that whoever writes to it had our mail or was given it, never who that is.
    """

    def address(self, key: str, reader: str, expires: date) -> str:
        """Return where the mail's reader (an address) answers it, or "" for the service's own address."""
        ...

    def reference(self, key: str) -> str:
        """Return the name under which the ledger remembers the mail for these addresses."""
        ...

    def named(self, recipients: Collection[str]) -> str | None:
        """Return such a name when a mail was written to one of these addresses, genuine or not, else None."""
        ...

    def proof(self, recipients: Collection[str], key: str, readers: Collection[str], today: date) -> AddressProof:
        """Say what a mail's recipients prove about answering our mail of that key, which went to one of the readers."""
        ...


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


class KillPoints(Protocol):
    """Names the moments between two steps at which a crash must be harmless; does nothing in production."""

    def at(self, name: str) -> None:
        """Pass the named moment."""
        ...
