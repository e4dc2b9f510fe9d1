"""Google Calendar's operations: list with sync tokens, get, insert, patch, delete, free/busy and the zone."""

import re
from datetime import datetime
from typing import cast

from adapters.sandbox import invitations
from adapters.sandbox.google_common import operation, whole
from adapters.sandbox.google_event import cancelled_item, etag, event_type, read_event, write_event
from adapters.sandbox.online_meetings import ask_conference, make_conference
from adapters.sandbox.records import Entry, Guest, Json
from adapters.sandbox.wire import (
    Answer,
    Call,
    Operation,
    google_error,
    instant,
    seal,
    unseal,
    zulu,
)

FORBIDDEN_WITH_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
CONSTANT = (
    "singleEvents",
    "eventTypes",
    "maxAttendees",
    "showHiddenInvitations",
    "timeZone",
    "alwaysIncludeEmail",
)
GUESTS_MAY_MODIFY = ("subject", "start", "end", "zone", "all_day", "body", "location")
REACH = {"all": ("microsoft", "google"), "externalOnly": ("microsoft",), "none": ()}


def _bad(message: str, reason: str = "invalid") -> Exception:
    return google_error(400, reason, message)


def _event(call: Call) -> Entry:
    entry = call.calendar.entries.get(call.args["eventId"])
    if entry is None or entry.gone:
        raise google_error(404, "notFound", "Not Found")
    return entry


def listed(call: Call) -> Answer:
    """events.list: a full round, or with a sync token all that changed since;
    the token comes with the last page."""
    state = _list_state(call)
    fresh = call.calendar.changed_since(int(state["after"]))
    chosen = [entry for entry in fresh if _shown(call, entry, state)]
    if call.one("orderBy"):
        return _ordered(call, chosen)
    size, done = call.cut(min(whole(call, "maxResults", 250), 2500), bool(state["opening"]), len(chosen))
    after = call.calendar.changes if done else chosen[size - 1].change if size else state["after"]
    following = {**state, "after": after, "opening": done, "first": state["first"] and not done}
    payload = _page(call, chosen[:size])
    payload["nextSyncToken" if done else "nextPageToken"] = seal("sync" if done else "page", following)
    return Answer(200, payload)


def _ordered(call: Call, chosen: list[Entry]) -> Answer:
    """An ordered list has no sync token, and here no second page either."""
    by_start = call.one("orderBy") == "startTime"
    order = sorted(chosen, key=lambda e: (e.start, e.number)) if by_start else chosen
    if len(order) > whole(call, "maxResults", 250):
        raise _bad("The sandbox serves an ordered list in one page only.")
    return Answer(200, _page(call, order))


def _page(call: Call, entries: list[Entry]) -> Json:
    return {
        "kind": "calendar#events",
        "etag": f'"p{call.calendar.changes}"',
        "summary": call.calendar.id if call.calendar is call.account.calendar else call.calendar.name,
        "updated": zulu(call.world.now),
        "timeZone": call.calendar.zone or call.account.zone,
        "accessRole": "owner",
        "defaultReminders": [],
        "items": [_item(call, entry) for entry in entries],
    }


def _item(call: Call, entry: Entry) -> Json:
    if entry.cancelled:
        return cancelled_item(call.account, entry)
    return write_event(call.world, call.account, entry, call.one("timeZone"))


def _list_state(call: Call) -> Json:
    constant = {name: call.every(name) for name in CONSTANT}
    token, kind = (call.one("pageToken"), "page") if call.one("pageToken") else (call.one("syncToken"), "sync")
    if call.one("syncToken"):
        _check_token_round(call)
    if not token:
        return _first_state(call, constant)
    state = unseal(kind, token)
    if state is None or state["of"] != call.calendar.id:
        raise _bad("Invalid page token value." if kind == "page" else "Invalid sync token value.")
    if kind == "sync" and state["constant"] != constant:
        raise _bad("Sync token cannot be used with other parameters than the first call's.", SYNC_REASON)
    return state


SYNC_REASON = "syncTokenWithRequestRestrictions"


def _check_token_round(call: Call) -> None:
    clash = [name for name in FORBIDDEN_WITH_TOKEN if call.every(name)]
    if clash or call.one("showDeleted") == "false":
        raise _bad(f"Sync token cannot be used with {clash[0] if clash else 'showDeleted=false'}.", SYNC_REASON)


def _first_state(call: Call, constant: Json) -> Json:
    try:
        window = {name: call.one(name) and instant(call.one(name)).isoformat() for name in ("timeMin", "timeMax")}
    except ValueError:
        raise _bad("timeMin and timeMax are instants with an offset.") from None
    if call.one("q") or call.one("updatedMin"):
        raise _bad("The sandbox serves neither q nor updatedMin.")
    if call.one("orderBy") == "startTime" and call.one("singleEvents") != "true":
        raise _bad("The requested ordering is not available for the particular query.")
    about = {"of": call.calendar.id, "constant": constant, "uid": call.one("iCalUID")}
    wanted = {
        "private": call.every("privateExtendedProperty"),
        "shared": call.every("sharedExtendedProperty"),
    }
    return {**window, **about, **wanted, "after": 0, "first": True, "opening": True}


def _shown(call: Call, entry: Entry, state: Json) -> bool:
    if entry.gone or not _is_of_kind(entry, state["constant"]):
        return False
    if entry.cancelled and state["first"] and not _shows_deleted(call, entry):
        return False
    if state["timeMin"] and entry.end <= datetime.fromisoformat(state["timeMin"]):
        return bool(entry.cancelled and not state["first"])
    if state["timeMax"] and entry.start >= datetime.fromisoformat(state["timeMax"]):
        return bool(entry.cancelled and not state["first"])
    if state["uid"] and entry.ical_uid != state["uid"]:
        return False
    pairs = [(entry.private, pair) for pair in state["private"]] + [(entry.shared, pair) for pair in state["shared"]]
    return all(held.get(pair.partition("=")[0]) == pair.partition("=")[2] for held, pair in pairs)


def _is_of_kind(entry: Entry, constant: Json) -> bool:
    """With singleEvents a list holds occurrences and no masters, else masters and their exceptions."""
    if constant["eventTypes"] and not entry.cancelled and event_type(entry) not in constant["eventTypes"]:
        return False
    if constant["singleEvents"] == ["true"]:
        return not entry.rule
    return not entry.master or entry.exception or entry.cancelled


def _shows_deleted(call: Call, entry: Entry) -> bool:
    """A cancelled occurrence is part of its series, unless the list is one of single events."""
    return call.one("showDeleted") == "true" or (bool(entry.master) and call.one("singleEvents") != "true")


def get(call: Call) -> Answer:
    """One event, a cancelled one included."""
    return Answer(200, write_event(call.world, call.account, _event(call), call.one("timeZone")))


def _fields(call: Call, body: Json, entry: Entry | None) -> dict[str, object]:
    kind = "default" if entry is None else entry.extra.get("eventType", "default")
    if entry is not None and body.get("eventType", kind) != kind:
        raise _bad("The type of an event cannot be changed.", "eventTypeRestriction")
    try:
        return read_event(body, entry, call.calendar.zone or call.account.zone)
    except (ValueError, KeyError, AttributeError, TypeError) as problem:
        raise _bad(str(problem)) from None


def insert(call: Call) -> Answer:
    """Create an event; an id once used on this calendar stays taken,
    and guests hear of it only with sendUpdates."""
    body = call.json()
    identity = str(body.pop("id", ""))
    if identity and not re.fullmatch(r"[a-v0-9]{5,1024}", identity):
        raise _bad("Invalid resource id value.")
    if identity and body.get("iCalUID"):
        raise _bad("An event is identified by its id or by its iCalUID, not by both.")
    if identity in call.calendar.entries:
        raise google_error(409, "duplicate", "The requested identifier already exists.")
    body.pop("iCalUID", None)
    body.pop("status", None)
    fields = _fields(call, body, None)
    if "start" not in fields or "end" not in fields:
        raise google_error(400, "required", "Missing end time." if "start" in fields else "Missing start time.")
    values = {
        "subject": "",
        "zone": call.calendar.zone or call.account.zone,
        **fields,
        "organiser": call.account.address,
        "id": identity,
    }
    conference, request = _conference(call, body, None)
    entry = Entry(**_merged(values, conference))  # type: ignore[arg-type]
    _check_span(entry.start, entry.end)
    invitations.book(call.world, call.account, entry, _reach(call), calendar=call.calendar)
    if request:
        make_conference(call.world, call.account, entry, request, _reach(call))
    return Answer(200, write_event(call.world, call.account, entry))


def _conference(call: Call, body: Json, entry: Entry | None) -> tuple[dict[str, object], Json]:
    """Without conferenceDataVersion=1 Google does not look at conferenceData at all."""
    if call.one("conferenceDataVersion", "0") not in ("0", "1"):
        raise _bad("conferenceDataVersion is 0 or 1.")
    if call.one("conferenceDataVersion") != "1" or "conferenceData" not in body:
        return {}, {}
    try:
        return ask_conference(body, entry)
    except (ValueError, AttributeError, TypeError) as problem:
        raise _bad(str(problem)) from None


def _merged(fields: dict[str, object], conference: dict[str, object]) -> dict[str, object]:
    if not conference:
        return fields
    others = cast("Json", fields.get("extra") or {}).items()
    kept = {name: value for name, value in others if name != "conferenceData"}
    return fields | conference | {"extra": {**cast("Json", conference["extra"]), **kept}}


def _check_span(start: datetime, end: datetime) -> None:
    if end < start:
        raise google_error(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")


def _reach(call: Call) -> tuple[str, ...]:
    return REACH[call.one("sendUpdates", "none")]


def _check_etag(call: Call, entry: Entry) -> None:
    if call.headers.get("if-match", "*") not in ("*", etag(entry)):
        raise google_error(412, "conditionNotMet", "Precondition Failed")


def patch(call: Call) -> Answer:
    """Change an event; a guest may change the own answer and private properties,
    the rest is silently left alone unless guests may modify the event."""
    entry = _event(call)
    _check_etag(call, entry)
    body = call.json()
    if entry.response == "organizer":
        fields = _fields(call, body, entry) | _revived(body, entry)
        if body.get("attendeesOmitted"):
            # Only the own answer may be meant then, and an organiser has none.
            fields.pop("guests", None)
        if body.get("status") == "cancelled":
            invitations.remove(call.world, call.account, entry, _reach(call))
            return Answer(200, write_event(call.world, call.account, entry))
        _check_span(fields.get("start", entry.start), fields.get("end", entry.end))  # type: ignore[arg-type]
        conference, request = _conference(call, body, entry)
        invitations.change(call.world, call.account, entry, _merged(fields, conference), _reach(call))
        if request:
            make_conference(call.world, call.account, entry, request, _reach(call))
    else:
        _patch_as_guest(call, entry, body)
    return Answer(200, write_event(call.world, call.account, entry))


def _revived(body: Json, entry: Entry) -> dict[str, object]:
    return {"cancelled": False} if entry.cancelled and body.get("status") == "confirmed" else {}


def _patch_as_guest(call: Call, entry: Entry, body: Json) -> None:
    fields = _fields(call, body, entry)
    own = {name: value for name, value in fields.items() if name in ("private", "extra")}
    if own:
        invitations.change(call.world, call.account, entry, own)
    there, copy = invitations.writable(call.world, call.account, entry)
    ours = {name: value for name, value in fields.items() if name in GUESTS_MAY_MODIFY}
    if there is not call.account and ours:
        invitations.change(call.world, there, copy, ours, _reach(call))
    said = [g for g in _guests(fields) if g.address.lower() in call.account.addresses]
    if said and said[0].response != entry.response and said[0].response != "needsAction":
        invitations.respond(call.world, call.account, entry, said[0].response, said[0].comment)


def _guests(fields: dict[str, object]) -> list[Guest]:
    found = fields.get("guests", [])
    return found if isinstance(found, list) else []


def delete(call: Call) -> Answer:
    """Delete an event; it stays known as cancelled, so a second deletion is refused with 410."""
    entry = _event(call)
    if entry.cancelled:
        raise google_error(410, "deleted", "Resource has been deleted")
    _check_etag(call, entry)
    invitations.remove(call.world, call.account, entry, _reach(call))
    return Answer(204)


EVENTS = "/calendar/v3/calendars/(?P<user>[^/]+)/events"
ONE = EVENTS + "/(?P<eventId>[^/]+)"
OPERATIONS: tuple[Operation, ...] = (
    operation("events.list", "GET", EVENTS, listed, "calendar.events.list", "syncToken"),
    operation("events.get", "GET", ONE, get, "calendar.events.get"),
    operation("events.insert", "POST", EVENTS, insert, "calendar.events.insert"),
    operation("events.patch", "PATCH", ONE, patch, "calendar.events.patch"),
    operation("events.delete", "DELETE", ONE, delete, "calendar.events.delete"),
)
