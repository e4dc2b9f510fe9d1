"""The promise that a provider's calendars make to the domain; part of the ports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.calendar import Ask, Booked, BookingRequest, Busy, CalendarChanges, CalendarEntry, Move
from domain.errors import MentorsyncError
from domain.interval import Interval


class Calendar(Protocol):
    """One provider's calendars; `account` is the address of the calendar's owner.

    Errors of every operation: TryLater (busy, unreachable, nothing done), Broken (refused for good: consent,
    permission, unknown account). Writes also: Doubtful (the answer was lost; look it up with `find` before anything).
    """

    def changes(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        """Return what is new since `cursor`, or everything in the window with None; `now` places the window.

        Reading twice from one cursor gives the same changes or more. A cursor that the provider has forgotten raises
        CursorExpired. Tombstones are hints: an id in `gone` was confirmed to be gone from the calendar or cancelled
        there. An item that cannot be understood is parked and keeps no other from being reported.
        """
        ...

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        """Return for each ask, in their order, what `changes` would return or the error that it would raise.

        One account that fails does not hurt the others, and a provider that can be asked about many at once is. An
        account with a further calendar that cannot be read fails as a whole: unknown is never free. With `times_only`
        every round is complete.
        """
        ...

    def busy(self, account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
        """Return the stretches inside `window` that block the account's time, in order, possibly merged and without
        titles; those of its further `calendars` are among them.

        An account whose time cannot be read raises Broken: unknown is never free.
        """
        ...

    def book(self, account: str, request: BookingRequest) -> Booked:
        """Create the event in the organiser's calendar; the provider invites the attendees.

        Booking again with the same key returns the event that exists, also when it was cancelled since (then
        `cancelled` is True); it never makes a second one. Where the provider gives no online meeting, the event is
        made without one: people who have a time can find a room, people without a time have nothing.
        """
        ...

    def find(self, account: str, key: str, near: Interval) -> Booked | None:
        """Return the event that was booked under `key`, or None when there is none.

        `near` is where it was meant to be.
        """
        ...

    def tag(self, key: str) -> str:
        """Return the mark that an event booked under this key carries as its entry's `tag`."""
        ...

    def read(self, account: str, event_id: str) -> CalendarEntry | None:
        """Return the event as the calendar shows it now, or None when it is gone."""
        ...

    def move(self, account: str, move: Move) -> Booked:
        """Give the event a new time and nothing else; attendees, place, link and people's edits stay. The provider
        informs the guests.

        Refused when the event changed since `move.etag` (a human was faster) or is gone. Moving to where it already
        is changes nothing.
        """
        ...

    def blank(self, account: str, event_id: str, title: str) -> None:
        """Give the organiser's event that title and no text, and change nothing else; what people wrote there goes too.

        The guests hear nothing of it where the provider can keep quiet (Outlook cannot). Blanking what is blank or
        gone is success.
        """
        ...

    def cancel(self, account: str, event_id: str) -> None:
        """Cancel the event for everybody; cancelling what is cancelled or gone is success."""
        ...

    def remove(self, account: str, event_id: str) -> None:
        """Take a guest's own copy out of the calendar, for an event whose organiser can no longer cancel it.

        Everybody else's copy stays. Removing what is gone is success.
        """
        ...
