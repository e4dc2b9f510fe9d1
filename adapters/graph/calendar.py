"""Outlook's calendars as the domain's Calendar port."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import CancelPostRequestBody

from adapters.graph import bodies, translate
from adapters.graph.busy import busy_times, looked_through
from adapters.graph.client import GraphClient
from adapters.graph.errors import Gone, Taken
from adapters.graph.malformed import shown, standing, written
from adapters.graph.news import PAGE, read
from adapters.graph.pages import whole_list, whole_round
from adapters.graph.rounds import begun, bounds
from adapters.several import Place, Span, alone, answered, located
from domain.calendar import Ask, Booked, BookingRequest, Busy, CalendarChanges, CalendarEntry, Move
from domain.errors import Broken, Doubtful, MentorsyncError, NotSignedIn, Refused, TryLater
from domain.interval import Interval

_AROUND = timedelta(days=1)


class GraphCalendar:
    """Calendar over Microsoft Graph.

    An entry's `tag` is the event's transactionId as Outlook shows it (`translate.tag_for` gives the one of
    a key). Errors are the port's.
    """

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    def changes(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        """See the port; once a day the whole window is read, whatever the cursor says."""
        return alone(self.changes_of([Ask(account, cursor)], now))

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        """See the port; up to 20 calendars are asked for in one request, and their further pages as well."""
        return answered(self, asks, now)

    def rounds(self, places: Sequence[Place], now: datetime) -> list[CalendarChanges | MentorsyncError]:
        """Return the round of each calendar."""
        rounds = [begun(self._client, place, now) for place in places]
        read(self._client, [one.reading for one in rounds if not isinstance(one, MentorsyncError)])
        return [one if isinstance(one, MentorsyncError) else one.result() for one in rounds]

    def times(self, spans: Sequence[Span]) -> list[tuple[Busy, ...] | MentorsyncError]:
        """Return the busy times of each account, of all of them in as few requests as Graph takes."""
        return busy_times(self._client, spans)

    def busy(self, account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
        """See the port; getSchedule knows the account's own calendar alone, so further ones are looked through."""
        own = alone(busy_times(self._client, [Span(account, (), window)]))
        further = [busy for calendar in calendars for busy in looked_through(self._client, account, calendar, window)]
        return tuple(sorted((*own, *further), key=lambda one: (one.time, one.shows)))

    def book(self, account: str, request: BookingRequest) -> Booked:
        """See the port; the key travels as transactionId, and a lost answer is looked up at once.

        Outlook remembers a transactionId longer than the event: one that was cancelled since is named by its tag.
        """
        try:
            return self._booked(account, request)
        except Doubtful as error:
            return self._looked_up(account, request, error)

    def _booked(self, account: str, request: BookingRequest) -> Booked:
        info = self._events(account).to_post_request_information(bodies.booking(request))
        try:
            return written(self._client.json(info))
        except NotSignedIn:
            raise
        except Broken:
            # No code is documented for a mailbox without Teams, so any no may be the link's; nothing was made yet.
            if not request.online:
                raise
        return self._booked(account, replace(request, online=False))

    def find(self, account: str, key: str, near: Interval) -> Booked | None:
        """See the port; the extended property finds the event wherever it was moved to.

        As an index may lag behind a booking just made, the calendar around `near` is looked through as well.
        """
        builder = self._events(account)
        info = self._client.asking(builder, filter=bodies.key_filter(key))
        items = whole_list(self._client, builder, info) or self._tagged(account, key, near)
        # A cancelled copy may lie beside the living one.
        found = sorted(map(standing, items), key=lambda one: (one.cancelled, one.event_id))
        return found[0] if found else None

    def tag(self, key: str) -> str:
        """See the port."""
        return translate.tag_for(key)

    def read(self, account: str, event_id: str) -> CalendarEntry | None:
        """See the port."""
        item = self._item(account, event_id)
        return None if item is None else replace(shown(item), event_id=event_id)

    def move(self, account: str, move: Move) -> Booked:
        """See the port; reads first, so that a repeated move is seen to be done already, then changes with
        If-Match.
        """
        item = self._item(account, move.event_id)
        if item is None or item.get("isCancelled"):
            raise Refused("The event is gone from the calendar.", "Book a new one if it is still wanted.")
        known = standing(item)
        if known.time == move.time:
            return known
        if move.etag not in (None, known.etag):
            raise Refused("Somebody changed the event meanwhile.", "Look at it again before moving it.")
        return self._moved(account, move, known.etag)

    def blank(self, account: str, event_id: str, title: str) -> None:
        """See the port; the text of a Teams meeting holds its link, which is of no use once the meeting is over."""
        builder = self._event(account, event_id)
        try:
            self._client.content(builder.to_patch_request_information(bodies.blank(title)))
        except Gone:
            return

    def cancel(self, account: str, event_id: str) -> None:
        """See the port."""
        builder = self._event(account, event_id).cancel
        try:
            self._client.content(builder.to_post_request_information(CancelPostRequestBody()))
        except Gone:
            return
        except Broken:
            # An event that is cancelled already is refused like one that is not ours to cancel.
            item = self._item(account, event_id)
            if item is not None and not item.get("isCancelled"):
                raise

    def remove(self, account: str, event_id: str) -> None:
        """See the port."""
        builder = self._event(account, event_id)
        try:
            self._client.content(builder.to_delete_request_information())
        except Gone:
            return

    def _events(self, account: str) -> Any:
        return self._client.user(account).events

    def _event(self, account: str, event_id: str) -> Any:
        # An event's id is good for the whole mailbox, whichever calendar it lies in.
        return self._events(account).by_event_id(located(event_id)[1])

    def _item(self, account: str, event_id: str) -> translate.Item | None:
        try:
            return self._client.json(self._client.asking(self._event(account, event_id)))
        except Gone:
            return None

    def _tagged(self, account: str, key: str, near: Interval) -> list[translate.Item]:
        tag = translate.tag_for(key)
        builder = self._client.user(account).calendar_view.delta
        info = self._client.asking(builder, **bounds(near.widened(_AROUND)))
        seen = translate.merged(whole_round(self._client, builder, info, PAGE).items).values()
        items = [self._item(account, item["id"]) for item in seen if item.get("transactionId") == tag]
        return [item for item in items if item is not None]

    def _moved(self, account: str, move: Move, etag: str) -> Booked:
        builder = self._event(account, move.event_id)
        info = builder.to_patch_request_information(bodies.new_time(move.time, move.zone))
        if etag:
            info.headers.try_add("If-Match", etag)
        try:
            return written(self._client.json(info))
        except Gone as error:
            raise Refused("The event is gone from the calendar.", "Book a new one if it is still wanted.") from error

    def _looked_up(self, account: str, request: BookingRequest, doubt: Doubtful) -> Booked:
        try:
            found = self.find(account, request.key, request.time)
        except (TryLater, Broken):
            raise doubt from None
        if found is not None:
            return found
        if not isinstance(doubt, Taken):
            raise doubt
        # It was there once and nobody can name it any more, so it is known by its tag alone.
        tag = translate.tag_for(request.key)
        return Booked(tag, tag, request.time, "", cancelled=True)
