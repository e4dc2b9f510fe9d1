"""The calendar port in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from adapters.memory.invitations import invite, tell_change, tell_end
from adapters.memory.world import Account, MemoryWorld, Record
from adapters.several import Place, Span, alone, answered, attempted, located
from domain.calendar import (
    Ask,
    Attendee,
    Booked,
    BookingRequest,
    Busy,
    CalendarChanges,
    CalendarEntry,
    Move,
    ParkedItem,
    Response,
    Shows,
    blocking,
)
from domain.errors import CursorExpired, MentorsyncError, Refused
from domain.interval import Interval

PAST, FUTURE = timedelta(days=30), timedelta(days=180)


class MemoryCalendar:
    """Keeps every promise of the port `Calendar` over a memory world."""

    def __init__(self, world: MemoryWorld) -> None:
        self._world = world

    def changes(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        """Return the records touched since the cursor's number, or all of the window."""
        return alone(self.changes_of([Ask(account, cursor)], now))

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        """Answer one ask after the other; a further calendar is named by the address of its own account."""
        return answered(self, asks, now)

    def rounds(self, places: Sequence[Place], now: datetime) -> list[CalendarChanges | MentorsyncError]:
        """Return the round of each calendar."""
        return [attempted(partial(self._round, place.calendar or place.account, place.cursor, now)) for place in places]

    def times(self, spans: Sequence[Span]) -> list[tuple[Busy, ...] | MentorsyncError]:
        """Return the busy times of each account."""
        return [attempted(partial(self.busy, span.account, span.window, span.calendars)) for span in spans]

    def _round(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        with self._world.call("calendar.changes"):
            owner = self._world.opened(account)
            since = _number(owner, cursor)
            touched = [record for record in owner.records.values() if record.touched > since]
            window = Interval(now - PAST, now + FUTURE) if cursor is None else None
            if window is not None:
                touched = [r for r in touched if not r.gone and r.entry.time.overlaps(window)]
            present = [record for record in touched if not record.gone]
            gone = tuple(record.entry.event_id for record in touched if record.gone)
            parked = tuple(ParkedItem(r.entry.event_id, r.nonsense) for r in present if r.nonsense)
            entries = tuple(map(_understood, present))
            return CalendarChanges(entries, gone, f"cursor-{owner.count}", cursor is None, window, parked)

    def busy(self, account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
        """Return what blocks the time of the account."""
        with self._world.call("calendar.busy"):
            records = [
                r
                for owner in (account, *calendars)
                for r in self._world.opened(owner, times_only=True).records.values()
            ]
            taken = [r.entry for r in records if not r.gone and _blocks(r.entry) and r.entry.time.overlaps(window)]
            return tuple(sorted((Busy(_cut(e.time, window), e.shows) for e in taken), key=lambda b: b.time))

    def book(self, account: str, request: BookingRequest) -> Booked:
        """Create the event once per key and invite."""
        with self._world.call("calendar.book"):
            owner = self._world.opened(account)
            known = _by_key(owner, request.key)
            if known is not None:
                return _booked(known)
            number = owner.next()
            attendees = tuple(Attendee(address, Response.NEEDS_ACTION) for address in request.attendees)
            entry = CalendarEntry(
                event_id=f"event-{number}",
                ical_uid=f"{number}-{account}",
                time=request.time,
                shows=Shows.BUSY,
                own_response=Response.ACCEPTED,
                organiser=account,
                attendees=attendees,
                cancelled=False,
                tag=request.key,
                etag="",
                join_url=f"https://meet.example/{number}" if request.online and self._world.conferences else "",
            )
            entry = self._world.put(account, entry, place=request.place, words=(request.subject, request.body))
            invite(self._world, entry)
            return _booked(owner.records[entry.event_id])

    def find(self, account: str, key: str, near: Interval) -> Booked | None:
        """Look the event up by its key; the place does not matter here."""
        with self._world.call("calendar.find"):
            known = _by_key(self._world.opened(account), key)
            return _booked(known) if known is not None else None

    def tag(self, key: str) -> str:
        """See the port."""
        return key

    def read(self, account: str, event_id: str) -> CalendarEntry | None:
        """Return the entry unless it is gone."""
        with self._world.call("calendar.read"):
            _, record = self._found(account, event_id)
            return None if record is None or record.gone else replace(record.entry, event_id=event_id)

    def move(self, account: str, move: Move) -> Booked:
        """Give the event a new time unless a human was faster."""
        with self._world.call("calendar.move"):
            owner, record = self._found(account, move.event_id)
            if record is None or record.gone:
                raise Refused("The event is gone.", "Look at the calendar and plan again.")
            if record.entry.time == move.time:
                return _booked(record)
            if move.etag is not None and move.etag != record.entry.etag:
                raise Refused("The event changed meanwhile.", "Read it again and decide again.")
            entry = self._world.put(owner, replace(record.entry, time=move.time))
            tell_change(self._world, entry)
            return _booked(self._world.opened(owner).records[entry.event_id])

    def blank(self, account: str, event_id: str, title: str) -> None:
        """Change the words of this one copy and tell nobody."""
        with self._world.call("calendar.blank"):
            owner, record = self._found(account, event_id)
            if record is not None and not record.gone:
                self._world.put(owner, record.entry, words=(title, ""))

    def cancel(self, account: str, event_id: str) -> None:
        """Take the event out of the calendar and tell everyone invited."""
        with self._world.call("calendar.cancel"):
            owner, record = self._found(account, event_id)
            if record is not None and not record.gone:
                entry = self._world.put(owner, replace(record.entry, cancelled=True), gone=True)
                tell_end(self._world, entry)

    def remove(self, account: str, event_id: str) -> None:
        """Take the copy out of this one calendar."""
        with self._world.call("calendar.remove"):
            owner, record = self._found(account, event_id)
            if record is not None and not record.gone:
                self._world.put(owner, record.entry, gone=True)

    def _found(self, account: str, event_id: str) -> tuple[str, Record | None]:
        """Return in whose records an event lies, and its record."""
        calendar, id = located(event_id)
        owner = calendar or account
        return owner, self._world.opened(owner).records.get(id) if owner in self._world.accounts else None


def _number(owner: Account, cursor: str | None) -> int:
    if cursor is None:
        return -1
    number = cursor.removeprefix("cursor-")
    if not number.isdigit() or int(number) > owner.count:
        raise CursorExpired("The cursor is not known.", "A full read follows by itself.")
    return int(number)


def _by_key(owner: Account, key: str) -> Record | None:
    return next((record for record in owner.records.values() if record.entry.tag == key), None)


def _booked(record: Record) -> Booked:
    entry = record.entry
    cancelled = entry.cancelled or record.gone
    return Booked(entry.event_id, entry.ical_uid, entry.time, entry.etag, cancelled, entry.join_url)


def _understood(record: Record) -> CalendarEntry:
    entry = record.entry
    return blocking(entry.event_id, entry.time) if record.nonsense else entry


def _blocks(entry: CalendarEntry) -> bool:
    return entry.shows.blocks and not entry.cancelled and entry.own_response is not Response.DECLINED


def _cut(time: Interval, window: Interval) -> Interval:
    return Interval(max(time.start, window.start), min(time.end, window.end))
