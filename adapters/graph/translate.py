"""Turns Graph's JSON into the domain's values; pure."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from adapters.graph.times import day_span, instant
from domain.calendar import Attendee, Booked, Busy, CalendarEntry, Response, Shows
from domain.errors import Broken, TryLater
from domain.interval import Interval

Item = Mapping[str, Any]

# Frozen: events that were booked under it are found by it for ever.
_KEYS = UUID("6f0c5a52-6d0b-5d0e-9a3d-1f6c2f7b8e41")

# What an entry is made of; a delta item may lack any of it (it may hold only what changed).
_WHOLE = (
    "@odata.etag",
    "iCalUId",
    "start",
    "end",
    "isAllDay",
    "isCancelled",
    "showAs",
    "responseStatus",
    "organizer",
    "attendees",
    "type",
)

_RESPONSES = {
    "organizer": Response.ACCEPTED,
    "accepted": Response.ACCEPTED,
    "tentativelyaccepted": Response.TENTATIVE,
    "declined": Response.DECLINED,
}

_SHOWS = {
    "free": Shows.FREE,
    "tentative": Shows.TENTATIVE,
    "oof": Shows.OUT_OF_OFFICE,
    "workingelsewhere": Shows.WORKING_ELSEWHERE,
}

_LONGEST_LINK = 2048

_BUSY_SERVER = frozenset({"ErrorServerBusy", "ErrorTimeoutExpired"})


def tag_for(key: str) -> str:
    """Return the transactionId under which an event of this key is created: the same for ever, and silent
    about the key.
    """
    return str(uuid5(_KEYS, key))


def is_removed(item: Item) -> bool:
    """Say whether a delta item is a tombstone."""
    return "@removed" in item


def is_lean(item: Item) -> bool:
    """Say whether a delta item is an occurrence that tells only its time: all else is said once, by its series."""
    named = all(item.get(name) for name in ("seriesMasterId", "start", "end"))
    return item.get("type") == "occurrence" and named and not is_whole(item)


def trimmed(master: Item) -> Item:
    """Return of a series what its occurrences have in common; identities and times are their own."""
    own = ("id", "iCalUId", "transactionId", "start", "end", "type", "seriesMasterId", "originalStart")
    wanted = (*_WHOLE, "isOrganizer", "originalStartTimeZone", "onlineMeeting", "onlineMeetingUrl")
    return {name: master[name] for name in wanted if name in master and name not in own}


def filled(item: Item, series: Item) -> Item:
    """Return a lean occurrence with all that its series says for it."""
    return {**series, **{name: value for name, value in item.items() if value is not None}}


def is_whole(item: Item) -> bool:
    """Say whether a delta item holds all that an entry needs."""
    return all(item.get(name) is not None for name in _WHOLE)


def merged(items: Iterable[Item]) -> dict[str, Item]:
    """Return one item per id, in order of their first mention: later properties win, absent ones stay,
    tombstones stand alone.
    """
    out: dict[str, Item] = {}
    for item in items:
        known = out.get(item["id"], {})
        alone = is_removed(item) or is_removed(known)
        out[item["id"]] = item if alone else {**known, **item}
    return out


def entry(item: Item) -> CalendarEntry:
    """Return the event as its calendar shows it."""
    return CalendarEntry(
        event_id=item["id"],
        ical_uid=_uid(item),
        time=_time(item),
        shows=_entry_shows(item),
        own_response=_own_response(item),
        organiser=_address(item.get("organizer")),
        attendees=tuple(_attendees(item.get("attendees") or ())),
        cancelled=bool(item.get("isCancelled")),
        tag=item.get("transactionId"),
        etag=_mark(item),
        join_url=_join_url(item),
    )


def booked(item: Item) -> Booked:
    """Return an event of ours as known to exist."""
    cancelled = bool(item.get("isCancelled"))
    return Booked(item["id"], _uid(item), _time(item), _mark(item), cancelled, _join_url(item))


def busy(document: Item, window: Interval) -> list[Busy]:
    """Return the blocking stretches of a getSchedule answer for one account, cut to the window.

    An error inside the answer, or an answer without the items, raises: unknown is never free.
    """
    schedules = document.get("value") or [{}]
    error = schedules[0].get("error")
    items = schedules[0].get("scheduleItems")
    if error:
        raise _unreadable(str(error.get("responseCode", "")))
    if len(schedules) != 1 or items is None:
        raise _unreadable("")
    try:
        found = [(_span(item), shows(item.get("status"))) for item in items]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _unreadable("") from error
    return [Busy(cut(time, window), kind) for time, kind in found if kind.blocks and time.overlaps(window)]


def _span(item: Item) -> Interval:
    # Between an end and a start that were swapped somebody is busy as well.
    start, end = sorted((instant(item["start"]), instant(item["end"])))
    return Interval(start, end)


def cut(time: Interval, window: Interval) -> Interval:
    """Return the part of a stretch that lies in the window."""
    return Interval(max(time.start, window.start), min(time.end, window.end))


def _unreadable(code: str) -> Broken | TryLater:
    if code in _BUSY_SERVER:
        return TryLater("Outlook could not read a calendar just now.", "Nothing to do: it is tried again.")
    return Broken(
        "Outlook does not say when this account is busy.",
        "Check that the address has a mailbox and that the application may read its calendar.",
    )


def _uid(item: Item) -> str:
    # Only an event that was never sent to anyone may lack the uid; then nobody else can name it either.
    return str(item.get("iCalUId") or item["id"])


def _mark(item: Item) -> str:
    return str(item.get("@odata.etag") or item.get("changeKey") or "")


def _join_url(item: Item) -> str:
    # Whoever sends an invitation chooses the link, and it ends up in mails: only a plain https link is one.
    url = (item.get("onlineMeeting") or {}).get("joinUrl") or item.get("onlineMeetingUrl") or ""
    return url if isinstance(url, str) and url.startswith("https://") and len(url) <= _LONGEST_LINK else ""


def _time(item: Item) -> Interval:
    if item.get("isAllDay"):
        return day_span(item["start"], item["end"], item.get("originalStartTimeZone"))
    return Interval(instant(item["start"]), instant(item["end"]))


def _entry_shows(item: Item) -> Shows:
    # A series' master only describes its occurrences, which are items of their own and do the blocking.
    return Shows.FREE if item.get("type") == "seriesMaster" else shows(item.get("showAs"))


def shows(status: str | None) -> Shows:
    """Return what Outlook's word for showing time means; one that is missing or new blocks."""
    return _SHOWS.get((status or "").lower(), Shows.BUSY)


def _response(status: Item | None) -> Response:
    answer = (status or {}).get("response") or ""
    return _RESPONSES.get(answer.lower(), Response.NEEDS_ACTION)


def _own_response(item: Item) -> Response:
    # An appointment without guests says "none" to its own maker.
    return Response.ACCEPTED if item.get("isOrganizer") else _response(item.get("responseStatus"))


def _address(holder: Item | None) -> str:
    address = ((holder or {}).get("emailAddress") or {}).get("address") or ""
    return str(address).lower()


def _attendees(items: Iterable[Item]) -> Iterable[Attendee]:
    return (
        Attendee(_address(item), _response(item.get("status")), _proposed(item.get("proposedNewTime")))
        for item in items
        if _address(item)
    )


def _proposed(slot: Item | None) -> Interval | None:
    """Return the new time that an attendee proposes; one that cannot be read, or ends before it begins, is none."""
    try:
        return Interval(instant(slot["start"]), instant(slot["end"])) if slot else None
    except (KeyError, ValueError, TypeError):
        return None
