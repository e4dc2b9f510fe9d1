"""The invented people, charters and relationships that the tests of the domain are about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.by import ADMINISTRATOR, CALENDAR, CLI, MAIL, By
from domain.calendar import Booked
from domain.charter import Charter, ConflictPolicy, Organiser, Role
from domain.decisions import PlanMeeting, SkipCycle
from domain.interval import Interval
from domain.mail import Sent
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship

BEGINNING = datetime(2027, 2, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MENTOR_ID = UUID(int=1)
MENTEE_ID = UUID(int=2)
PAIR_ID = UUID(int=3)
IDS = {Role.MENTOR: str(MENTOR_ID), Role.MENTEE: str(MENTEE_ID)}
NAMES = {Role.MENTOR: "Marta", Role.MENTEE: "Tilo"}
START = datetime(2027, 2, 10, 15, tzinfo=UTC)

CHARTER = Charter(
    version=1,
    cadence_days=14,
    minutes=45,
    mentor_hours="mon-fri 09:00-17:00",
    mentee_hours="mon-fri 09:00-18:00",
    pins=Role.MENTOR,
    organiser=Organiser.MENTOR,
    conflict=ConflictPolicy.MOVE,
    notice_hours=24,
    agenda_lead_hours=24,
    reply_promise_days=2,
)


def charter(**changes: Any) -> Charter:
    """Return the usual charter with some terms changed."""
    return replace(CHARTER, **changes)


def by_cli(at: datetime = BEGINNING) -> By:
    """Return the origin of what an administrator does."""
    return By(ADMINISTRATOR, CLI, None, at)


def by_mail(role: Role, at: datetime = BEGINNING) -> By:
    """Return the origin of what one of the two says in a mail."""
    return By(IDS[role], MAIL, None, at)


def by_calendar(role: Role = Role.MENTOR, at: datetime = BEGINNING) -> By:
    """Return the origin of what one of the two does in a calendar."""
    return By(IDS[role], CALENDAR, None, at)


def mentor(zone: str = "America/Chicago") -> Person:
    """Return Marta Example, who gives of her time."""
    hours = "mon-fri 09:00-17:00"
    return Person.register(MENTOR_ID, "Marta Example", "marta@example.com", "microsoft", zone, hours, "en", by_cli())


def mentee(zone: str = "Europe/Berlin") -> Person:
    """Return Tilo Sample, who wants to learn."""
    hours = "mon-fri 09:00-18:00"
    return Person.register(MENTEE_ID, "Tilo Sample", "tilo@example.org", "google", zone, hours, "en", by_cli())


def words(*texts: str, owner: Role = Role.MENTEE) -> tuple[Personal, ...]:
    """Return the texts as words of one of the two."""
    return tuple(Personal(IDS[owner], text) for text in texts)


def requested(terms: Charter = CHARTER) -> Relationship:
    """Return a relationship that was asked for and not yet answered."""
    goals, (why, bring) = words("Lead a design review"), words("You built the first one", "Fresh eyes")
    return Relationship.request(PAIR_ID, IDS[Role.MENTOR], IDS[Role.MENTEE], goals, why, bring, terms, by_cli())


def accepted(terms: Charter = CHARTER) -> Relationship:
    """Return a relationship to which the mentor said yes."""
    relationship = requested(terms)
    relationship.accept(by_mail(Role.MENTOR))
    return relationship


def agreed(terms: Charter = CHARTER) -> Relationship:
    """Return a relationship whose charter both agreed to."""
    relationship = accepted(terms)
    for role in Role:
        relationship.approve_charter(role, by_mail(role))
    return relationship


def meeting_plan(cycle: int = 1, generation: int = 1, start: datetime = START, minutes: int = 45) -> PlanMeeting:
    """Return the decision to reserve a time."""
    time = Interval(start, start + timedelta(minutes=minutes))
    return PlanMeeting(cycle, generation, time, start, "America/Chicago", (), (("starts", 1),), "v1/cadence")


def skip_plan(cycle: int = 1, generation: int = 1) -> SkipCycle:
    """Return the decision to leave a cycle out."""
    return SkipCycle(cycle, generation, START, "America/Chicago", "no time", (), "v1/conflict")


def booked_as(ref: str, start: datetime = START) -> Booked:
    """Return the provider's word that an event exists."""
    time = Interval(start, start + timedelta(minutes=45))
    return Booked(f"event-{ref}", f"uid-{ref}", time, "etag")


def planned(terms: Charter = CHARTER) -> Relationship:
    """Return a relationship with meeting 1.1 reserved and not yet booked."""
    relationship = agreed(terms)
    relationship.plan_meeting(meeting_plan(), "2026.6", by_cli())
    return relationship


def booked(terms: Charter = CHARTER) -> Relationship:
    """Return a relationship with meeting 1.1 in the calendar."""
    relationship = planned(terms)
    relationship.book("1.1", booked_as("1.1"), by_cli())
    return relationship


def sent(name: str = "m1") -> Sent:
    """Return the provider's word that a mail has left."""
    return Sent(f"<{name}@example.net>", "thread-1")


def origins(relationship: Relationship) -> list[tuple[datetime, By]]:
    """Return the time and the origin of all events of an unsaved relationship, in order."""
    return [(vars(event)["timestamp"], vars(event)["by"]) for event in relationship.pending_events]


def kinds(relationship: Relationship) -> list[str]:
    """Return the names of all events of an unsaved relationship, in order."""
    return [type(event).__name__ for event in relationship.pending_events]


def replayed(relationship: Relationship) -> Relationship:
    """Return the relationship as a store would read it: its events, told again from the first."""
    again: Any = None
    for event in relationship.pending_events:
        again = event.mutate(again)
    assert isinstance(again, Relationship)
    return again
