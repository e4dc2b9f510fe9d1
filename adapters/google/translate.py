"""Turns Google's JSON into our values and back; pure."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import Attendee, Booked, BookingRequest, Busy, CalendarEntry, Response, Shows
from domain.interval import Interval

PROPERTY = "mentorsync"
"""Our private extended property; its value is the event id that we chose."""

_RESPONSES = {
    "accepted": Response.ACCEPTED,
    "tentative": Response.TENTATIVE,
    "declined": Response.DECLINED,
}
_LONGEST_LINK = 2048
_EVENT_TYPES = {
    "outOfOffice": Shows.OUT_OF_OFFICE,
    "workingLocation": Shows.WORKING_ELSEWHERE,
    "birthday": Shows.FREE,
}


def event_id(key: str) -> str:
    """Return the event id for an effect's key: base32hex in lower case, the alphabet that events.insert asks for."""
    return base64.b32hexencode(hashlib.sha256(key.encode()).digest()).decode().lower()[:32]


def entry(account: str, item: Mapping[str, Any], zone: str) -> CalendarEntry:
    """Return an event as the account's calendar shows it; `zone` is the calendar's, in which all-day events lie."""
    organiser = str(item.get("organizer", {}).get("email", account)).lower()
    guests = [guest for guest in item.get("attendees", []) if not guest.get("resource")]
    own = _own_response(account, organiser, guests, partial=bool(item.get("attendeesOmitted")))
    return CalendarEntry(
        event_id=str(item["id"]),
        ical_uid=str(item.get("iCalUID", "")),
        time=when(item, zone),
        shows=_shows(item, own),
        own_response=own,
        organiser=organiser,
        attendees=tuple(_attendee(guest) for guest in guests if _address(guest) != organiser),
        cancelled=item.get("status") == "cancelled",
        tag=_tag(item),
        etag=str(item.get("etag", "")),
        join_url=_join_url(item),
    )


def is_whole(item: Mapping[str, Any]) -> bool:
    """Say whether the item tells more than that an event is gone: tombstones carry only ids."""
    return "start" in item and "end" in item


def is_all_day(item: Mapping[str, Any]) -> bool:
    """Say whether the event lies on days of its calendar's zone."""
    return "date" in item.get("start", {})


def booked(item: Mapping[str, Any], meant: Interval) -> Booked:
    """Return an event of ours; `meant` stands for the time when the item does not show one."""
    return Booked(
        event_id=str(item["id"]),
        ical_uid=str(item.get("iCalUID", "")),
        time=when(item, "UTC") if is_whole(item) else meant,
        etag=str(item.get("etag", "")),
        cancelled=item.get("status") == "cancelled",
        join_url=_join_url(item),
    )


def when(item: Mapping[str, Any], zone: str) -> Interval:
    """Return when an event takes place."""
    return Interval(_instant(item["start"], zone), _instant(item["end"], zone))


def busy(item: Mapping[str, str], window: Interval) -> Busy | None:
    """Return the part of a busy stretch that lies in the window, if any does."""
    time = Interval(_parsed(item["start"]), _parsed(item["end"]))
    if not time.overlaps(window):
        return None
    return Busy(Interval(max(time.start, window.start), min(time.end, window.end)), Shows.BUSY)


def insertion(request: BookingRequest) -> dict[str, Any]:
    """Return the body of events.insert; what makes the conference carries the event's own id, for a request id
    counts once and a key means one event.
    """
    body = {
        "id": event_id(request.key),
        "summary": request.subject,
        "description": request.body,
        **times(request.time, request.zone),
        "attendees": [{"email": address} for address in request.attendees],
        "guestsCanInviteOthers": False,
        "extendedProperties": {"private": {PROPERTY: event_id(request.key)}},
    }
    if request.place:
        body["location"] = request.place
    if request.online:
        solution = {"requestId": event_id(request.key), "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        body["conferenceData"] = {"createRequest": solution}
    return body


def times(time: Interval, zone: str) -> dict[str, Any]:
    """Return start and end as the wall clock of `zone` shows them."""
    return {"start": _wall(time.start, zone), "end": _wall(time.end, zone)}


def _wall(instant: datetime, zone: str) -> dict[str, str]:
    return {"dateTime": instant.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}


def rfc3339(instant: datetime) -> str:
    """Return the instant as Google's parameters want it."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(value: Mapping[str, str], zone: str) -> datetime:
    if "dateTime" in value:
        return _parsed(value["dateTime"], value.get("timeZone", zone))
    midnight = datetime.combine(date.fromisoformat(value["date"]), time(), ZoneInfo(zone))
    return midnight.astimezone(UTC)


def _parsed(text: str, zone: str = "UTC") -> datetime:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _shows(item: Mapping[str, Any], own: Response) -> Shows:
    kind = _EVENT_TYPES.get(str(item.get("eventType", "default")))
    if kind is not None:
        return kind
    if item.get("transparency") == "transparent":
        return Shows.FREE
    return Shows.BUSY if own is Response.ACCEPTED else Shows.TENTATIVE


def _own_response(account: str, organiser: str, guests: list[Mapping[str, Any]], *, partial: bool) -> Response:
    own = [guest for guest in guests if guest.get("self") or _address(guest) == account]
    # Who is not among the guests entered it herself; of a list that leaves guests out that cannot be told.
    unnamed = Response.NEEDS_ACTION if partial else Response.ACCEPTED
    response = _response(own[0]) if own else unnamed
    # The organiser need not answer: without a word of refusal the meeting is theirs.
    return Response.ACCEPTED if organiser == account and response is Response.NEEDS_ACTION else response


def _attendee(guest: Mapping[str, Any]) -> Attendee:
    return Attendee(_address(guest), _response(guest))


def _address(guest: Mapping[str, Any]) -> str:
    return str(guest.get("email", "")).lower()


def _response(guest: Mapping[str, Any]) -> Response:
    return _RESPONSES.get(str(guest.get("responseStatus", "")), Response.NEEDS_ACTION)


def _join_url(item: Mapping[str, Any]) -> str:
    # Whoever sends an invitation chooses the link, and it ends up in mails: only a plain https link is one.
    points = (item.get("conferenceData") or {}).get("entryPoints") or ()
    videos = (point.get("uri") for point in points if point.get("entryPointType") == "video")
    url = next(videos, None) or item.get("hangoutLink") or ""
    return url if isinstance(url, str) and url.startswith("https://") and len(url) <= _LONGEST_LINK else ""


def _tag(item: Mapping[str, Any]) -> str | None:
    value = item.get("extendedProperties", {}).get("private", {}).get(PROPERTY)
    return str(value) if value else None
