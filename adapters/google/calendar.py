"""Google Calendar behind the port `Calendar`."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from adapters.google import translate
from adapters.google.client import CalendarApi, Caller
from adapters.google.errors import lost_answer, unreadable
from adapters.google.malformed import NONSENSE, busy_times, shown, standing
from adapters.google.news import News
from adapters.several import Place, Span, alone, answered, attempted, located
from domain.calendar import Ask, Booked, BookingRequest, Busy, CalendarChanges, CalendarEntry, Move
from domain.errors import Broken, CursorExpired, MentorsyncError, NotSignedIn, Refused
from domain.interval import Interval

PAST, FUTURE = timedelta(days=30), timedelta(days=180)
# A sync token keeps the horizon of its first request, so a fresh one is due from time to time.
_REBASE = timedelta(days=67)
_PAGE = 250
# The guests hear of it, and a conference is understood: without its version a modification drops it.
_TOLD = {"sendUpdates": "all", "conferenceDataVersion": 1}


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Google's sync token and the start of the window that it goes back to."""

    token: str
    start: datetime

    def __str__(self) -> str:
        return json.dumps({"token": self.token, "start": translate.rfc3339(self.start)})


class GoogleCalendar:
    """Keeps the promises of `Calendar`; the account's address is the id of its primary calendar."""

    def __init__(self, api: CalendarApi, caller: Caller, times_only: Callable[[], Caller]) -> None:
        self._api = api
        self._caller = caller
        self._open_times = times_only
        self._timed: dict[str, None] = {}

    @cached_property
    def _times_caller(self) -> Caller:
        """The one that asks for busy times alone, for those who consented to no more; made when first needed."""
        return self._open_times()

    def changes(self, account: str, cursor: str | None, now: datetime) -> CalendarChanges:
        """Return what is new; a cursor whose window began too long ago is answered with a complete read."""
        return alone(self.changes_of([Ask(account, cursor)], now))

    def changes_of(self, asks: Sequence[Ask], now: datetime) -> tuple[CalendarChanges | MentorsyncError, ...]:
        """Answer one ask after the other: Google's batch counts as many requests, and its address cannot be set."""
        return answered(self, asks, now)

    def rounds(self, places: Sequence[Place], now: datetime) -> list[CalendarChanges | MentorsyncError]:
        """Return the round of each calendar."""
        return [attempted(partial(self._round, place, now)) for place in places]

    def times(self, spans: Sequence[Span]) -> list[tuple[Busy, ...] | MentorsyncError]:
        """Return the busy times of each account; freeBusy takes as many as 50 calendars in one request."""
        self._timed |= {span.account: None for span in spans}
        return [attempted(partial(self.busy, span.account, span.window, span.calendars)) for span in spans]

    def _round(self, place: Place, now: datetime) -> CalendarChanges:
        known = _parsed(place.cursor) if place.cursor is not None else None
        if known is None or now - known.start > _REBASE:
            return self._everything(place, now)
        news = self._read(place, syncToken=known.token)
        entries, parked = tuple(news.entries.values()), tuple(news.parked.values())
        cursor = str(_Cursor(news.token, known.start))
        return CalendarChanges(entries, tuple(news.gone), cursor, complete=False, parked=parked)

    def _everything(self, place: Place, now: datetime) -> CalendarChanges:
        window = Interval(now - PAST, now + FUTURE)
        found = self._read(place, timeMin=translate.rfc3339(window.start))
        inside = (item for item in found.entries.values() if item.time.overlaps(window) and not item.cancelled)
        cursor = str(_Cursor(found.token, window.start))
        return CalendarChanges(tuple(inside), (), cursor, True, window, tuple(found.parked.values()))

    def _read(self, place: Place, **where: str) -> News:
        news = News(place.account)
        for page in self._pages(place, where):
            news.take(page)
        if not news.token:
            raise unreadable(write=False)
        return news

    def _pages(self, place: Place, where: dict[str, str]) -> Iterator[Any]:
        events, calendar = self._api.events, place.calendar or place.account
        request = events.list(calendarId=calendar, singleEvents=True, maxResults=_PAGE, **where)
        return self._caller.pages(place.account, request, events.list_next)

    def busy(self, account: str, window: Interval, calendars: Sequence[str] = ()) -> tuple[Busy, ...]:
        """Return the merged busy ranges of freebusy.query, which shows no difference between their kinds."""
        wanted = tuple(dict.fromkeys((account, *calendars)))
        body = {
            "timeMin": translate.rfc3339(window.start),
            "timeMax": translate.rfc3339(window.end),
            "items": [{"id": calendar} for calendar in wanted],
        }
        caller = self._times_caller if account in self._timed else self._caller
        answer = caller.ask(account, self._api.freebusy.query(body=body))
        found = {busy for calendar in wanted for busy in busy_times(answer, calendar, window)}
        return tuple(sorted(found, key=lambda busy: busy.time))

    def book(self, account: str, request: BookingRequest) -> Booked:
        """Create the event under an id made from the key, which Google gives out once, even after a deletion."""
        made = self._insert(account, request)
        item = made if made is not None else self._get(account, translate.event_id(request.key))
        if item is None:
            raise lost_answer()
        return self._written(item, request.time)

    def _insert(self, account: str, request: BookingRequest) -> Any:
        body = translate.insertion(request)
        insert = self._api.events.insert(calendarId=account, body=body, **_TOLD)
        try:
            return self._caller.create(account, insert)
        except NotSignedIn:
            raise
        except Broken:
            # A calendar without Meet says "invalid conference type value", a service account's own one "forbidden":
            # any no may be the conference's, and nothing was made yet.
            if not request.online:
                raise
        return self._insert(account, replace(request, online=False))

    def find(self, account: str, key: str, near: Interval) -> Booked | None:
        """Read the event under the id made from the key."""
        item = self._get(account, translate.event_id(key))
        return standing(item, near) if item is not None else None

    def tag(self, key: str) -> str:
        """See the port."""
        return translate.event_id(key)

    def read(self, account: str, event_id: str) -> CalendarEntry | None:
        """Return the event; a cancelled one that Google still shows comes back as cancelled."""
        item = self._get(account, event_id)
        if item is None or not translate.is_whole(item):
            return None
        zone = self._zone(account, located(event_id)[0] or account) if translate.is_all_day(item) else "UTC"
        return replace(shown(account, item, zone), event_id=event_id)

    def move(self, account: str, move: Move) -> Booked:
        """Patch start and end alone, under the change mark that was last seen."""
        item = self._get(account, move.event_id)
        if item is None or item.get("status") == "cancelled":
            raise _gone()
        known = standing(item, move.time)
        if known.time == move.time:
            return known
        body = translate.times(move.time, move.zone)
        patch = self._api.events.patch(**_place(account, move.event_id), body=body, **_TOLD)
        if move.etag is not None:
            patch.headers["If-Match"] = move.etag
        moved = self._caller.write(account, patch)
        if moved is None:
            raise _gone()
        return self._written(moved, move.time)

    def blank(self, account: str, event_id: str, title: str) -> None:
        """Patch title and text alone, and tell nobody; the conference stays."""
        quiet = {"sendUpdates": "none", "conferenceDataVersion": 1}
        body = {"summary": title, "description": ""}
        self._caller.write(account, self._api.events.patch(**_place(account, event_id), body=body, **quiet))

    def cancel(self, account: str, event_id: str) -> None:
        """Delete the event; Google tells everyone invited."""
        self._caller.write(account, self._api.events.delete(**_place(account, event_id), sendUpdates="all"))

    def remove(self, account: str, event_id: str) -> None:
        """See the port."""
        self._caller.write(account, self._api.events.delete(**_place(account, event_id), sendUpdates="none"))

    def _get(self, account: str, event_id: str) -> Any:
        return self._caller.ask_for(account, self._api.events.get(**_place(account, event_id)))

    def _written(self, item: Any, meant: Interval) -> Booked:
        try:
            return translate.booked(item, meant)
        except NONSENSE as error:
            raise lost_answer() from error

    def _zone(self, account: str, calendar: str) -> str:
        # The calendar's zone without a wider scope: every list shows it.
        request = self._api.events.list(calendarId=calendar, singleEvents=True, maxResults=1)
        return str(self._caller.ask(account, request).get("timeZone", "UTC"))


def _place(account: str, event_id: str) -> dict[str, str]:
    calendar, id = located(event_id)
    return {"calendarId": calendar or account, "eventId": id}


def _gone() -> Refused:
    return Refused("The event is gone.", "Look at the calendar and plan again.")


def _parsed(cursor: str) -> _Cursor:
    try:
        known = json.loads(cursor)
        return _Cursor(known["token"], datetime.fromisoformat(known["start"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CursorExpired("The stored cursor is not one of Google's.", "A full read follows by itself.") from error
