"""Begins the rounds of Outlook's calendars: from a cursor, or of a whole window that moves on day by day."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from adapters.graph.client import GraphClient
from adapters.graph.news import Reading
from adapters.graph.times import utc_text
from adapters.several import Place
from domain.calendar import CalendarChanges
from domain.errors import CursorExpired, MentorsyncError
from domain.interval import Interval

_BEHIND = timedelta(days=30)
_AHEAD = timedelta(days=180)
# A deleted occurrence of a series leaves no tombstone in a delta round, and the window is frozen in the cursor: a
# whole round a day heals the one and moves the other on.
_FRESH_AFTER = _BEHIND + timedelta(hours=24)
_SOMEBODY = "/users/~/"


@dataclass(frozen=True, slots=True)
class Round:
    """A reading and the window it belongs to: `start` is where that begins, `whole` the window of a complete one."""

    reading: Reading
    start: datetime
    whole: Interval | None

    def result(self) -> CalendarChanges | MentorsyncError:
        """Return what the reading brought, when it has come to its end."""
        done = self.reading
        if done.trouble is not None:
            return done.trouble
        cursor = _Cursor(unnamed(done.link, done.account), self.start).text()
        complete = self.whole is not None
        entries, parked = tuple(done.entries.values()), tuple(done.parked.values())
        return CalendarChanges(entries, tuple(done.gone), cursor, complete, self.whole, parked)


def begun(client: GraphClient, place: Place, now: datetime) -> Round | MentorsyncError:
    """Return the round that is due for a calendar, nothing of it asked yet; CursorExpired for what is no cursor."""
    builder = _builder(client, place)
    try:
        known = None if place.cursor is None else _Cursor.read(place.cursor)
        if known is not None and now < known.start + _FRESH_AFTER:
            info = client.following(builder, named(known.link, place.account))
            return Round(Reading(place.account, builder, info), known.start, None)
    except CursorExpired as expired:
        return expired
    window = Interval(now - _BEHIND, now + _AHEAD)
    info = client.asking(builder, **bounds(window))
    return Round(Reading(place.account, builder, info), window.start, window)


def bounds(window: Interval) -> dict[str, str]:
    """Return a window as the query parameters of a calendar view."""
    return {"start_date_time": utc_text(window.start), "end_date_time": utc_text(window.end)}


def _builder(client: GraphClient, place: Place) -> Any:
    user = client.user(place.account)
    calendar = user.calendars.by_calendar_id(place.calendar) if place.calendar else user
    return calendar.calendar_view.delta


def unnamed(link: str, account: str) -> str:
    """Return a link without the address of the account that it leads to: cursors are stored in plain."""
    whose = re.compile(f"/users/{re.escape(quote(account, safe=''))}/|/users/{re.escape(account)}/", re.IGNORECASE)
    return whose.sub(_SOMEBODY, link, count=1)


def named(link: str, account: str) -> str:
    """Return the link with the address again; one that never named it stays as it is."""
    return link.replace(_SOMEBODY, f"/users/{quote(account, safe='')}/", 1)


@dataclass(frozen=True, slots=True)
class _Cursor:
    link: str
    start: datetime

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        try:
            parts = json.loads(text)
            return cls(str(parts["link"]), datetime.fromisoformat(parts["start"]))
        except (ValueError, TypeError, KeyError) as error:
            raise CursorExpired("A stored cursor cannot be read.", "Nothing to do: everything is read anew.") from error

    def text(self) -> str:
        return json.dumps({"link": self.link, "start": self.start.isoformat()}, sort_keys=True)
