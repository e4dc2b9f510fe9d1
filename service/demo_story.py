"""Tells the demo's report as a readable story, one chapter a pair."""

from datetime import datetime
from typing import Any

from domain.hours import DAYS, zone_named
from domain.threads import MONTHS

Json = dict[str, Any]
STATES = {
    "planned": "planned",
    "booked": "booked",
    "held": "held",
    "presumed_held": "held (nobody said otherwise)",
    "missed": "did not take place",
    "skipped": "left out",
    "cancelled": "cancelled",
}


def story(document: Json, names: dict[str, str]) -> str:
    """Return the story; `names` gives a person's name by address."""
    chapters = [_chapter(item, names) for item in document["relationships"]]
    return "\n\n".join([*chapters, _summary(document)])


def _chapter(item: Json, names: dict[str, str]) -> str:
    mentor, mentee = item["mentor"], item["mentee"]
    lines = [
        f"{names[mentor['address']]} ({_place(mentor)}) mentors {names[mentee['address']]} ({_place(mentee)}), "
        f"every {item['charter']['cadence_days']} days for {item['charter']['minutes']} minutes, "
        f"organised by the {item['charter']['organiser']}."
    ]
    lines += [_meeting_line(meeting, mentor, mentee) for meeting in item["meetings"]]
    done = sum(1 for action in item["actions"] if action["state"] == "done")
    chased = sum(action["chased"] for action in item["actions"])
    lines.append(f"  {len(item['actions'])} actions agreed, {done} done, {chased} reminders sent.")
    return "\n".join(lines)


def _place(person: Json) -> str:
    cloud = {"microsoft": "Outlook", "google": "Google"}[person["provider"]]
    return f"{cloud}, {person['zone'].partition('/')[2].replace('_', ' ')}"


def _meeting_line(meeting: Json, mentor: Json, mentee: Json) -> str:
    start = datetime.fromisoformat(meeting["start"])
    clocks = f"{_local(start, mentor['zone'])} for the mentor, {_time(start, mentee['zone'])} for the mentee"
    ref = f"{meeting['cycle']}.{meeting['generation']}"
    return f"  {ref}  {clocks}: {STATES[meeting['state']]}; {_agenda(meeting, start)}."


def _agenda(meeting: Json, start: datetime) -> str:
    if meeting["agenda_sent_at"]:
        lead = start - datetime.fromisoformat(meeting["agenda_sent_at"])
        return f"agenda {round(lead.total_seconds() / 3600)} h ahead"
    return f"agenda not sent: {meeting['agenda_lapsed']}" if meeting["agenda_lapsed"] else "no agenda needed yet"


def _local(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    return f"{DAYS[local.weekday()].capitalize()} {local.day:2d} {MONTHS[local.month - 1]} {local.hour:02d}:{local.minute:02d}"


def _time(instant: datetime, zone: str) -> str:
    local = instant.astimezone(zone_named(zone))
    return f"{local.hour:02d}:{local.minute:02d}"


def _summary(document: Json) -> str:
    requests = {provider: sum(counts.values()) for provider, counts in document["requests"].items()}
    kinds: dict[str, int] = {}
    for mail in document["mails"]:
        kinds[mail["kind"]] = kinds.get(mail["kind"], 0) + 1
    mails = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(kinds.items()))
    polled = ", ".join(f"{count} to {provider}" for provider, count in sorted(requests.items()))
    checked = document["checked"]
    return (
        f"{len(document['mails'])} mails left ({mails}).\n"
        f"Requests: {polled}; calendars were polled every {document['poll_hours']:g} hours and on hints.\n"
        f"Checked against the vendors' schemas: {checked['requests']} requests, {checked['responses']} responses, "
        f"{len(checked['violations'])} violations. Done twice: {len(document['duplicates'])}."
    )
