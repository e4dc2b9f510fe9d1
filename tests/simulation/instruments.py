"""What stands between the service and the memory world: a watched calendar, a clock that loses hints, sudden death."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from adapters.mail.headers import header_lines
from adapters.mail.subjects import subject_of
from adapters.memory.calendar import MemoryCalendar
from adapters.memory.world import MemoryWorld
from domain.calendar import Ask, Booked, BookingRequest, Busy, CalendarChanges, CalendarEntry, Move
from domain.errors import MentorsyncError
from domain.interval import Interval
from domain.letters import EchoLetter, Letter
from domain.mail import AttachedFile, Envelope
from domain.threads import SubjectLine

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Write:
    """One change that the service made in a calendar: what stood there before, what stands there now, and whether
    something else lay or had lain at the time before, in any calendar.
    """

    at: datetime
    operation: str
    account: str
    before: CalendarEntry | None
    after: CalendarEntry | None
    blocked: bool


@dataclass
class WatchedCalendar:
    """The memory calendar as one cloud would show it; every write of the service is noted.

    A `forgetful` one no longer knows any cursor and tells everything each time.
    """

    world: MemoryWorld
    cloud: str
    writes: list[Write]
    asked_again: Callable[[str, CalendarEntry], None]
    forgetful: bool = False
    inner: MemoryCalendar = field(init=False)

    def __post_init__(self) -> None:
        """Open the plain calendar."""
        self.inner = MemoryCalendar(self.world)

    def changes(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        """Google mentions what was deleted as a cancelled event; Outlook only by its id."""
        changes = self.inner.changes(account, None if self.forgetful else cursor, now)
        if self.cloud != "google" or not changes.gone:
            return changes
        records = self.world.accounts[account].records
        deleted = tuple(replace(records[id].entry, cancelled=True) for id in changes.gone)
        return replace(changes, entries=(*changes.entries, *deleted), gone=())

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        """Answer one ask after the other."""
        return tuple(self._changes_or_trouble(ask, now) for ask in asks)

    def _changes_or_trouble(self, ask: Ask, now: datetime) -> CalendarChanges | MentorsyncError:
        try:
            return self.changes(ask.account, ask.cursor, now)
        except MentorsyncError as trouble:
            return trouble

    def busy(self, account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
        """See the port."""
        return self.inner.busy(account, window, calendars)

    def find(self, account: str, key: str, near: Interval) -> Booked | None:
        """See the port."""
        return self.inner.find(account, key, near)

    def tag(self, key: str) -> str:
        """See the port."""
        return self.inner.tag(key)

    def read(self, account: str, event_id: str) -> CalendarEntry | None:
        """See the port."""
        return self.inner.read(account, event_id)

    def book(self, account: str, request: BookingRequest) -> Booked:
        """See the port."""
        known = set(self.world.accounts[account].records)
        try:
            return self.inner.book(account, request)
        finally:
            for id in self.world.accounts[account].records.keys() - known:
                self._note("book", account, None, id)

    def move(self, account: str, move: Move) -> Booked:
        """A new time asks the guests anew, as both clouds do."""
        before = self._shown(account, move.event_id)
        try:
            return self.inner.move(account, move)
        finally:
            after = self._shown(account, move.event_id)
            if before is not None and after is not None and before.time != after.time:
                self._note("move", account, before, move.event_id)
                self.asked_again(account, after)

    def blank(self, account: str, event_id: str, title: str) -> None:
        """See the port; nobody is forgotten in these lives."""
        self.inner.blank(account, event_id, title)

    def cancel(self, account: str, event_id: str) -> None:
        """See the port."""
        before = self._shown(account, event_id)
        try:
            self.inner.cancel(account, event_id)
        finally:
            if before is not None and self._shown(account, event_id) is None:
                self._note("cancel", account, before, event_id)

    def remove(self, account: str, event_id: str) -> None:
        """See the port."""
        before = self._shown(account, event_id)
        try:
            self.inner.remove(account, event_id)
        finally:
            if before is not None and self._shown(account, event_id) is None:
                self._note("remove", account, before, event_id)

    def _shown(self, account: str, event_id: str) -> CalendarEntry | None:
        record = self.world.accounts[account].records.get(event_id)
        return record.entry if record is not None and not record.gone else None

    def _note(self, operation: str, account: str, before: CalendarEntry | None, event_id: str) -> None:
        after = self._shown(account, event_id)
        blocked = before is not None and self._blocked(before)
        self.writes.append(Write(self.world.now, operation, account, before, after, blocked))

    def _blocked(self, before: CalendarEntry) -> bool:
        """What was taken away since the move was decided counts too."""
        records = [record for account in self.world.accounts.values() for record in account.records.values()]
        others = [record.entry for record in records if record.entry.ical_uid != before.ical_uid]
        return any(entry.time.overlaps(before.time) for entry in others)


@dataclass
class FadingClock:
    """The world's clock; of the accounts that changed it names only some, in any order: polls find the rest."""

    world: MemoryWorld
    chance: Random
    hearing: float

    def now(self) -> datetime:
        """Return the world's instant."""
        return self.world.now

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until `due` or the next change."""
        changed = [account for account in self.world.advance_to(due) if self.chance.random() < self.hearing]
        self.chance.shuffle(changed)
        return changed


class PowerCut(BaseException):
    """The daemon's process is gone in the middle of what it did; no handler of the product may catch this."""


@dataclass
class Deadly:
    """Kill points of which the nth one that is passed is deadly."""

    tell: Tell
    nth: int = 0

    def at(self, name: str) -> None:
        """Pass the named moment or die in it."""
        self.nth -= 1
        if self.nth == 0:
            self.tell(f"the daemon dies at {name!r}")
            raise PowerCut


class PlainComposer:
    """Writes mails as plain text: hundreds of lives need no HTML, and what a mail says can be compared."""

    def subject(self, line: SubjectLine) -> str:
        """See the port."""
        return subject_of(line)

    def compose(
        self,
        envelope: Envelope,
        letter: Letter,
        rider: EchoLetter | None = None,
        files: Sequence[AttachedFile] = (),
    ) -> bytes:
        """Return a mail with the usual headers and the fields of the letter and of its rider as its text."""
        headers = [f"{name}: {value}" for name, value in header_lines(envelope)]
        words = [repr(part) for part in (letter, rider, *files) if part is not None]
        lines = [*headers, 'Content-Type: text/plain; charset="utf-8"', "", *words, ""]
        return "\r\n".join(lines).encode()


def is_ours(trouble: Exception) -> bool:
    """Say whether a trouble of the daemon is an error of the program itself."""
    return not isinstance(trouble, MentorsyncError)
