"""Google's calendars of one account: their list, their zones, and when they are busy."""

from datetime import datetime

from adapters.sandbox.google_common import operation
from adapters.sandbox.google_event import busy_ranges
from adapters.sandbox.records import Account, Calendar, Json
from adapters.sandbox.wire import Answer, Call, Operation, google_error, instant, zulu


def free_busy(call: Call) -> Answer:
    """Merged busy ranges; a calendar that may not be seen is an error inside the 200."""
    body = call.json()
    try:
        start, end = instant(str(body.get("timeMin"))), instant(str(body.get("timeMax")))
    except ValueError:
        raise google_error(400, "invalid", "timeMin and timeMax are instants with an offset.") from None
    if not start < end:
        raise google_error(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")
    names = [str(item.get("id", "")) for item in body.get("items") or []]
    if len(names) > 50:
        raise google_error(400, "tooManyCalendarsRequested", "More than 50 calendars were asked for.")
    calendars = {name: _calendar(call, name, start, end) for name in names}
    payload = {
        "kind": "calendar#freeBusy",
        "timeMin": zulu(start),
        "timeMax": zulu(end),
        "calendars": calendars,
    }
    return Answer(200, payload)


def _calendar(call: Call, name: str, start: datetime, end: datetime) -> Json:
    there = call.world.owner(call.account.address if name == "primary" else name, "google")
    if there is None or there.revoked or there.domain != call.account.domain:
        return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    found = there.calendar_called(name) if name != "primary" else there.calendar
    return {"busy": busy_ranges(list((found or there.calendar).between(start, end)), start, end)}


def calendar(call: Call) -> Answer:
    """The calendar's own resource with its zone."""
    return Answer(200, {"kind": "calendar#calendar", **_about(call.account, call.calendar)})


def setting(call: Call) -> Answer:
    """One user setting; only the time zone is kept."""
    if call.args["setting"] != "timezone":
        raise google_error(404, "notFound", "Not Found")
    return Answer(200, {"kind": "calendar#setting", "etag": '"s1"', "id": "timezone", "value": call.account.zone})


def calendar_list(call: Call) -> Answer:
    """The calendars that a person sees beside each other, the primary one first."""
    items = [_list_entry(call.account, calendar) for calendar in call.account.calendars()]
    return Answer(200, {"kind": "calendar#calendarList", "etag": '"l1"', "items": items})


def _list_entry(account: Account, calendar: Calendar) -> Json:
    primary = calendar is account.calendar
    entry: Json = {"kind": "calendar#calendarListEntry", "accessRole": "owner", "selected": True}
    if primary:
        entry["primary"] = True
    return {**_about(account, calendar), **entry}


def _about(account: Account, calendar: Calendar) -> Json:
    name = account.address if calendar is account.calendar else calendar.name
    return {"etag": '"c1"', "id": calendar.id, "summary": name, "timeZone": calendar.zone or account.zone}


CALENDARS = "/calendar/v3/calendars/(?P<user>[^/]+)"
ME = "/calendar/v3/users/(?P<user>me)"
OPERATIONS: tuple[Operation, ...] = (
    operation("freebusy.query", "POST", "/calendar/v3/freeBusy", free_busy, "calendar.freebusy.query"),
    operation("calendars.get", "GET", CALENDARS, calendar, "calendar.calendars.get"),
    operation("calendarList.list", "GET", ME + "/calendarList", calendar_list, "calendar.calendarList.list"),
    operation("settings.get", "GET", ME + "/settings/(?P<setting>[^/]+)", setting, "calendar.settings.get"),
)
