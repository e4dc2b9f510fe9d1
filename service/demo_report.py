"""The demo's report: what the streams say, held against what the two clouds show, as one document."""

import base64
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from domain.charter import Role
from domain.edits import is_again
from domain.health_events import DeadEndSuspected, RecalibratedToNetworkContact, RevivalWished, Revived
from domain.meeting import Meeting
from domain.occasions import action_in, meeting_ref
from domain.person import Person
from domain.relationship import Relationship
from domain.situation import Situation
from service.demo import DemoOptions
from service.event_words import event_words
from service.house import House
from service.instants import zulu
from service.situations import situation_of

SCHEMA = "mentorsync.demo/1"
STATUSES = {
    "organizer": "accepted",
    "accepted": "accepted",
    "tentative": "tentative",
    "declined": "declined",
    "needsAction": "needs_action",
}
TURNS = (DeadEndSuspected, RecalibratedToNetworkContact, RevivalWished, Revived)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo shows in the end: the document, the story, and the page with all mails."""

    document: Json
    tale: str
    page: Path

    @property
    def ok(self) -> bool:
        """Say whether nothing was done twice and nobody's schema was broken."""
        return is_good(self.document)

    def story(self) -> str:
        """Return the readable story."""
        return self.tale


def report_of(house: House, options: DemoOptions, ids: tuple[str, ...], world: Json, counted: Json) -> Json:
    """Return the whole document except for the elapsed time.

    `world` is what the sandbox shows and `counted` its own tally.
    """
    mails = sent_mails(house.identity.address, world)
    return {
        "schema": SCHEMA,
        "seed": options.seed,
        "weeks": options.weeks,
        "relationships": [_relationship(house, id, world) for id in ids],
        "mails": [{k: v for k, v in mail.items() if k not in ("raw", "key")} for mail in mails],
        "duplicates": _duplicates(mails, world),
        "requests": counted["requests"],
        "checked": counted["checked"],
    }


def _relationship(house: House, id: str, world: Json) -> Json:
    relationship = house.streams.relationship(id)
    situation, charter = situation_of(house, relationship), relationship.charter
    agendas = _agendas(house, id)
    return {
        "id": id,
        "mentor": _person(situation, Role.MENTOR),
        "mentee": _person(situation, Role.MENTEE),
        "charter": {
            "version": charter.version,
            "cadence_days": charter.cadence_days,
            "minutes": charter.minutes,
            "organiser": charter.organiser.value,
            "pins": charter.pins.value,
            "hours": {role.value: charter.hours_of(role) for role in Role},
        },
        "meetings": [_meeting(situation, m, agendas, world) for m in relationship.meetings.items],
        "actions": [_action(relationship, number) for number in range(1, len(relationship.actions) + 1)],
        "status": relationship.status.value,
        "turns": [
            {"at": zulu(e.by.at), "what": event_words(e)} for e in house.streams.events(id) if isinstance(e, TURNS)
        ],
    }


def _person(situation: Situation, role: Role) -> Json:
    person = situation.person(role)
    return {"address": person.address, "provider": person.provider, "zone": person.zone}


def remarks_of(house: House, ids: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Return what the document does not say of a meeting but a reader wants to know, by relationship and meeting."""
    out = {}
    for id in ids:
        for meeting in house.streams.relationship(id).meetings.items:
            remark = "moved by hand in the calendar" if meeting.moved_by_hand else meeting.reason
            if remark:
                out[id, meeting.ref] = remark
    return out


def _agendas(house: House, id: str) -> dict[str, tuple[datetime, datetime]]:
    """Return for each meeting the start for which its last agenda was sent, and when that was; one that came once more
    with what was added counts as no other.
    """
    starts: dict[str, datetime] = {}
    out: dict[str, tuple[datetime, datetime]] = {}
    for event in house.streams.events(id):
        if isinstance(event, Relationship.MeetingPlanned):
            starts[f"{event.cycle}.{event.generation}"] = event.time.start
        elif isinstance(event, Relationship.MeetingMoved):
            starts[event.ref] = event.time.start
        elif isinstance(event, Relationship.MailSent) and event.kind == "agenda" and not is_again(event.occasion):
            ref = meeting_ref(event.occasion)
            out[ref] = (starts[ref], event.by.at)
    return out


def _meeting(
    situation: Situation, meeting: Meeting, agendas: dict[str, tuple[datetime, datetime]], world: Json
) -> Json:
    charter = situation.relationship.charter
    start, sent = agendas.get(meeting.ref, (meeting.time.start, None))
    lapsed = [
        reason
        for (kind, occasion, _), reason in situation.relationship.lapsed.items()
        if kind == "agenda" and meeting_ref(occasion) == meeting.ref and not is_again(occasion)
    ]
    return {
        "cycle": meeting.cycle,
        "generation": meeting.generation,
        "start": zulu(meeting.time.start),
        "state": meeting.state.value,
        "agenda_due_at": zulu(start - charter.agenda_lead),
        "agenda_sent_at": zulu(sent) if sent else None,
        "agenda_lapsed": lapsed[-1] if lapsed and sent is None else None,
        "calendars": {role.value: _copy(situation.person(role), meeting, world) for role in Role},
    }


def _copy(person: Person, meeting: Meeting, world: Json) -> Json | None:
    """Return what one person's calendar shows of the meeting, or null when it is not there."""
    for event in world["events"]:
        if meeting.ical_uid and event["account"] == person.address and event["ical_uid"] == meeting.ical_uid:
            return _shown(event, person.provider)
    return None


def _shown(event: Json, provider: str) -> Json | None:
    """Google keeps a cancelled event as a tombstone that nobody sees; Outlook shows it struck out for a while."""
    if event["cancelled"] and provider == "google":
        return None
    status = "cancelled" if event["cancelled"] else STATUSES[event["response"]]
    return {"start": event["start"], "end": event["end"], "status": status}


def _action(relationship: Relationship, number: int) -> Json:
    action = relationship.action(number)
    assert action is not None
    chased = sum(1 for kind, occasion, _ in relationship.mails if kind == "chase" and action_in(occasion) == number)
    return {
        "id": number,
        "owner": action.owner.value,
        "due": action.due.isoformat() if action.due else None,
        "state": "open" if action.open else "done",
        "chased": chased,
    }


def sent_mails(sender: str, world: Json) -> list[Json]:
    """Return the mails in the service's own Sent folder, oldest first, each with its bytes and the key it was
    composed under.
    """
    out = []
    for mail in world["mails"]:
        if mail["account"] == sender and mail["folder"] == "sentitems":
            out.append(_sent(mail))
    out.sort(key=lambda m: (m["sent_at"], m["to"], m["kind"], m["message_id"]))
    for number, mail in enumerate(out, 1):
        mail["file"] = f"mails/{number:03d}-{mail['kind']}-{mail['to'].split('.')[0]}.eml"
    return out


def _sent(mail: Json) -> Json:
    raw = raw_of(mail)
    message = message_from_bytes(raw, policy=policy.default)
    return {
        "to": mail["to"].rpartition("<")[2].strip("> "),
        "kind": str(message["X-Mentorsync-Kind"]),
        "subject": str(message["Subject"]),
        "sent_at": mail["date"],
        "message_id": mail["message_id"],
        "key": str(message["X-Mentorsync-Id"]),
        "raw": raw,
    }


def raw_of(mail: Json) -> bytes:
    """Return the bytes of a mail of the sandbox's world."""
    return mail["raw"].encode() if "raw" in mail else base64.b64decode(mail["raw_base64"])


def _duplicates(mails: list[Json], world: Json) -> list[Json]:
    """Two mails under one key, or two standing events of one organiser under one key, were done twice."""
    keyed: dict[str, list[str]] = defaultdict(list)
    for mail in mails:
        keyed[mail["key"]].append(mail["message_id"])
    for event in world["events"]:
        if event["response"] == "organizer" and event["subject"].startswith("Mentoring:") and not event["cancelled"]:
            keyed[f"{event['organiser']} {event['subject']} {event['start']}"].append(event["ical_uid"])
    return [{"key": key, "message_ids": ids} for key, ids in sorted(keyed.items()) if len(ids) > 1]


def is_good(document: Json) -> bool:
    """Say whether nothing was done twice and no request or answer broke a provider's own schema."""
    return not document["duplicates"] and not document["checked"]["violations"]
