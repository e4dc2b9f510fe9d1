"""Graph's calendar operations: delta, view, get, create, move, cancel, delete and getSchedule."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import quote

from adapters.sandbox import invitations
from adapters.sandbox.graph_common import base_of, operation, page_links, prefer, select
from adapters.sandbox.graph_event import etag, event_id, find_event, read_event, write_event, write_occurrence
from adapters.sandbox.online_meetings import teams_after, with_teams
from adapters.sandbox.records import Account, Entry, Json
from adapters.sandbox.wire import Answer, Call, Operation, graph_error, seal, unseal
from adapters.sandbox.zones import to_wall

PROPERTY_FILTER = re.compile(
    r"singleValueExtendedProperties/Any\(ep:\s*ep/id eq '(?P<id>(?:[^']|'')+)'"
    r" and ep/value eq '(?P<value>(?:[^']|'')*)'\)",
    re.IGNORECASE,
)


def _event(call: Call) -> Entry:
    entry = find_event(call.account, call.args["id"])
    if entry is None:
        raise graph_error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return entry


def _written(call: Call, entry: Entry) -> Json:
    wishes = prefer(call)
    return write_event(call.world, call.account, entry, wishes.zone, wishes.immutable)


def _context(call: Call, rest: str) -> str:
    return f"{base_of(call)}/$metadata#users('{quote(call.account.address)}')/{rest}"


def _window(call: Call) -> tuple[datetime, datetime]:
    try:
        start, end = (_window_end(call.one(name)) for name in ("startDateTime", "endDateTime"))
    except ValueError as problem:
        raise graph_error(400, "ErrorInvalidParameter", f"startDateTime and endDateTime: {problem}") from None
    if not start < end or end - start > timedelta(days=1825):
        raise graph_error(400, "ErrorCalendarViewRangeTooBig", "The range is empty or longer than 1825 days.")
    return start, end


def _window_end(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def delta(call: Call) -> Answer:
    """calendarView/delta: a window frozen in the link,
    tombstones also for what changed outside the window."""
    state = _delta_state(call)
    fresh = call.calendar.changed_since(int(state["after"]))
    window = (datetime.fromisoformat(state["start"]), datetime.fromisoformat(state["end"]))
    items = [(entry.change, item) for entry in fresh if (item := _delta_item(call, entry, window, state["first"]))]
    size, done = call.cut(prefer(call).page or 10, bool(state["opening"]), len(items))
    after = call.calendar.changes if done else items[size - 1][0] if size else state["after"]
    following = {**state, "after": after, "opening": done, "first": state["first"] and not done}
    below = f"calendars/{call.calendar.id}/calendarView" if "calendar" in call.args else "calendarView"
    link = page_links(call, below, seal("calendar", following), done)
    value = [item() for _, item in items[:size]]
    return Answer(200, {"@odata.context": _context(call, "calendarView"), "value": value, **link})


def _delta_state(call: Call) -> Json:
    token = call.one("$deltatoken") or call.one("$skiptoken")
    if not token:
        start, end = _window(call)
        window = {"start": start.isoformat(), "end": end.isoformat()}
        return {**window, "of": call.calendar.id, "first": True, "after": 0, "opening": True}
    state = unseal("calendar", token)
    if state is None or state["of"] != call.calendar.id:
        raise graph_error(400, "ErrorInvalidParameter", "The token is not one of this resource.")
    return state


def _delta_item(call: Call, entry: Entry, window: tuple[datetime, datetime], first: bool) -> Callable[[], Json] | None:
    """How to write an event into a round, or None when it is no part of it; only what fits on the page is written."""
    if _stands_in(call, entry, *window):
        return partial(_present, call, entry)
    if first or (entry.master and entry.gone and not _master_gone(call, entry)):
        return None
    return partial(_removed, event_id(entry, prefer(call).immutable))


def _present(call: Call, entry: Entry) -> Json:
    wishes = prefer(call)
    short = bool(entry.master) and not entry.exception
    item = write_occurrence(entry, wishes.zone, wishes.immutable) if short else _written(call, entry)
    return {"@odata.type": "#microsoft.graph.event", **item}


def _removed(identity: str) -> Json:
    return {"id": identity, "@removed": {"reason": "deleted"}}


def _stands_in(call: Call, entry: Entry, start: datetime, end: datetime) -> bool:
    """Whether a window shows an event; of a series it shows the master beside the occurrences inside."""
    if entry.rule:
        inside = call.calendar.between(start, end)
        return not entry.gone and any(other.master == entry.id for other in inside)
    return not entry.gone and entry.start < end and entry.end > start


def _master_gone(call: Call, entry: Entry) -> bool:
    """A single occurrence that was deleted leaves no tombstone; those of a series that was deleted as a whole do."""
    return call.calendar.entries[entry.master].gone


def view(call: Call) -> Answer:
    """calendarView: all that overlaps the window, by start."""
    if call.one("$orderby", "start/dateTime") not in ("start/dateTime", "start/dateTime asc"):
        raise graph_error(400, "ErrorInvalidUrlQuery", "The sandbox orders by start/dateTime only.")
    start, end = _window(call)
    return _listed(call, list(call.calendar.between(start, end)), "calendarView")


def _listed(call: Call, entries: list[Entry], name: str) -> Answer:
    skip, asked = _whole(call, "$skip", 0), _whole(call, "$top", prefer(call).page or 10)
    size, done = call.cut(asked, False, len(entries) - skip)
    page = [select(call, _written(call, entry)) for entry in entries[skip : skip + size]]
    payload: Json = {"@odata.context": _context(call, name), "value": page}
    if not done:
        others = "&".join(f"{quote(k)}={quote(v)}" for k, v in call.query if k != "$skip")
        payload["@odata.nextLink"] = f"{call.base_url}{call.path}?{others}&$skip={skip + size}"
    return Answer(200, payload)


def _whole(call: Call, name: str, default: int) -> int:
    text = call.one(name)
    if text and not text.isdigit():
        raise graph_error(400, "ErrorInvalidParameter", f"{name} is not a whole number.")
    return int(text) if text else default


def listed(call: Call) -> Answer:
    """events with the one filter that finds our own tag: an extended property's id and value."""
    found = PROPERTY_FILTER.fullmatch(call.one("$filter").strip())
    if found is None:
        raise graph_error(400, "ErrorInvalidUrlQueryFilter", "Only the filter on an extended property is served.")
    name, value = (found[key].replace("''", "'") for key in ("id", "value"))
    live = [entry for entry in call.account.entries() if not entry.gone]
    return _listed(call, [e for e in live if e.properties.get(name, "\0").lower() == value.lower()], "events")


def get(call: Call) -> Answer:
    """One event; `$expand` shows an extended property."""
    entry = _event(call)
    item = select(call, _written(call, entry))
    wanted = re.search(r"singleValueExtendedProperties\(\$filter=id eq '([^']+)'\)", call.one("$expand"))
    if wanted and wanted[1] in entry.properties:
        item["singleValueExtendedProperties"] = [{"id": wanted[1], "value": entry.properties[wanted[1]]}]
    return Answer(200, {"@odata.context": _context(call, "events/$entity"), **item})


def create(call: Call) -> Answer:
    """Create an event and invite; the same transactionId with the same body answers the event that is
    there."""
    body = call.json()
    digest = hashlib.sha256(repr(_sorted(body)).encode()).hexdigest()
    earlier = _same_transaction(call.account, str(body.get("transactionId") or ""))
    if earlier is not None and (earlier.request_digest != digest or earlier.gone):
        raise graph_error(409, "ErrorDuplicateTransactionId", "The transactionId was used for another event.")
    entry = earlier or _booked(call, body, digest)
    return Answer(201, {"@odata.context": _context(call, "events/$entity"), **_written(call, entry)})


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return sorted((key, _sorted(item)) for key, item in value.items())
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _same_transaction(account: Account, transaction: str) -> Entry | None:
    found = (e for e in account.entries() if transaction and e.transaction == transaction)
    return next(found, None)


def _fields(body: Json, entry: Entry | None) -> dict[str, object]:
    try:
        return read_event(body, entry)
    except (ValueError, KeyError, AttributeError, TypeError) as problem:
        raise graph_error(400, "ErrorPropertyValidationFailure", f"At least one property failed: {problem}") from None


def _booked(call: Call, body: Json, digest: str) -> Entry:
    fields = _fields(body, None)
    if "start" not in fields or "end" not in fields:
        raise graph_error(400, "ErrorPropertyValidationFailure", "start and end are required.")
    values = {"subject": "", **fields, "organiser": call.account.address, "request_digest": digest}
    entry = Entry(**values)  # type: ignore[arg-type]
    _check_span(entry.start, entry.end)
    _check_day(entry)
    if entry.online:
        entry = replace(entry, **with_teams(call.account, entry))  # type: ignore[arg-type]
    return invitations.book(call.world, call.account, entry)


def _check_span(start: datetime, end: datetime) -> None:
    if end < start:
        raise graph_error(400, "ErrorPropertyValidationFailure", "The event ends before it starts.")


def _check_day(entry: Entry) -> None:
    walls = {to_wall(at, entry.zone).partition("T")[2] for at in (entry.start, entry.end)}
    if entry.all_day and (walls != {"00:00:00.0000000"} or entry.start == entry.end):
        raise graph_error(400, "ErrorPropertyValidationFailure", "An all-day event goes from midnight to midnight.")


def move(call: Call) -> Answer:
    """Change an event; a guest's change stays on the guest's own copy."""
    entry = _event(call)
    wanted = call.headers.get("if-match", "*")
    if wanted not in ("*", etag(entry)):
        raise graph_error(412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.")
    body = call.json()
    if "transactionId" in body:
        raise graph_error(400, "ErrorPropertyValidationFailure", "transactionId cannot be changed.")
    fields = _fields(body, entry)
    after = replace(entry, **fields)  # type: ignore[arg-type]
    _check_span(after.start, after.end)
    _check_day(after)
    if entry.response == "organizer":
        fields = teams_after(call.account, entry, fields)
    else:
        fields.pop("online", None)
    invitations.change(call.world, call.account, entry, fields)
    return Answer(200, {"@odata.context": _context(call, "events/$entity"), **_written(call, entry)})


def cancel(call: Call) -> Answer:
    """The organiser calls the meeting off; a guest may not."""
    entry = _event(call)
    if entry.response != "organizer":
        raise graph_error(400, "ErrorInvalidRequest", "You need to be an organizer to cancel a meeting.")
    invitations.remove(call.world, call.account, entry)
    return Answer(202)


def delete(call: Call) -> Answer:
    """Delete the account's own copy; the organiser's deletion cancels the meeting."""
    invitations.remove(call.world, call.account, _event(call))
    return Answer(204)


DELTA_OPTIONS = "startDateTime endDateTime $deltatoken $skiptoken"
VIEW_OPTIONS = "startDateTime endDateTime $select $top $skip $orderby"
ONE_CALENDAR = "/calendars/(?P<calendar>[^/]+)"
DELTA = r"/calendarView/delta(?:\(\))?"
OPERATIONS: tuple[Operation, ...] = (
    operation("calendarView.delta", "GET", DELTA, delta, DELTA_OPTIONS, shape="[]event", cursor="$deltatoken"),
    operation("calendarView.list", "GET", "/calendarView", view, VIEW_OPTIONS, shape="[]event"),
    operation(
        "calendars.delta", "GET", ONE_CALENDAR + DELTA, delta, DELTA_OPTIONS, shape="[]event", cursor="$deltatoken"
    ),
    operation("calendars.view", "GET", ONE_CALENDAR + "/calendarView", view, VIEW_OPTIONS, shape="[]event"),
    operation("events.list", "GET", "/events", listed, "$filter $select $top $skip $expand", shape="[]event"),
    operation("events.get", "GET", "/events/(?P<id>[^/]+)", get, "$select $expand", shape="event"),
    operation("events.create", "POST", "/events", create, body="event", shape="event"),
    operation("events.move", "PATCH", "/events/(?P<id>[^/]+)", move, body="event", shape="event"),
    operation("events.cancel", "POST", "/events/(?P<id>[^/]+)/cancel", cancel, body="cancelPostRequestBody"),
    operation("events.delete", "DELETE", "/events/(?P<id>[^/]+)", delete),
)
