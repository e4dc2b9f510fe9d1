"""One small world of accounts with a virtual clock; what one does reaches the others a minute later."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import CalendarEntry
from domain.errors import Broken, CursorExpired, Doubtful, NoAccess, NoMailbox, NotSignedIn, TryLater

TRAVEL = timedelta(minutes=1)


class Fault(StrEnum):
    """What can go wrong with one call; the doubtful ones differ in whether the write was done before."""

    TRY_LATER = "try_later"
    DOUBTFUL_BEFORE = "doubtful_before"
    DOUBTFUL_AFTER = "doubtful_after"
    CURSOR_EXPIRED = "cursor_expired"
    BROKEN = "broken"


class Closed(StrEnum):
    """Why the provider lets nobody into one account."""

    CONSENT = "consent"
    ENTRIES = "entries"
    SIGNED_OUT = "signed_out"
    GONE = "gone"


@dataclass(slots=True)
class Record:
    """One event in one calendar, the number of its last change, whether it left the calendar, and its place.

    `nonsense` is why nobody could understand it, or empty; `words` are its title and its text.
    """

    entry: CalendarEntry
    touched: int
    gone: bool = False
    place: str = ""
    nonsense: str = ""
    words: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail in one mailbox; `folder` is "inbox", "drafts" or "sent", `number` orders a mailbox."""

    id: str
    number: int
    folder: str
    raw: bytes
    message_id: str
    conversation: str
    at: datetime


@dataclass(slots=True)
class Account:
    """What one person has at a provider; `closed` is why a calendar cannot be reached, None while it can."""

    address: str
    closed: Closed | None = None
    records: dict[str, Record] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    count: int = 0

    def next(self) -> int:
        """Return the next number of this account; numbers never come back."""
        self.count += 1
        return self.count


@dataclass(order=True, slots=True)
class _Happening:
    due: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class MemoryWorld:
    """All accounts, the time, what is under way, and the faults that wait for a call. For one thread.

    `conferences` says whether its calendars can make links to online meetings.
    """

    def __init__(self, now: datetime, addresses: Sequence[str] = ()) -> None:
        self.now = now
        self.accounts: dict[str, Account] = {}
        self.conferences = True
        self._under_way: list[_Happening] = []
        self._scheduled = 0
        self._changed: list[str] = []
        self._faults: list[tuple[str, Fault, datetime | None]] = []
        for address in addresses:
            self.add(address)

    def add(self, address: str) -> None:
        """Open an account under a lower-case address."""
        self.accounts[address] = Account(address)

    def account(self, address: str) -> Account:
        """Return the account; Broken when there is none."""
        if address not in self.accounts:
            raise NoMailbox("The provider knows no such account.", "Check the person's address.")
        return self.accounts[address]

    def opened(self, address: str, *, times_only: bool = False) -> Account:
        """Return the account for a request from outside, or raise what the provider says while it is closed; one that
        shows its busy times and no more is open to a question for `times_only`.
        """
        account = self.account(address)
        if account.closed is Closed.CONSENT or (account.closed is Closed.ENTRIES and not times_only):
            raise NoAccess("The provider refuses access to the account.", "Ask its owner to renew the consent.")
        if account.closed is Closed.SIGNED_OUT:
            raise NotSignedIn("The provider refuses the credential.", "Check the credential.")
        if account.closed is Closed.GONE:
            raise NoMailbox("The provider knows no such account.", "Check the person's address.")
        return account

    def touched(self, address: str) -> None:
        """Remember that the account changed, as a hint for whoever waits."""
        self._changed.append(address)

    def put(
        self,
        address: str,
        entry: CalendarEntry,
        *,
        gone: bool = False,
        place: str | None = None,
        words: tuple[str, str] | None = None,
    ) -> CalendarEntry:
        """Write the event into the calendar with a fresh change mark and return it; without a new place it stays
        where it was, and without new words it says what it said.
        """
        account = self.account(address)
        number = account.next()
        entry = replace(entry, etag=f"mark-{number}")
        known = account.records.get(entry.event_id)
        stays, says = (known.place, known.words) if known is not None else ("", ("", ""))
        place, words = stays if place is None else place, says if words is None else words
        account.records[entry.event_id] = Record(entry, number, gone, place, words=words)
        self.touched(address)
        return entry

    def keep(self, letter: Letter, address: str) -> Letter:
        """Put the mail into the mailbox (replacing an earlier state of it) and return it."""
        self.account(address).letters[letter.id] = letter
        self.touched(address)
        return letter

    def at(self, due: datetime, act: Callable[[], object]) -> None:
        """Let something happen when the time has come."""
        self._scheduled += 1
        heapq.heappush(self._under_way, _Happening(max(due, self.now), self._scheduled, act))

    def later(self, act: Callable[[], object]) -> None:
        """Let something arrive after the usual travel time."""
        self.at(self.now + TRAVEL, act)

    def advance_to(self, due: datetime) -> tuple[str, ...]:
        """Let time pass until `due` or the first change; return the accounts changed since the last call."""
        while not self._changed and self._under_way and self._under_way[0].due <= due:
            happening = heapq.heappop(self._under_way)
            self.now = happening.due
            happening.act()
        if not self._changed:
            self.now = max(self.now, due)
        changed = tuple(dict.fromkeys(self._changed))
        self._changed.clear()
        return changed

    def settle(self) -> None:
        """Let time pass until nothing is under way."""
        while self._under_way:
            self.advance_to(self._under_way[-1].due)
        self._changed.clear()

    def fail_next(self, operation: str, fault: Fault, not_before: datetime | None = None) -> None:
        """Let the next call of an operation ("calendar.book", "mailbox.send" …) meet a fault, once."""
        self._faults.append((operation, fault, not_before))

    @contextmanager
    def call(self, operation: str) -> Iterator[None]:
        """Surround an operation with the fault that waits for it, if one does."""
        found = next((item for item in self._faults if item[0] == operation), None)
        if found is None:
            yield
            return
        self._faults.remove(found)
        if found[1] is Fault.DOUBTFUL_AFTER:
            yield
        raise _error(found[1], found[2])


def _error(fault: Fault, not_before: datetime | None) -> Exception:
    if fault is Fault.TRY_LATER:
        return TryLater("The provider is busy.", "Nothing is to be done; it is tried again.", not_before)
    if fault is Fault.CURSOR_EXPIRED:
        return CursorExpired("The provider forgot the cursor.", "A full read follows by itself.")
    if fault is Fault.BROKEN:
        return Broken("The provider refuses the account.", "Ask an administrator to renew the consent.")
    return Doubtful("The answer to a write was lost.", "It is looked up before anything else.")
