"""An entry as Graph's event resource, and Graph's event resource as field values of an entry."""

import base64
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from adapters.sandbox.online_meetings import TEAMS
from adapters.sandbox.records import Account, Entry, Guest, Json
from adapters.sandbox.series import graph_recurrence
from adapters.sandbox.wire import zulu
from adapters.sandbox.world import World
from adapters.sandbox.zones import from_wall, shown_name, to_wall

TO_GRAPH = {
    "needsAction": "none",
    "accepted": "accepted",
    "tentative": "tentativelyAccepted",
    "declined": "declined",
}
NEVER = "0001-01-01T00:00:00Z"
PASSED_THROUGH = (
    "importance",
    "sensitivity",
    "categories",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "allowNewTimeProposals",
    "hideAttendees",
)
ALWAYS: Json = {
    "categories": [],
    "reminderMinutesBeforeStart": 15,
    "isReminderOn": True,
    "hasAttachments": False,
    "importance": "normal",
    "sensitivity": "normal",
    "responseRequested": True,
    "onlineMeetingUrl": None,
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "allowNewTimeProposals": True,
    "isDraft": False,
    "hideAttendees": False,
    "onlineMeeting": None,
}
"""What every event shows unless it was set otherwise."""

READ_ONLY = frozenset(
    (
        "id",
        "iCalUId",
        "createdDateTime",
        "lastModifiedDateTime",
        "changeKey",
        "isCancelled",
        "isOrganizer",
        "organizer",
        "responseStatus",
        "webLink",
        "bodyPreview",
        "hasAttachments",
        "isDraft",
        "type",
        "seriesMasterId",
        "originalStart",
        "onlineMeeting",
    )
)


def change_key(entry: Entry) -> str:
    """Graph's changeKey: it differs after every change of this copy."""
    return base64.b64encode(f"{entry.number}.{entry.change}".encode()).decode()


def etag(entry: Entry) -> str:
    """The entity tag of this copy in its present state."""
    return f'W/"{change_key(entry)}"'


def event_id(entry: Entry, immutable: bool) -> str:
    """The id in the form that the caller's Prefer header asks for."""
    return entry.id if immutable else entry.id.replace("AAkALgAA", "AAMkAD", 1)


def find_event(account: Account, given: str) -> Entry | None:
    """The event that has not been deleted behind an id of either form."""
    wanted = given.replace("AAMkAD", "AAkALgAA", 1)
    return next((entry for entry in account.entries() if entry.id == wanted and not entry.gone), None)


def write_event(world: World, account: Account, entry: Entry, zone: str = "UTC", immutable: bool = False) -> Json:
    """Graph's event resource for one copy, times on the wall clock of `zone`."""
    identity = event_id(entry, immutable)
    organiser = world.account(entry.organiser)
    item: Json = {
        "@odata.etag": etag(entry),
        "id": identity,
        "createdDateTime": zulu(entry.created or world.now),
        "lastModifiedDateTime": zulu(entry.updated or world.now),
        "changeKey": change_key(entry),
        "webLink": f"https://outlook.office365.com/owa/?itemid={identity}",
        **ALWAYS,
        **_content(entry, zone),
        **_original_zone(entry, organiser),
        **_place_in_series(entry, immutable),
        "isOrganizer": entry.response == "organizer",
        "responseStatus": _response_status(account, entry),
        "organizer": _person(organiser.name if organiser else "", entry.organiser),
    }
    if entry.online == TEAMS:
        item |= {"isOnlineMeeting": True, "onlineMeetingProvider": TEAMS, "onlineMeeting": {"joinUrl": entry.join_url}}
    if entry.transaction:
        item["transactionId"] = entry.transaction
    item.update({name: entry.extra[name] for name in PASSED_THROUGH if name in entry.extra})
    return item


def _content(entry: Entry, zone: str) -> Json:
    place = {"displayName": entry.location, "locationType": "default"}
    return {
        "iCalUId": entry.ical_uid,
        "subject": entry.subject,
        "bodyPreview": re.sub(r"<[^>]+>", "", entry.body)[:255],
        "body": {"contentType": entry.body_type, "content": entry.body},
        "isAllDay": entry.all_day,
        "isCancelled": entry.cancelled,
        "showAs": entry.show_as,
        **_times(entry, zone),
        "location": place,
        "locations": [place] if entry.location else [],
        "attendees": [_attendee(guest, zone) for guest in entry.guests],
    }


def _original_zone(entry: Entry, organiser: Account | None) -> Json:
    """The zone in which the organiser made it, under the name that Windows has for it."""
    own = organiser is not None and organiser.zone == entry.zone and bool(organiser.zone_shown)
    name = "tzone://Microsoft/Custom" if own else shown_name(entry.zone)
    return {"originalStartTimeZone": name, "originalEndTimeZone": name}


def _times(entry: Entry, zone: str) -> Json:
    """Whole days float: they begin and end at midnight in whatever zone the caller prefers."""
    local = entry.zone if entry.all_day else zone
    ends = (("start", entry.start), ("end", entry.end))
    return {name: {"dateTime": to_wall(at, local), "timeZone": zone} for name, at in ends}


def series_master_id(entry: Entry, immutable: bool) -> str | None:
    """The id of the series that an occurrence belongs to, in the caller's form."""
    return (entry.master if immutable else entry.master.replace("AAkALgAA", "AAMkAD", 1)) or None


def _place_in_series(entry: Entry, immutable: bool) -> Json:
    kind = "exception" if entry.exception else "occurrence"
    item: Json = {
        "type": "seriesMaster" if entry.rule else kind if entry.master else "singleInstance",
        "seriesMasterId": series_master_id(entry, immutable),
        "recurrence": graph_recurrence(entry) if entry.rule else None,
    }
    return item | ({"originalStart": zulu(entry.original)} if entry.original else {})


def write_occurrence(entry: Entry, zone: str, immutable: bool) -> Json:
    """An ordinary occurrence as a delta shows it: little more than its times; the rest is its master's."""
    return {
        "@odata.etag": etag(entry),
        "id": event_id(entry, immutable),
        "type": "occurrence",
        "seriesMasterId": series_master_id(entry, immutable),
        **_times(entry, zone),
    }


def _person(name: str, address: str) -> Json:
    return {"emailAddress": {"name": name or address, "address": address}}


def _response_status(account: Account, entry: Entry) -> Json:
    if entry.response == "organizer":
        return {"response": "organizer" if entry.guests else "none", "time": NEVER}
    own = account.seat(entry)
    at = own.responded if own else None
    return {
        "response": "notResponded" if entry.response == "needsAction" else TO_GRAPH[entry.response],
        "time": zulu(at) if at else NEVER,
    }


def _attendee(guest: Guest, zone: str) -> Json:
    item: Json = {
        "type": "optional" if guest.optional else "required",
        "status": {
            "response": TO_GRAPH[guest.response],
            "time": zulu(guest.responded) if guest.responded else NEVER,
        },
        **_person(guest.name, guest.address),
    }
    if guest.proposed:
        start, end = guest.proposed
        item["proposedNewTime"] = {
            "start": {"dateTime": to_wall(start, zone), "timeZone": zone},
            "end": {"dateTime": to_wall(end, zone), "timeZone": zone},
        }
    return item


def read_event(body: Json, entry: Entry | None) -> dict[str, object]:
    """Field values that a POST or PATCH body sets; ValueError for what Graph would not accept."""
    refused = sorted(set(body) & READ_ONLY)
    if refused:
        raise ValueError(f"{refused[0]} is read-only")
    unserved = sorted(name for name in set(body) - set(READERS) - set(PASSED_THROUGH) if not name.startswith("@odata."))
    if unserved:
        raise ValueError(f"{unserved[0]} is not served by the sandbox")
    fields: dict[str, object] = {}
    for name, reader in READERS.items():
        if name in body:
            fields.update(reader(body[name], entry))
    extra = {name: body[name] for name in PASSED_THROUGH if name in body}
    if extra:
        fields["extra"] = {**(entry.extra if entry else {}), **extra}
    return fields


def _moment(value: Json) -> datetime:
    return from_wall(str(value.get("dateTime", "")), str(value.get("timeZone", "")))


def _guests(value: list[Json], entry: Entry | None) -> dict[str, object]:
    guests: list[Guest] = []
    for item in value:
        mail = item.get("emailAddress") or {}
        address = str(mail.get("address", ""))
        if "@" not in address:
            raise ValueError("an attendee needs an emailAddress with an address")
        known = entry.guest(address) if entry else None
        guest = known or Guest(address, str(mail.get("name") or ""))
        guest.optional = item.get("type") == "optional"
        guests.append(guest)
    return {"guests": guests}


def _properties(value: list[Json], entry: Entry | None) -> dict[str, object]:
    kept = dict(entry.properties) if entry else {}
    kept.update({str(item["id"]): str(item["value"]) for item in value})
    return {"properties": kept}


def _online(value: bool, _: Entry | None) -> dict[str, object]:
    return {"online": TEAMS} if value else {}


def _online_provider(value: str | None, _: Entry | None) -> dict[str, object]:
    if value not in (None, "unknown", TEAMS):
        raise ValueError(f"{value} is not one of the calendar's allowedOnlineMeetingProviders")
    return {}


def _places(value: list[Json] | None, _: Entry | None) -> dict[str, object]:
    return {"location": "; ".join(str(place.get("displayName") or "") for place in value or [])}


READERS: dict[str, Callable[[Any, Entry | None], dict[str, object]]] = {
    "subject": lambda value, _: {"subject": str(value or "")},
    "start": lambda value, _: {"start": _moment(value), "zone": value["timeZone"]},
    "end": lambda value, _: {"end": _moment(value)},
    "body": lambda value, _: {
        "body": value.get("content") or "",
        "body_type": value.get("contentType") or "text",
    },
    "location": lambda value, _: {"location": (value or {}).get("displayName") or ""},
    "locations": _places,
    "attendees": _guests,
    "isOnlineMeeting": _online,
    "onlineMeetingProvider": _online_provider,
    "isAllDay": lambda value, _: {"all_day": bool(value)},
    "showAs": lambda value, _: {"show_as": value},
    "transactionId": lambda value, _: {"transaction": value or ""},
    "singleValueExtendedProperties": _properties,
}
