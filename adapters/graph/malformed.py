"""Events of Outlook's that make no sense: what is wrong with them, and which time they take all the same."""

from collections.abc import Callable
from contextlib import suppress

from adapters.graph.times import UnknownZone, anywhere, instant, wall_clock
from adapters.graph.translate import Item, booked, entry, shows
from domain.calendar import Booked, CalendarEntry, ParkedItem, blocking
from domain.errors import Broken, Doubtful
from domain.interval import Interval

NONSENSE = (UnknownZone, KeyError, ValueError, TypeError, AttributeError, OverflowError)
"""What translating an item can raise when the item is not what Graph documents."""


def taken(item: Item) -> tuple[CalendarEntry | None, ParkedItem | None]:
    """Return the event as an entry; or, of one that makes no sense, why, and an entry if it blocks a known time."""
    try:
        return entry(item), None
    except NONSENSE:
        id = event_id(item)
    for reason, time_of in _READINGS:
        with suppress(*NONSENSE):
            time = time_of(item)
            return blocking(id, time) if id and _blocks(item) else None, ParkedItem(id, reason)
    return None, ParkedItem(id, "no-time")


def shown(item: Item) -> CalendarEntry:
    """Return the event as an entry; Broken for one that makes no sense, for nobody may act on it."""
    try:
        return entry(item)
    except NONSENSE as error:
        raise _senseless() from error


def standing(item: Item) -> Booked:
    """Return the event as one that exists; Broken for one that makes no sense."""
    try:
        return booked(item)
    except NONSENSE as error:
        raise _senseless() from error


def written(item: Item) -> Booked:
    """Return the event that a write answered with; Doubtful when the answer makes no sense, for it was done."""
    try:
        return booked(item)
    except NONSENSE as error:
        raise Doubtful(
            "Microsoft's answer to a write makes no sense.", "Nothing to do: it is looked up before anything else."
        ) from error


def _senseless() -> Broken:
    return Broken("An event in a calendar makes no sense.", "Correct its start, end and time zone in that calendar.")


def event_id(item: object) -> str:
    """Return the id of an item of a page, or empty: it may be anything but an event."""
    id = item.get("id") if isinstance(item, dict) else None
    return id if isinstance(id, str) else ""


def _blocks(item: Item) -> bool:
    return not item.get("isCancelled") and shows(item.get("showAs")).blocks


def _as_it_is(item: Item) -> Interval:
    return Interval(instant(item["start"]), instant(item["end"]))


def _swapped(item: Item) -> Interval:
    return Interval(instant(item["end"]), instant(item["start"]))


def _somewhere(item: Item) -> Interval:
    first, last = sorted((wall_clock(item["start"]), wall_clock(item["end"])))
    return anywhere(first, last)


_READINGS: tuple[tuple[str, Callable[[Item], Interval]], ...] = (
    ("unreadable", _as_it_is),
    ("ends-before-start", _swapped),
    ("unknown-zone", _somewhere),
)
