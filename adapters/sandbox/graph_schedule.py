"""Graph's free and busy of several mailboxes, and the calendars that one mailbox has."""

from datetime import datetime, timedelta
from urllib.parse import quote

from adapters.sandbox.graph_common import base_of, operation, prefer, select
from adapters.sandbox.online_meetings import TEAMS
from adapters.sandbox.records import Account, Calendar, Entry, Json
from adapters.sandbox.wire import Answer, Call, Operation, graph_error
from adapters.sandbox.zones import CUSTOM, custom_zone, from_wall, to_wall, windows_name

DAYS = {
    "mon": "monday",
    "tue": "tuesday",
    "wed": "wednesday",
    "thu": "thursday",
    "fri": "friday",
    "sat": "saturday",
}


def get_schedule(call: Call) -> Answer:
    """Free and busy of up to 20 addresses over less than 62 days."""
    body = {key.lower(): value for key, value in call.json().items()}
    schedules, step = body.get("schedules") or [], int(body.get("availabilityviewinterval") or 30)
    try:
        start, end = (from_wall(body[key]["dateTime"], body[key]["timeZone"]) for key in ("starttime", "endtime"))
    except (KeyError, TypeError, ValueError) as problem:
        raise graph_error(400, "ErrorInvalidParameter", f"startTime and endTime: {problem}") from None
    if not schedules or len(schedules) > 20:
        raise graph_error(400, "ErrorMailboxDataArrayTooBig", "Between 1 and 20 schedules can be asked for.")
    if not start < end or end - start >= timedelta(days=62):
        raise graph_error(400, "ErrorTimeIntervalTooBig", "The interval is empty or 62 days or longer.")
    if not 5 <= step <= 1440:
        raise graph_error(400, "ErrorInvalidParameter", "availabilityViewInterval is between 5 and 1440 minutes.")
    value = [_schedule(call, str(address), start, end, step) for address in schedules]
    context = f"{base_of(call)}/$metadata#Collection(microsoft.graph.scheduleInformation)"
    return Answer(200, {"@odata.context": context, "value": value})


def _schedule(call: Call, address: str, start: datetime, end: datetime, step: int) -> Json:
    there = call.world.account(address)
    if there is None or there.provider != "microsoft" or there.removed:
        return _no_schedule(address, "ErrorMailRecipientNotFound", "The recipient was not found.")
    if there.revoked:
        return _no_schedule(address, "ErrorNoFreeBusyAccess", "The caller does not have access to free/busy data.")
    zone = prefer(call).zone
    entries = [entry for entry in there.calendar.between(start, end) if entry.live]
    return {
        "scheduleId": address,
        "availabilityView": _availability(entries, start, end, timedelta(minutes=step)),
        "scheduleItems": [_schedule_item(entry, zone, there.consent == "full") for entry in entries],
        "workingHours": working_hours(there, start.year),
    }


def _availability(entries: list[Entry], start: datetime, end: datetime, step: timedelta) -> str:
    digits, at = [], start
    ranks = {"free": 0, "workingElsewhere": 0, "tentative": 1, "busy": 2, "oof": 3}
    while at < end:
        digits.append(str(max((ranks[e.show_as] for e in entries if e.start < at + step and e.end > at), default=0)))
        at += step
    return "".join(digits)


def _no_schedule(address: str, code: str, message: str) -> Json:
    return {"scheduleId": address, "availabilityView": "", "error": {"message": message, "responseCode": code}}


def _schedule_item(entry: Entry, zone: str, titles: bool) -> Json:
    words = {"isPrivate": False, "subject": entry.subject, "location": entry.location} if titles else {}
    return {
        **words,
        "status": entry.show_as,
        "start": {"dateTime": to_wall(entry.start, zone), "timeZone": zone},
        "end": {"dateTime": to_wall(entry.end, zone), "timeZone": zone},
    }


def _zone(account: Account, year: int) -> Json:
    if account.zone_shown == CUSTOM:
        return custom_zone(account.zone, year)
    return {"name": account.zone_shown or windows_name(account.zone)}


def working_hours(account: Account, year: int) -> Json:
    """An account's working hours as Graph shows them, on its own wall clock."""
    return {
        "daysOfWeek": [DAYS.get(day, "sunday") for day in account.hours.days],
        "startTime": f"{account.hours.start}:00.0000000",
        "endTime": f"{account.hours.end}:00.0000000",
        "timeZone": _zone(account, year),
    }


def calendars(call: Call) -> Answer:
    """All calendars of a mailbox, the default one first."""
    context = f"{base_of(call)}/$metadata#users('{quote(call.account.address)}')/calendars"
    value = [select(call, _calendar(call.account, calendar)) for calendar in call.account.calendars()]
    return Answer(200, {"@odata.context": context, "value": value})


def one_calendar(call: Call) -> Answer:
    """One calendar of a mailbox."""
    context = f"{base_of(call)}/$metadata#users('{quote(call.account.address)}')/calendars/$entity"
    return Answer(200, {"@odata.context": context, **select(call, _calendar(call.account, call.calendar))})


def _calendar(account: Account, calendar: Calendar) -> Json:
    default = calendar is account.calendar
    return {
        "id": calendar.id,
        "name": calendar.name,
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": default,
        "changeKey": f"C{calendar.changes}",
        "canShare": True,
        "canViewPrivateItems": True,
        "canEdit": True,
        "allowedOnlineMeetingProviders": [TEAMS],
        "defaultOnlineMeetingProvider": TEAMS,
        "isTallyingResponses": default,
        "isRemovable": not default,
        "owner": {"name": account.name, "address": account.address},
    }


OPERATIONS: tuple[Operation, ...] = (
    operation(
        "getSchedule",
        "POST",
        "/calendar/getSchedule",
        get_schedule,
        body="getSchedulePostRequestBody",
        shape="[]scheduleInformation",
    ),
    operation("calendars.list", "GET", "/calendars", calendars, "$select", shape="[]calendar"),
    operation("calendars.get", "GET", "/calendars/(?P<calendar>[^/]+)", one_calendar, "$select", shape="calendar"),
)
