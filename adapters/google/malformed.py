"""Events of Google's that make no sense: what is wrong with them, and which time they take all the same."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from adapters.google import translate
from domain.calendar import Booked, Busy, CalendarEntry, ParkedItem, blocking
from domain.errors import Broken
from domain.interval import Interval

Item = Mapping[str, Any]

NONSENSE = (ZoneInfoNotFoundError, KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError)
"""What translating an item can raise when the item is not what Google documents."""

# The zones of the earth lie within these of UTC, so a time of unknown zone lies within the widened time in UTC.
_EARLIEST = timedelta(hours=14)
_LATEST = timedelta(hours=12)


def taken(account: str, item: Item, zone: str) -> tuple[CalendarEntry | None, ParkedItem | None]:
    """Return the event as an entry; or, of one that makes no sense, why, and an entry if it blocks a known time."""
    try:
        return translate.entry(account, item, zone), None
    except NONSENSE:
        id = event_id(item)
    for reason, time_of in _READINGS:
        with suppress(*NONSENSE):
            time = time_of(item, zone)
            return blocking(id, time) if id and _blocks(item) else None, ParkedItem(id, reason)
    return None, ParkedItem(id, "no-time")


def event_id(item: object) -> str:
    """Return the id of an item of a page, or empty: it may be anything but an event."""
    id = item.get("id") if isinstance(item, dict) else None
    return id if isinstance(id, str) else ""


def shown(account: str, item: Item, zone: str) -> CalendarEntry:
    """Return the event as an entry; Broken for one that makes no sense, for nobody may act on it."""
    try:
        return translate.entry(account, item, zone)
    except NONSENSE as error:
        raise _senseless() from error


def standing(item: Item, meant: Interval) -> Booked:
    """Return an event of ours as one that exists; Broken for one that makes no sense."""
    try:
        return translate.booked(item, meant)
    except NONSENSE as error:
        raise _senseless() from error


def busy_times(answer: Item, calendar: str, window: Interval) -> list[Busy]:
    """Return the busy stretches of one calendar in a freeBusy answer, cut to the window.

    An error inside the answer, or an answer that makes no sense, raises Broken: unknown is never free.
    """
    try:
        told = answer["calendars"][calendar]
        found = [translate.busy(item, window) for item in told["busy"]]
    except NONSENSE as error:
        raise _silent() from error
    if told.get("errors"):
        raise _silent()
    return [item for item in found if item is not None]


def _silent() -> Broken:
    return Broken("The free and busy times of an account cannot be read.", "Check its address and its consent.")


def _senseless() -> Broken:
    return Broken("An event in a calendar makes no sense.", "Correct its start, end and time zone in that calendar.")


def _blocks(item: Item) -> bool:
    return item.get("status") != "cancelled" and item.get("transparency") != "transparent"


def _as_it_is(item: Item, zone: str) -> Interval:
    return translate.when(item, zone)


def _swapped(item: Item, zone: str) -> Interval:
    return translate.when({"start": item["end"], "end": item["start"]}, zone)


def _somewhere(item: Item, zone: str) -> Interval:
    first, last = sorted((_reading(item["start"]), _reading(item["end"])))
    return Interval(first - _EARLIEST, last + _LATEST)


def _reading(value: Mapping[str, str]) -> datetime:
    """Return the clock's reading as if it were in UTC."""
    return datetime.fromisoformat(value.get("dateTime") or value["date"]).replace(tzinfo=UTC)


_READINGS: tuple[tuple[str, Callable[[Item, str], Interval]], ...] = (
    ("unreadable", _as_it_is),
    ("ends-before-start", _swapped),
    ("unknown-zone", _somewhere),
)
