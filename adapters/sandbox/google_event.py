"""An entry as Google's event resource, and Google's event resource as field values of an entry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.sandbox.records import Account, Entry, Guest, Json
from adapters.sandbox.series import google_recurrence
from adapters.sandbox.wire import instant, zulu
from adapters.sandbox.world import World
from adapters.sandbox.zones import iana_zone, zone_of

PASSED_THROUGH = (
    "reminders",
    "colorId",
    "guestsCanModify",
    "guestsCanInviteOthers",
    "guestsCanSeeOtherGuests",
    "visibility",
    "eventType",
    "outOfOfficeProperties",
    "focusTimeProperties",
    "workingLocationProperties",
)
SERVED = frozenset(
    (
        *PASSED_THROUGH,
        "start",
        "end",
        "summary",
        "description",
        "location",
        "attendees",
        "attendeesOmitted",
        "transparency",
        "extendedProperties",
        "conferenceData",
        "status",
        "sequence",
    )
)
READ_ONLY = frozenset(
    [
        "created",
        "creator",
        "etag",
        "htmlLink",
        "kind",
        "updated",
        "organizer",
        "hangoutLink",
        "locked",
        "privateCopy",
    ]
)


def etag(entry: Entry) -> str:
    """The entity tag of this copy in its present state."""
    return f'"{entry.number}0{entry.change}"'


def write_event(world: World, account: Account, entry: Entry, zone: str = "") -> Json:
    """Google's event resource for one copy."""
    organiser = world.account(entry.organiser)
    person: Json = {"email": entry.organiser, **({"displayName": organiser.name} if organiser else {})}
    if entry.organiser == account.address:
        person["self"] = True
    item: Json = {
        "kind": "calendar#event",
        "etag": etag(entry),
        "id": entry.id,
        "status": _status(entry),
        "htmlLink": f"https://www.google.com/calendar/event?eid={entry.id}",
        "created": zulu(entry.created or world.now),
        "updated": zulu(entry.updated or world.now),
        "summary": entry.subject,
        "creator": dict(person),
        "organizer": person,
        "start": _when(account, entry, entry.start, zone),
        "end": _when(account, entry, entry.end, zone),
        "iCalUID": entry.ical_uid,
        "sequence": entry.sequence,
        "reminders": {"useDefault": True},
        "eventType": event_type(entry),
    }
    item.update(_optional(account, entry))
    return item


def event_type(entry: Entry) -> str:
    """Google's type of an event; what is shown as away is an absence."""
    return str(entry.extra.get("eventType") or ("outOfOffice" if entry.show_as == "oof" else "default"))


def _status(entry: Entry) -> str:
    if entry.cancelled or entry.gone:
        return "cancelled"
    return "tentative" if entry.show_as == "tentative" and entry.response == "organizer" else "confirmed"


def _optional(account: Account, entry: Entry) -> Json:
    item: Json = _place_in_series(account, entry)
    if entry.body:
        item["description"] = entry.body
    if entry.location:
        item["location"] = entry.location
    if entry.guests:
        item["attendees"] = [_attendee(account, entry, guest) for guest in entry.guests]
    if entry.show_as in ("free", "workingElsewhere") and entry.response == "organizer":
        item["transparency"] = "transparent"
    extended = {name: value for name, value in (("private", entry.private), ("shared", entry.shared)) if value}
    if extended:
        item["extendedProperties"] = extended
    item.update({name: entry.extra[name] for name in (*PASSED_THROUGH, "conferenceData") if name in entry.extra})
    if "meet.google.com" in entry.join_url and "conferenceData" in entry.extra:
        item["hangoutLink"] = entry.join_url
    return item


def _place_in_series(account: Account, entry: Entry) -> Json:
    if entry.rule:
        return {"recurrence": google_recurrence(entry)}
    if entry.original is None:
        return {}
    return {"recurringEventId": entry.master, "originalStartTime": _when(account, entry, entry.original, "")}


def _when(account: Account, entry: Entry, value: datetime, zone: str) -> Json:
    name = zone or account.zone
    if entry.all_day:
        return {"date": value.astimezone(zone_of(entry.zone)).date().isoformat()}
    local = value.astimezone(zone_of(name)).isoformat()
    return {
        "dateTime": local.replace("+00:00", "Z"),
        "timeZone": name if "/" not in entry.zone else entry.zone,
    }


def _attendee(account: Account, entry: Entry, guest: Guest) -> Json:
    item: Json = {"email": guest.address, "responseStatus": guest.response}
    if guest.name:
        item["displayName"] = guest.name
    if guest.address.lower() in account.addresses:
        item["self"] = True
    if guest.address.lower() == entry.organiser.lower():
        item["organizer"] = True
    if guest.optional:
        item["optional"] = True
    if guest.comment:
        item["comment"] = guest.comment
    return item


def cancelled_item(account: Account, entry: Entry) -> Json:
    """A deleted event in an incremental round: little more than its id, and which occurrence of a series it was."""
    item = {"kind": "calendar#event", "etag": etag(entry), "id": entry.id, "status": "cancelled"}
    return item | _place_in_series(account, replace(entry, rule={}))


def read_event(body: Json, entry: Entry | None, home: str) -> dict[str, object]:
    """Field values that an insert or patch body sets; ValueError for what Google would not accept.

    `home` is the calendar's own zone, in which days begin when the body names none.
    """
    refused = sorted(set(body) & READ_ONLY)
    if refused:
        raise ValueError(f"{refused[0]} is read-only")
    unserved = sorted(set(body) - SERVED)
    if unserved:
        raise ValueError(f"The sandbox does not serve {unserved[0]}.")
    fields: dict[str, object] = {}
    for name in ("start", "end"):
        if name in body:
            fields |= _read_when(name, body[name], home)
    for name, target in (("summary", "subject"), ("description", "body"), ("location", "location")):
        if name in body:
            fields[target] = str(body[name] or "")
    fields |= _read_people(body, entry) | _read_extended(body.get("extendedProperties") or {}, entry)
    extra = {name: body[name] for name in PASSED_THROUGH if name in body}
    if extra:
        fields["extra"] = {**(entry.extra if entry else {}), **extra}
    return fields


def _read_people(body: Json, entry: Entry | None) -> dict[str, object]:
    fields: dict[str, object] = {}
    if "attendees" in body:
        fields["guests"] = _read_guests(body["attendees"] or [], entry)
    if "transparency" in body:
        fields["show_as"] = "free" if body["transparency"] == "transparent" else "busy"
    return fields


def _read_when(name: str, value: Json, home: str) -> dict[str, object]:
    zone = str(value.get("timeZone") or "")
    if zone:
        iana_zone(zone)
    if "date" in value:
        day = datetime.fromisoformat(value["date"])
        start = day.replace(tzinfo=zone_of(zone or home)).astimezone(UTC)
        return {name: start, "all_day": True, "zone": zone or home}
    text = str(value.get("dateTime") or "")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None and not zone:
        raise ValueError("Missing time zone definition for start or end time.")
    at = instant(text) if moment.tzinfo else moment.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    return {name: at, "all_day": False} | ({"zone": zone} if zone else {})


def _read_guests(value: list[Json], entry: Entry | None) -> list[Guest]:
    guests: list[Guest] = []
    for item in value:
        address = str(item.get("email") or "")
        if "@" not in address:
            raise ValueError("Invalid attendee email.")
        known = entry.guest(address) if entry else None
        response = str(item.get("responseStatus") or "needsAction")
        guest = Guest(address, str(item.get("displayName") or ""), response, bool(item.get("optional")))
        guest.comment = str(item.get("comment") or "")
        if known is not None and known.response == response:
            guest.responded, guest.proposed = known.responded, known.proposed
        guests.append(guest)
    return guests


def _read_extended(value: Json, entry: Entry | None) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in ("private", "shared"):
        if name in value:
            before = getattr(entry, name) if entry else {}
            merged = {**before, **value[name]}
            fields[name] = {key: text for key, text in merged.items() if text is not None}
    return fields


def busy_ranges(entries: list[Entry], start: datetime, end: datetime) -> list[Json]:
    """Merged busy ranges inside a window; declined, cancelled and transparent events are free."""
    merged: list[tuple[datetime, datetime]] = []
    for entry in entries:
        if not entry.live or entry.show_as in ("free", "workingElsewhere") or entry.response == "declined":
            continue
        low, high = max(entry.start, start), min(entry.end, end)
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        elif high - low > timedelta(0):
            merged.append((low, high))
    return [{"start": zulu(low), "end": zulu(high)} for low, high in merged]
