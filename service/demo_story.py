"""Tells the demo's report as a readable story, one chapter a pair."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.hours import DAYS, zone_named

Json = dict[str, Any]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STATES = {
    "planned": "planned",
    "booked": "booked",
    "held": "held",
    "presumed_held": "held (nobody said otherwise)",
    "missed": "did not take place",
    "skipped": "left out",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the teller knows beside the document: names by address, remarks by meeting, hours between polls."""

    names: dict[str, str]
    remarks: dict[tuple[str, str], str]
    poll_hours: float


def story(document: Json, told: Told) -> str:
    """Return the story."""
    chapters = [_chapter(item, told) for item in document["relationships"]]
    return "\n\n".join([*chapters, _summary(document, told)])


def _chapter(item: Json, told: Told) -> str:
    mentor, mentee, here = item["mentor"], item["mentee"], item["mentee"]["zone"]
    lines = [
        f"{told.names[mentor['address']]} ({_place(mentor)}) mentors "
        f"{told.names[mentee['address']]} ({_place(mentee)}), "
        f"every {item['charter']['cadence_days']} days for {item['charter']['minutes']} minutes, "
        f"organised by the {item['charter']['organiser']}."
    ]
    lines += [_meeting_line(item, meeting, told) for meeting in item["meetings"]]
    lines += [f"  {_local(datetime.fromisoformat(turn['at']), here)}: {turn['what']}." for turn in item["turns"]]
    done = sum(1 for action in item["actions"] if action["state"] == "done")
    chased = sum(action["chased"] for action in item["actions"])
    lines.append(f"  {len(item['actions'])} actions agreed, {done} done, {chased} reminders sent.")
    return "\n".join(lines)


def _place(person: Json) -> str:
    cloud = {"microsoft": "Outlook", "google": "Google"}[person["provider"]]
    return f"{cloud}, {_city(person)}"


def _city(person: Json) -> str:
    return str(person["zone"].rpartition("/")[2].replace("_", " "))


def _meeting_line(item: Json, meeting: Json, told: Told) -> str:
    start = datetime.fromisoformat(meeting["start"])
    here, there = item["mentor"], item["mentee"]
    clocks = f"{_local(start, here['zone'])} {_city(here)}, {_time(start, there['zone'])} {_city(there)}"
    ref = f"{meeting['cycle']}.{meeting['generation']}"
    parts = [STATES[meeting["state"]], _agenda(meeting, start), told.remarks.get((item["id"], ref), "")]
    return f"  {ref}  {clocks}: {'; '.join(part for part in parts if part)}."


def _agenda(meeting: Json, start: datetime) -> str:
    if meeting["agenda_sent_at"]:
        lead = start - datetime.fromisoformat(meeting["agenda_sent_at"])
        return f"agenda {round(lead.total_seconds() / 3600)} h ahead"
    if meeting["agenda_lapsed"]:
        return f"agenda not sent: {meeting['agenda_lapsed']}"
    return f"agenda due {meeting['agenda_due_at'][:10]}" if meeting["state"] == "booked" else ""


def _local(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    day = f"{DAYS[local.weekday()].capitalize()} {local.day:2d} {MONTHS[local.month - 1]}"
    return f"{day} {_time(instant, zone)}"


def _time(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    return f"{local.hour:02d}:{local.minute:02d}"


def _summary(document: Json, told: Told) -> str:
    requests = {provider: sum(counts.values()) for provider, counts in document["requests"].items()}
    kinds: dict[str, int] = {}
    for mail in document["mails"]:
        kinds[mail["kind"]] = kinds.get(mail["kind"], 0) + 1
    mails = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(kinds.items()))
    polled = ", ".join(f"{count} to {provider}" for provider, count in sorted(requests.items()))
    checked = document["checked"]
    return (
        f"{len(document['mails'])} mails left ({mails}).\n"
        f"Requests: {polled}; calendars were polled every {told.poll_hours:g} hours and on hints.\n"
        f"Checked against the vendors' schemas: {checked['requests']} requests, {checked['responses']} responses, "
        f"{len(checked['violations'])} violations. Done twice: {len(document['duplicates'])}."
    )
