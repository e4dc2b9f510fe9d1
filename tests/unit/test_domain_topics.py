"""The names under which everything is stored: changing this list is a decision, not a refactoring."""

import inspect
from dataclasses import fields

import pytest
from eventsourcing.domain import CanMutateAggregate
from eventsourcing.utils import get_topic

from domain import meeting_events, relationship_events
from domain.aggregate import Stream
from domain.by import By
from domain.notebook import Notebook
from domain.person import Person
from domain.programme import Programme
from domain.relationship import Relationship

TOPICS = [
    "notebook",
    "notebook.created",
    "notebook.note-taken",
    "notebook.note-withdrawn",
    "notebook.opened",
    "person",
    "person.address-added",
    "person.address-bounced",
    "person.address-reached",
    "person.calendar-added",
    "person.capacity-set",
    "person.connection-lost",
    "person.connection-restored",
    "person.created",
    "person.delegate-named",
    "person.forgotten",
    "person.free-busy-only-set",
    "person.hours-changed",
    "person.language-changed",
    "person.leave-planned",
    "person.left",
    "person.main-address-changed",
    "person.meetings-per-day-limited",
    "person.name-changed",
    "person.paused",
    "person.private-address-allowed",
    "person.registered",
    "person.resumed",
    "person.special-hours-set",
    "person.travel-planned",
    "programme",
    "programme.created",
    "programme.founded",
    "programme.paused",
    "programme.paused-after-restore",
    "programme.resumed",
    "programme.went-live",
    "relationship",
    "relationship.accepted",
    "relationship.accepted-with-counter",
    "relationship.action-closed",
    "relationship.action-let-go",
    "relationship.action-owed",
    "relationship.action-unreachable",
    "relationship.agenda-items-added",
    "relationship.answer-time-set",
    "relationship.booking-cancelled",
    "relationship.charter-agreed",
    "relationship.charter-approved",
    "relationship.charter-changed",
    "relationship.charter-declined",
    "relationship.charter-proposal-lapsed",
    "relationship.charter-proposed",
    "relationship.charter-refused",
    "relationship.contact-kept",
    "relationship.copy-seen",
    "relationship.created",
    "relationship.cycle-skipped",
    "relationship.dead-end-answered",
    "relationship.dead-end-suspected",
    "relationship.declined",
    "relationship.delegate-responded",
    "relationship.effect-given-up",
    "relationship.effect-lapsed",
    "relationship.effect-reopened",
    "relationship.ended",
    "relationship.event-blanked",
    "relationship.fact-noted",
    "relationship.fallback-asked",
    "relationship.fallback-named",
    "relationship.fallback-refused",
    "relationship.goal-ended",
    "relationship.goal-refined",
    "relationship.goal-set",
    "relationship.learnings-recorded",
    "relationship.mail-held",
    "relationship.mail-sent",
    "relationship.mail-understood",
    "relationship.mail-undone",
    "relationship.meeting-adopted",
    "relationship.meeting-booked",
    "relationship.meeting-cancelled",
    "relationship.meeting-held",
    "relationship.meeting-kept",
    "relationship.meeting-missed",
    "relationship.meeting-moved",
    "relationship.meeting-planned",
    "relationship.meeting-presumed-held",
    "relationship.move-planned",
    "relationship.paused",
    "relationship.recalibrated",
    "relationship.reference-given",
    "relationship.reference-refused",
    "relationship.references-withdrawn",
    "relationship.request-expired",
    "relationship.requested",
    "relationship.response-seen",
    "relationship.rest-began",
    "relationship.rest-ended",
    "relationship.resumed",
    "relationship.revival-wished",
    "relationship.revived",
    "relationship.samples-attached",
    "relationship.samples-passed-on",
    "relationship.slot-lost",
    "relationship.taken-over",
    "relationship.time-chosen",
    "relationship.time-proposed",
    "relationship.times-offered",
    "relationship.times-refused",
    "relationship.zone-rules-changed",
]
AGGREGATES = (Notebook, Person, Programme, Relationship)


def events_of(aggregate: type[Stream]) -> list[type]:
    """Return the event classes of the aggregate, the library's never recorded creation included."""
    members = (getattr(aggregate, name) for name in sorted(vars(aggregate)))
    classes = (member for member in members if inspect.isclass(member))
    return [cls for cls in classes if issubclass(cls, CanMutateAggregate) and "TOPIC" in dir(cls)]


EVENTS = [event for aggregate in AGGREGATES for event in events_of(aggregate)]


def own_words(event: type) -> str:
    """Return the docstring that a person wrote; one invented by dataclasses opens with the class's name."""
    written = (cls.__doc__ or "" for cls in event.__mro__ if cls.__name__ == event.__name__)
    return next((text for text in written if not text.startswith(f"{event.__name__}(")), "")


def test_the_topics_of_all_streams_and_events_are_exactly_these() -> None:
    assert sorted(get_topic(cls) for cls in (*AGGREGATES, *EVENTS)) == TOPICS


@pytest.mark.parametrize("event", EVENTS, ids=get_topic)
def test_every_event_says_what_happened_and_by_whom(event: type) -> None:
    assert own_words(event).strip().endswith(".")
    assert {field.name: field.type for field in fields(event)}["by"] in (By, "domain.by.By")


@pytest.mark.parametrize("name", sorted({**vars(relationship_events), **vars(meeting_events)}))
def test_every_event_of_the_modules_is_one_of_the_relationship(name: str) -> None:
    member = getattr(relationship_events, name, getattr(meeting_events, name, None))
    if inspect.isclass(member) and issubclass(member, Stream.Event | Stream.Created):
        assert issubclass(getattr(Relationship, name), member)
