"""Every type of event comes back from the store exactly as it was recorded, down to the types inside."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from adapters.sqlite.engine import Engine
from adapters.sqlite.store import SqliteStore
from adapters.sqlite.transcoding import CHOICES, VALUES
from domain.aggregate import Stream
from domain.charter import Rhythm, Role, Venue
from domain.conversation import AgendaItems
from domain.hours import Leave, SpecialHours, Travel
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from tests.contract.event_samples import ORIGIN, OWNER, SAMPLES, WORDS, event_types
from tests.contract.stores import BY, CHARTER, NOW, an_id, opened


def exact(value: Any) -> Any:
    """Return the value with the types of all its parts, so that a choice is not mistaken for its text."""
    if dataclasses.is_dataclass(value):
        return type(value), [exact(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple | list):
        return type(value), [exact(item) for item in value]
    return type(value), value.isoformat() if isinstance(value, datetime) else value


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with opened(tmp_path) as store:
        store._engine.keyring.ensure(OWNER)
        yield store._engine


def test_every_event_type_has_a_sample_and_every_sample_a_type() -> None:
    assert event_types().keys() == SAMPLES.keys()


@pytest.mark.parametrize("topic", sorted(SAMPLES))
def test_an_event_comes_back_exactly(engine: Engine, topic: str) -> None:
    kind, facts = event_types()[topic], dict(SAMPLES[topic])
    if issubclass(kind, Stream.Created):
        facts["originator_topic"] = topic.split(".")[0]
    event = kind(originator_id=an_id(), originator_version=1, timestamp=NOW, by=ORIGIN, **facts)
    mapper = engine.application.mapper
    stored = mapper.to_stored_event(event)
    back = mapper.to_domain_event(stored)
    assert (type(back), stored.topic) == (kind, topic)
    assert {name: exact(value) for name, value in vars(back).items()} == {
        name: exact(value) for name, value in vars(event).items()
    }


def test_a_missing_due_date_and_clause_come_back_as_missing(engine: Engine) -> None:
    facts = {**SAMPLES["relationship.action-owed"], "due": None, "by": BY}
    event = Relationship.ActionOwed(originator_id=an_id(), originator_version=1, timestamp=NOW, **facts)
    back: Any = engine.application.mapper.to_domain_event(engine.application.mapper.to_stored_event(event))
    assert (back.due, back.by.clause) == (None, None)


def test_a_charter_agreed_before_a_term_was_known_comes_back_with_what_it_means(engine: Engine) -> None:
    stored = engine.transcoder.encode(CHARTER)
    known = json.loads(stored)
    for name in ("shortest_minutes", "venue", "place", "buffer_minutes", "mentor_preferred", "mentee_preferred"):
        del known["_data_"][name]
    for name in ("rhythm", "slack_days", "stretch_minutes", "tentative_yields"):
        del known["_data_"][name]
    assert engine.transcoder.decode(json.dumps(known).encode()) == CHARTER
    assert (CHARTER.venue, CHARTER.rhythm) == (Venue.NOT_SAID, Rhythm.DAYS)


@pytest.mark.parametrize(
    "value",
    [
        Travel(date(2027, 3, 1), date(2027, 3, 9), "Asia/Tokyo"),
        Leave(date(2027, 3, 1), date(2027, 3, 1)),
        SpecialHours(date(2027, 3, 1), "09:00-12:00"),
    ],
)
def test_what_changes_a_persons_hours_for_some_days_comes_back_exactly(engine: Engine, value: object) -> None:
    assert exact(engine.transcoder.decode(engine.transcoder.encode((value,)))[0]) == exact(value)


def test_the_words_of_an_erased_owner_come_back_as_a_tombstone_and_are_stored_as_one_again(
    engine: Engine,
) -> None:
    transcoder = engine.transcoder
    stored = transcoder.encode(WORDS)
    engine.keyring.forget(OWNER)
    erased = transcoder.decode(stored)
    assert erased == (Personal(OWNER, None), Personal(OWNER, None))
    assert transcoder.decode(transcoder.encode(erased)) == erased


def test_the_names_under_which_values_are_stored_never_change() -> None:
    assert sorted({**VALUES, **CHOICES}) == [
        "agenda-items",
        "attendee",
        "by",
        "calendar-entry",
        "charter",
        "conflict-policy",
        "dead-end-choice",
        "deed",
        "deed-kind",
        "fact",
        "fact-kind",
        "goal-kind",
        "goal-readers",
        "heard",
        "interval",
        "leave",
        "organiser",
        "question",
        "response",
        "rhythm",
        "role",
        "sample",
        "shows",
        "special-hours",
        "travel",
        "venue",
    ]


@pytest.mark.parametrize("value", [member for kind in CHOICES.values() for member in kind])
def test_every_choice_comes_back_as_itself(engine: Engine, value: Enum) -> None:
    back = engine.transcoder.decode(engine.transcoder.encode([value]))
    assert back[0] is value


def test_a_whole_life_is_the_same_after_loading(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert_same_after_loading(store)


def assert_same_after_loading(store: SqliteStore) -> None:
    mentor, mentee = (
        Person.register(an_id(), "Ann Example", f"{name}@example.org", "google", "UTC", "mon 09:00-17:00", "en", BY)
        for name in ("mia", "tom")
    )
    owner = str(mentee.id)
    words = tuple(Personal(owner, word.text) for word in WORDS)
    relationship = Relationship.request(an_id(), str(mentor.id), owner, words[:1], words[0], words[1], CHARTER, BY)
    relationship.accept(BY)
    relationship.add_agenda_items(1, AgendaItems(done=words), BY)
    relationship.record_learnings(1, Role.MENTOR, words, BY)
    relationship.owe_action(Role.MENTEE, words[0], date(2027, 3, 1), 1, BY)
    before = vars(relationship) | {"_pending_events": []}
    store.save(mentor, mentee, relationship, now=NOW)
    assert vars(store.relationship(str(relationship.id))) == before
