"""One sample of every event that can be recorded, by topic, with values of every type that an event may hold."""

import dataclasses
from datetime import date, timedelta
from inspect import getmembers, isclass
from typing import Any

from eventsourcing.utils import get_topic

from domain.aggregate import Stream
from domain.by import By
from domain.calendar import Response
from domain.charter import Organiser, Rhythm, Role, Venue
from domain.conversation import AgendaItems
from domain.facts import Choice, Fact, FactKind
from domain.goals import GoalKind, GoalReaders
from domain.hearing import Deed, DeedKind, Heard, Question
from domain.interval import Interval
from domain.notebook import Notebook
from domain.person import Person
from domain.personal import Personal
from domain.programme import Programme
from domain.relationship import Relationship
from tests.contract.stores import A_SAMPLE, CHARTER, NOW

OWNER = "owner"
WORDS = (Personal(OWNER, 'Grüße, 山田 \U0001f600 "quoted"\n'), Personal(OWNER, ""))
TIME = Interval(NOW, NOW + timedelta(minutes=60, microseconds=1))
ITEMS = AgendaItems(done=WORDS, learned=WORDS, questions=WORDS, samples=WORDS, observed=WORDS, unsorted=WORDS)
COUNTERS = (("window", 40), ("both free", 0))
EFFECT = {
    "kind": "agenda",
    "occasion": "1.1",
    "recipient": "mentor",
    "about": "1.1",
    "reason": "service was down",
}
HEARD = Heard(
    "0a1b",
    Role.MENTOR,
    "agenda",
    "1.1@2027-03-02",
    NOW,
    (Deed(DeedKind.AGENDA, "1.1", 1, Role.MENTEE, ITEMS, WORDS),),
    WORDS,
    Question.WHAT,
    WORDS[0],
    True,
)
FACT = Fact(FactKind.LATE_DECLINE, Role.MENTOR, 3, "3.1", NOW)
ORIGIN = By(OWNER, "policy", "v1/agenda-lead", NOW)
NEXT = dataclasses.replace(CHARTER, version=2, until=date(2028, 2, 29))
ANSWER = {"ref": "1.1", "role": Role.MENTOR}
AIM = {"number": 1, "text": WORDS[0], "kind": GoalKind.NEXT_LEVEL, "readers": GoalReaders.MENTOR}
SAMPLES: dict[str, dict[str, Any]] = {
    "person.registered": {
        "name": WORDS[0],
        "addresses": WORDS,
        "provider": "google",
        "zone": "Europe/Berlin",
        "hours": "mon-fri 09:00-17:00",
        "language": "en",
    },
    "person.paused": {},
    "person.resumed": {},
    "person.connection-lost": {"reason": "consent"},
    "person.connection-restored": {},
    "person.left": {},
    "person.forgotten": {},
    "person.hours-changed": {"zone": "Asia/Tokyo", "hours": "tue 09:00-12:00"},
    "person.travel-planned": {"first": date(2027, 3, 1), "last": date(2027, 3, 5), "zone": "Asia/Tokyo"},
    "person.leave-planned": {"first": date(2027, 3, 1), "last": date(2027, 3, 5)},
    "person.special-hours-set": {"day": date(2027, 3, 1), "hours": ""},
    "person.meetings-per-day-limited": {"limit": None},
    "person.capacity-set": {"mentees": 3},
    "person.address-added": {"address": WORDS[0]},
    "person.name-changed": {"name": WORDS[0]},
    "person.language-changed": {"language": "de-AT"},
    "person.main-address-changed": {"address": WORDS[0]},
    "person.address-bounced": {"address": WORDS[0]},
    "person.address-reached": {"address": WORDS[0]},
    "person.calendar-added": {"calendar": WORDS[0]},
    "person.free-busy-only-set": {"on": True},
    "person.delegate-named": {"address": WORDS[0]},
    "person.private-address-allowed": {"address": WORDS[0]},
    "notebook.opened": {"person": OWNER},
    "notebook.note-taken": {
        "number": 1,
        "about": "m",
        "text": WORDS[0],
        "hint": date(2027, 9, 1),
        "mail": "0a1b",
    },
    "notebook.note-withdrawn": {"number": 1},
    "programme.founded": {"name": "Example programme"},
    "programme.went-live": {},
    "programme.paused-after-restore": {},
    "programme.paused": {},
    "relationship.paused": {},
    "relationship.resumed": {},
    "programme.resumed": {},
    "relationship.requested": {
        "mentor_id": "m",
        "mentee_id": OWNER,
        "goals": WORDS,
        "why": WORDS[0],
        "bring": WORDS[1],
        "charter": dataclasses.replace(
            CHARTER,
            shortest_minutes=30,
            venue=Venue.IN_PERSON,
            place=WORDS[0],
            buffer_minutes=10,
            mentor_preferred="tue 10:00-12:00",
            rhythm=Rhythm.MONTHLY_WEEKDAY,
            slack_days=3,
            stretch_minutes=60,
            tentative_yields=True,
        ),
    },
    "relationship.accepted": {},
    "relationship.accepted-with-counter": {"charter": dataclasses.replace(CHARTER, minutes=30)},
    "relationship.answer-time-set": {"days": 7},
    "relationship.fallback-named": {"mentor_id": "m", "why": WORDS[0]},
    "relationship.fallback-asked": {},
    "relationship.fallback-refused": {"reason": "no capacity"},
    "relationship.reference-given": {"texts": WORDS},
    "relationship.reference-refused": {},
    "relationship.references-withdrawn": {"role": Role.MENTOR},
    "relationship.declined": {"reason": WORDS[0]},
    "relationship.charter-declined": {"version": 1, "role": Role.MENTEE, "reason": WORDS[0]},
    "relationship.request-expired": {"reason": "no answer"},
    "relationship.charter-approved": {"version": 1, "role": Role.MENTEE},
    "relationship.charter-agreed": {"version": 1},
    "relationship.charter-proposed": {"charter": NEXT, "role": Role.MENTEE},
    "relationship.charter-refused": {"version": 2, "role": Role.MENTOR},
    "relationship.charter-proposal-lapsed": {"version": 2},
    "relationship.charter-changed": {"charter": NEXT},
    "relationship.goal-set": {**AIM, "test": WORDS[1]},
    "relationship.goal-refined": {**AIM, "test": None},
    "relationship.goal-ended": {"number": 1, "reached": True},
    "relationship.rest-began": {"until": NOW, "role": None},
    "relationship.rest-ended": {},
    "relationship.taken-over": {"since": date(2025, 3, 1)},
    "relationship.meeting-planned": {
        "cycle": 1,
        "generation": 2,
        "time": TIME,
        "target": NOW,
        "zone": "America/Chicago",
        "organiser": Organiser.SERVICE,
        "starts": (30_000_000, 30_000_015),
        "counters": COUNTERS,
        "tzdata": "2026.1",
        "wall": "2027-03-02T09:00",
    },
    "relationship.meeting-adopted": {
        "cycle": 1,
        "generation": 2,
        "time": TIME,
        "target": NOW,
        "zone": "America/Chicago",
        "wall": "2027-03-02T09:00",
        "organiser": Organiser.MENTEE,
        "event_id": "e",
        "ical_uid": "u",
        "ours": False,
    },
    "relationship.meeting-booked": {"ref": "1.1", "event_id": "e", "ical_uid": "u"},
    "relationship.slot-lost": {"ref": "1.1"},
    "relationship.meeting-moved": {"ref": "1.1", "time": TIME, "wall": "2027-03-02T09:00"},
    "relationship.move-planned": {
        "ref": "1.1",
        "time": TIME,
        "reason": "the mentor is away",
        "starts": (30_000_000,),
        "counters": COUNTERS,
    },
    "relationship.zone-rules-changed": {"ref": "1.1", "time": TIME, "tzdata": "2026.6"},
    "relationship.copy-seen": {"ref": "1.1", "role": Role.MENTEE, "standing": False},
    "relationship.meeting-kept": {"ref": "1.1", "role": Role.MENTEE},
    "relationship.time-proposed": {"ref": "1.1", "role": Role.MENTOR, "time": TIME},
    "relationship.response-seen": {"ref": "1.1", "role": Role.MENTOR, "response": Response.NEEDS_ACTION},
    "relationship.delegate-responded": {**ANSWER, "response": Response.ACCEPTED, "delegate": WORDS[0]},
    "relationship.meeting-cancelled": {"ref": "1.1", "reason": "declined", "in_calendar": True},
    "relationship.booking-cancelled": {"ref": "1.1"},
    "relationship.cycle-skipped": {
        "cycle": 2,
        "generation": 1,
        "target": NOW,
        "zone": "",
        "reason": "no time",
        "counters": COUNTERS,
    },
    "relationship.meeting-held": {"ref": "1.1"},
    "relationship.meeting-missed": {"ref": "1.1"},
    "relationship.meeting-presumed-held": {"ref": "1.1"},
    "relationship.agenda-items-added": {"cycle": 1, "items": ITEMS},
    "relationship.samples-attached": {"cycle": 1, "mail": "0a", "samples": (A_SAMPLE,)},
    "relationship.samples-passed-on": {"occasion": "1.1@2027-03-02", "refs": ("0a.1",)},
    "relationship.learnings-recorded": {"cycle": 1, "role": Role.MENTEE, "texts": WORDS},
    "relationship.action-owed": {
        "number": 1,
        "owner": Role.MENTOR,
        "text": WORDS[0],
        "due": date(2027, 3, 1),
        "cycle": 1,
    },
    "relationship.action-closed": {"number": 1},
    "relationship.action-unreachable": {"number": 1},
    "relationship.times-offered": {
        "cycle": 1,
        "generation": 2,
        "role": Role.MENTEE,
        "starts": (NOW, NOW + timedelta(days=1)),
        "target": NOW,
        "zone": "Europe/Berlin",
        "organiser": Organiser.MAIL,
        "expires": NOW,
        "counters": COUNTERS,
        "final": True,
        "tzdata": "2026.1",
    },
    "relationship.time-chosen": {"cycle": 1, "role": Role.MENTEE, "start": NOW},
    "relationship.times-refused": {"cycle": 1, "role": Role.MENTEE},
    "relationship.event-blanked": {"ref": "1.1"},
    "relationship.ended": {"reason": "left"},
    "relationship.mail-sent": {
        "kind": "agenda",
        "occasion": "1.1",
        "recipient": "mentor",
        "message_id": "m@example.org",
        "conversation": "c",
    },
    "relationship.effect-lapsed": EFFECT,
    "relationship.effect-given-up": {**EFFECT, "unknown": True},
    "relationship.effect-reopened": {"kind": "agenda", "occasion": "1.1@2027-03-02", "recipient": "mentor"},
    "relationship.mail-held": {"message_id": "m@example.org", "reason": "not in our thread", "heard": HEARD},
    "relationship.mail-understood": {"heard": HEARD},
    "relationship.mail-undone": {"mail": "0a1b"},
    "relationship.fact-noted": {"fact": FACT},
    "relationship.dead-end-suspected": {"number": 1, "role": Role.MENTOR, "evidence": (FACT,)},
    "relationship.dead-end-answered": {"number": 1, "choice": Choice.OPENLY},
    "relationship.recalibrated": {},
    "relationship.contact-kept": {},
    "relationship.action-let-go": {"number": 1, "reason": "the two stay in touch as network contacts"},
    "relationship.revival-wished": {"role": Role.MENTEE},
    "relationship.revived": {},
}


def event_types() -> dict[str, Any]:
    """Return every event type that can be recorded, by topic."""
    found: dict[str, Any] = {}
    for aggregate in (Relationship, Person, Programme, Notebook):
        for name, kind in getmembers(aggregate, isclass):
            if issubclass(kind, Stream.Event | Stream.Created) and name not in ("Event", "Created"):
                found[get_topic(kind)] = kind
    return found
