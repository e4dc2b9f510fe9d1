"""What an administrator sees of one relationship: people, goals, charter, meetings, actions, and mails set aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain import relationship_events as events
from domain.charter import Charter, Role
from domain.conversation import Action, AgendaItems
from domain.edits import is_again
from domain.goals import Goal, GoalReaders
from domain.meeting import Meeting
from domain.occasions import action_in, meeting_ref
from domain.person import Person
from domain.relationship import Relationship
from domain.rules_talks import agenda_due
from service.clause_words import TERMS, clause_says
from service.event_words import effect_words
from service.house import House
from service.names import named, relationship_named
from service.queries_asking import AskingView, asking_view


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two people."""

    id: str
    name: str
    address: str
    provider: str
    zone: str
    paused: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the charter: its citation and what it says."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class CharterView:
    """The charter as it stands; `approved` are the roles that agreed so far, `holds` is true once both have."""

    version: int
    holds: bool
    approved: tuple[str, ...]
    cadence_days: int
    minutes: int
    organiser: str
    pins: str
    conflict: str
    notice_hours: int
    agenda_lead_hours: int
    reply_promise_days: int
    rhythm: str
    slack_days: int
    shortest_minutes: int
    venue: str
    place: str | None
    buffer_minutes: int
    stretch_minutes: int
    tentative_yields: bool
    preferred: dict[str, str]
    hours: dict[str, str]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One generation of one cycle, in UTC; items and learnings are counted and never shown."""

    cycle: int
    generation: int
    start: datetime
    end: datetime
    state: str
    reason: str
    moved_by_hand: bool
    responses: dict[str, str]
    agenda_due_at: datetime | None
    agenda_sent_at: datetime | None
    agenda_lapsed: str | None
    agenda_items: int
    learnings: int


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something owed; `chased` says how many reminders left."""

    id: int
    owner: str
    text: str
    due: date | None
    state: str
    chased: int


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal and what became of it, `since` when (UTC); its words only where the programme may read them.

    `wordings` counts how often it was said anew.
    """

    number: int
    kind: str
    text: str
    test: str
    readers: str
    state: str
    since: datetime
    wordings: int


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that was set aside and did not act, by its message id."""

    message_id: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Something that a provider refused for good, or whose outcome nobody knows."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class RelationshipView:
    """All of it; `since` is when the status began (UTC)."""

    id: str
    status: str
    since: datetime
    mentor: Party
    mentee: Party
    goals: tuple[str, ...]
    charter: CharterView
    meetings: tuple[MeetingView, ...]
    actions: tuple[ActionView, ...]
    held_mails: tuple[HeldMail, ...]
    given_up: tuple[GivenUp, ...]
    asking: AskingView
    goal_book: tuple[GoalView, ...]


def relationship_view(house: House, id_or_prefix: str) -> RelationshipView:
    """Return one relationship, or raise NotFound."""
    return view_of_relationship(house, relationship_named(house, id_or_prefix))


def view_of_relationship(house: House, id: str) -> RelationshipView:
    """Return the relationship of that id as the house's streams have it."""
    relationship = house.streams.relationship(id)
    mentor, mentee = (_party(house.streams.person(relationship.person_id(role)), role) for role in Role)
    return RelationshipView(
        id,
        relationship.status.value,
        relationship.settled_at,
        mentor,
        mentee,
        tuple(_words(goal) for goal in relationship.aims.items if goal.open),
        _charter(relationship),
        tuple(meeting_view(relationship, meeting) for meeting in relationship.meetings.items),
        tuple(_action(relationship, action) for action in relationship.actions),
        tuple(_held(house.streams.events(id))),
        tuple(GivenUp(effect_words(*name), reason) for name, reason in relationship.given_up.items()),
        asking_view(house, relationship),
        tuple(_goal(goal) for goal in relationship.aims.items),
    )


def _words(goal: Goal) -> str:
    """Return the words of a goal for an administrator, or who reads them instead."""
    if goal.readers is GoalReaders.PROGRAMME:
        return goal.text.reveal()
    return "[shared with the mentor]" if goal.readers is GoalReaders.MENTOR else "[private to the mentee]"


def _goal(goal: Goal) -> GoalView:
    test = goal.test.reveal() if goal.test is not None and goal.readers is GoalReaders.PROGRAMME else ""
    facts = (goal.number, goal.kind.value, _words(goal), test, goal.readers.value, goal.state.value)
    return GoalView(*facts, goal.at, len(goal.former))


def _party(person: Person, role: Role) -> Party:
    name = named(person.name.reveal(), role)
    return Party(str(person.id), name, person.address, person.provider, person.zone, person.paused)


def _charter(relationship: Relationship) -> CharterView:
    charter: Charter = relationship.charter
    return CharterView(
        charter.version,
        relationship.running,
        tuple(role.value for role in relationship.approved),
        charter.cadence_days,
        charter.minutes,
        charter.organiser.value,
        charter.pins.value,
        charter.conflict.value,
        charter.notice_hours,
        charter.agenda_lead_hours,
        charter.reply_promise_days,
        charter.rhythm.value,
        charter.slack_days,
        charter.shortest_minutes,
        charter.venue.value,
        charter.place.reveal() if charter.place else None,
        charter.buffer_minutes,
        charter.stretch_minutes,
        charter.tentative_yields,
        {role.value: charter.preferred_of(role) for role in Role},
        {role.value: charter.hours_of(role) for role in Role},
        tuple(Clause(charter.clause(name), clause_says(charter, charter.clause(name))) for name in TERMS),
    )


def meeting_view(relationship: Relationship, meeting: Meeting) -> MeetingView:
    """Return what is known of one meeting; one that never stood has no agenda due."""
    stood = meeting.live or bool(meeting.event_id)
    items = relationship.agendas.get(meeting.cycle, AgendaItems())
    return MeetingView(
        meeting.cycle,
        meeting.generation,
        meeting.time.start,
        meeting.time.end,
        meeting.state.value,
        meeting.reason,
        meeting.moved_by_hand,
        {role.value: meeting.response_of(role).value for role in Role},
        agenda_due(meeting, relationship.charter) if stood else None,
        max((mail.at for mail in _of_agenda(relationship.mails, meeting)), default=None),
        next(iter(_of_agenda({**relationship.lapsed, **relationship.given_up}, meeting)), None),
        sum(len(getattr(items, part)) for part in AgendaItems.__slots__),
        len(relationship.learnings.get(meeting.cycle, ())),
    )


def _of_agenda(by_name: dict[tuple[str, str, str], Any], meeting: Meeting) -> Iterable[Any]:
    for (kind, occasion, _), value in by_name.items():
        if kind == "agenda" and meeting_ref(occasion) == meeting.ref and not is_again(occasion):
            yield value


def _action(relationship: Relationship, action: Action) -> ActionView:
    chased = sum(1 for kind, about, _ in relationship.mails if kind == "chase" and action_in(about) == action.number)
    state = "open" if action.open else "done" if action.done_at else "let go"
    return ActionView(action.number, action.owner.value, action.text.reveal(), action.due, state, chased)


def _held(stream: Iterable[object]) -> Iterable[HeldMail]:
    for event in stream:
        if isinstance(event, events.MailHeld):
            yield HeldMail(event.message_id, event.by.at, event.reason)
