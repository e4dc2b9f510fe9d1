"""A person's recurring series: a master and its occurrences, each at its own wall clock time."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from adapters.sandbox.records import Account, Calendar, Entry, Json
from adapters.sandbox.world import World
from adapters.sandbox.zones import zone_of

FREQUENCIES = ("daily", "weekly", "monthly")
LONGEST = 400
"""How many occurrences a series may have."""


def repeat(world: World, account: Account, calendar: Calendar, master: Entry) -> None:
    """Write the occurrences of a master that is in the calendar already; then the master counts as changed last."""
    length = master.end - master.start
    for start in starts(master):
        original = start.astimezone(UTC)
        occurrence = Entry(
            subject=master.subject,
            start=original,
            end=original + length,
            organiser=master.organiser,
            zone=master.zone,
            ical_uid=master.ical_uid,
            show_as=master.show_as,
            all_day=master.all_day,
            location=master.location,
            body=master.body,
            body_type=master.body_type,
            guests=copy.deepcopy(master.guests),
            response=master.response,
            sequence=master.sequence,
            asked=master.asked,
            master=master.id,
            original=original,
        )
        occurrence.id = _occurrence_id(account, master, original)
        occurrence.number = account.calendar.made
        calendar.add(occurrence, world.now)
    calendar.touch(master, world.now)


def _occurrence_id(account: Account, master: Entry, original: datetime) -> str:
    fresh = account.new_event_id()
    if account.provider == "microsoft":
        return fresh
    return f"{master.id}_{original:%Y%m%d}" if master.all_day else f"{master.id}_{original:%Y%m%dT%H%M%SZ}"


def starts(master: Entry) -> Iterator[datetime]:
    """The starts of a series on its own wall clock, `count` of them; months without the day are skipped."""
    first = master.start.astimezone(zone_of(master.zone))
    step, found = 0, 0
    while found < int(master.rule["count"]):
        at = _stepped(first, str(master.rule["freq"]), step * int(master.rule["interval"]))
        step += 1
        if at is not None:
            found += 1
            yield at


def _stepped(first: datetime, freq: str, steps: int) -> datetime | None:
    if freq != "monthly":
        return first + timedelta(days=steps * (7 if freq == "weekly" else 1))
    years, month = divmod(first.month - 1 + steps, 12)
    try:
        return first.replace(year=first.year + years, month=month + 1)
    except ValueError:
        return None


def graph_recurrence(master: Entry) -> Json:
    """The rule as Graph's recurrence."""
    first = master.start.astimezone(zone_of(master.zone))
    kinds = {"daily": "daily", "weekly": "weekly", "monthly": "absoluteMonthly"}
    pattern: Json = {"type": kinds[master.rule["freq"]], "interval": int(master.rule["interval"])}
    if master.rule["freq"] == "weekly":
        pattern |= {"daysOfWeek": [first.strftime("%A").lower()], "firstDayOfWeek": "sunday"}
    if master.rule["freq"] == "monthly":
        pattern["dayOfMonth"] = first.day
    numbered = {"type": "numbered", "startDate": first.date().isoformat()}
    return {"pattern": pattern, "range": numbered | {"numberOfOccurrences": int(master.rule["count"])}}


def google_recurrence(master: Entry) -> list[str]:
    """The rule as lines of RFC 5545."""
    rule = master.rule
    return [f"RRULE:FREQ={rule['freq'].upper()};INTERVAL={rule['interval']};COUNT={rule['count']}"]
