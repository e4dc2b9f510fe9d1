"""A stream that cannot be read any more stops nothing else, and is named."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from adapters.sqlite.store import SqliteStore
from domain.errors import BadInput, NewerStream, Unreadable
from service.doctor import examine
from service.doctor_lines import Health, Line
from service.exporting import export_of
from service.forgetting import forget_person
from service.parking import drop, parked
from service.people import add_person
from service.places import places_taken
from service.queries_plan import programme_outlook
from service.requests import Ask, request_relationship
from service.status import status
from service.watching import gauges
from tests.service.test_queries_trouble import parts, premises
from tests.service.theatre import DAY, HOUR, MENTOR, START, Theatre, theatre

UMA, VERA = "uma@example.net", "vera@example.org"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Theatre]:
    """Two who have just asked for each other, in a house that logs nothing."""
    with capture_logs(), theatre(tmp_path) as found:
        yield found


def test_a_pair_whose_stream_is_damaged_holds_up_no_other_and_is_served_again_once_it_is_mended(
    stage: Theatre,
) -> None:
    store = store_of(stage)
    other = another_pair(stage)
    sound = write_first(store, stage.id, b"{")
    stage.live_until(START + DAY)
    assert stage.house.streams.relationship(other).mails
    assert (len(stage.inbox(VERA, "request")), stage.inbox(MENTOR)) == (1, [])
    assert [UUID(one.id) for one in store.replayed() if one.faults] == [UUID(stage.id)]
    assert status(stage.house).relationships
    write_first(store, stage.id, sound)
    stage.live_until(START + DAY + 6 * HOUR)
    assert len(stage.inbox(MENTOR, "request")) == 1


def test_the_other_pair_of_the_same_mentor_goes_on_and_the_broken_one_is_set_aside_with_its_reason(
    stage: Theatre,
) -> None:
    store, mentor = store_of(stage), stage.relationship.mentor_id
    second = request_relationship(stage.house, Ask(mentor, newcomer(stage, UMA), ("Speak",), "You do", "Time"))
    sound = write_first(store, stage.id, b"{")
    stage.live_until(START + DAY)
    assert len(stage.inbox(MENTOR, "request")) == 1
    assert stage.house.streams.relationship(second).status.value == "accepted"
    (one,) = parked(stage.house)
    assert (one.what, one.item) == ("stream", stage.id)
    assert gauges(stage.house)["mentorsync_parked"] == {"mail": 0, "entry": 0, "stream": 1}
    line = streams_line(stage)
    assert (line.health, line.says, one.reason) == (Health.BAD, one.reason, one.reason)
    assert line.says == f"The relationship {stage.id} cannot be read: its event 1 (relationship.requested) is damaged."
    assert [why for why in programme_outlook(stage.house, DAY).obstacles if "cannot be read" in why] != []
    assert places_taken(stage.house, stage.house.streams.person(mentor)) == 2
    with pytest.raises(BadInput, match="tried anew by itself"):
        drop(stage.house, one.key)
    write_first(store, stage.id, sound)
    assert (parked(stage.house), streams_line(stage).health) == ((), Health.GOOD)


def test_a_mentee_whose_own_stream_is_damaged_holds_up_no_other_mentee_of_her_mentor(stage: Theatre) -> None:
    store, pair = store_of(stage), stage.relationship
    second = request_relationship(stage.house, Ask(pair.mentor_id, newcomer(stage, UMA), ("Speak",), "You do", "Time"))
    write_first(store, pair.mentee_id, b"{")
    stage.live_until(START + DAY)
    assert stage.house.streams.relationship(second).status.value == "accepted"
    assert places_taken(stage.house, stage.house.streams.person(pair.mentor_id)) == 2
    assert streams_line(stage).says.startswith(f"The person {pair.mentee_id} cannot be read")
    assert status(stage.house).relationships
    assert programme_outlook(stage.house, DAY).relationships == 2


def test_a_mail_to_a_pair_whose_stream_is_damaged_is_set_aside_and_those_after_it_are_taken(stage: Theatre) -> None:
    store, mentor = store_of(stage), stage.relationship.mentor_id
    stage.live_to("request")
    second = request_relationship(stage.house, Ask(mentor, newcomer(stage, UMA), ("Speak",), "You do", "Time"))
    write_first(store, stage.id, b"{")
    stage.live_until(stage.world.now + DAY)
    assert [(row.what, row.reason) for row in parked(stage.house) if row.what == "mail"] == [
        ("mail", "stream-cannot-be-read")
    ]
    assert stage.house.streams.relationship(second).status.value == "accepted"


def test_one_of_a_damaged_pair_is_forgotten_all_the_same_and_may_ask_somebody_else_before(stage: Theatre) -> None:
    store, mentee = store_of(stage), stage.house.streams.person(stage.relationship.mentee_id)
    write_first(store, stage.id, b"{")
    assert request_relationship(stage.house, Ask(newcomer(stage, VERA), str(mentee.id), ("Speak",), "You do", "Time"))
    assert export_of(stage.house, mentee).unread == (stage.id,)
    certificate = forget_person(stage.house, mentee)
    assert [line for line in certificate.out_of_reach if stage.id in line and "cannot be read" in line]
    assert all(address.text is None for address in stage.house.streams.person(str(mentee.id)).addresses)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"}", b',"class_version":9}', "relationship.requested in version 9, known up to 1"),
        (b"relationship.requested", b"relationship.adjourned", "relationship.adjourned"),
    ],
)
def test_an_event_of_a_newer_program_is_refused_in_one_sentence_and_never_misread(
    stage: Theatre, before: bytes, after: bytes, said: str
) -> None:
    store = store_of(stage)
    replace_in_first(store, stage.id, before, after)
    for read in (store.relationship, store.events):
        with pytest.raises(NewerStream) as refusal:
            read(stage.id)
        assert refusal.value.problem == f"The relationship {stage.id} holds an event of a newer program: {said}."
        assert refusal.value.remedy.startswith("Install the version of mentorsync that wrote it")
    stage.live_until(START + HOUR)
    assert streams_line(stage).says == refusal.value.problem


def test_an_event_that_does_not_follow_from_those_before_it_is_damage_too(stage: Theatre) -> None:
    store = store_of(stage)
    stage.live_to("charter")
    with store._engine.writing() as cursor:
        cursor.execute(
            "DELETE FROM stored_events WHERE originator_id = ? AND originator_version = 2", (UUID(stage.id).hex,)
        )
    with pytest.raises(Unreadable, match="its event 3 "):
        store.relationship(stage.id)


def store_of(stage: Theatre) -> SqliteStore:
    """Return the store behind the house."""
    assert isinstance(stage.house.streams, SqliteStore)
    return stage.house.streams


def streams_line(stage: Theatre) -> Line:
    """Return what the doctor says of streams."""
    return parts(examine(premises(stage.house)))["streams"]


def newcomer(stage: Theatre, address: str) -> str:
    """Register somebody, and return the id."""
    stage.world.add(address)
    return add_person(stage.house, address, "Some Body", "google", "UTC", "mon-fri 09:00-17:00")


def another_pair(stage: Theatre) -> str:
    """Let two people who have nothing to do with the first two ask for each other."""
    mentee, mentor = newcomer(stage, UMA), newcomer(stage, VERA)
    return request_relationship(stage.house, Ask(mentor, mentee, ("Speak",), "You do", "Time"))


FIRST = "SELECT topic, state FROM stored_events WHERE originator_id = ? AND originator_version = 1"
CHANGE = "UPDATE stored_events SET topic = ?, state = ? WHERE originator_id = ? AND originator_version = 1"


def write_first(store: SqliteStore, id: str, state: bytes) -> bytes:
    """Write another state into the first event of a stream, behind the back of all code; return the one before."""
    with store._engine.writing() as cursor:
        cursor.execute(FIRST, (UUID(id).hex,))
        row = cursor.fetchone()
        cursor.execute(CHANGE, (row["topic"], state, UUID(id).hex))
    return bytes(row["state"])


def replace_in_first(store: SqliteStore, id: str, before: bytes, after: bytes) -> None:
    """Exchange the end of the state, or the topic, of the first event of a stream."""
    with store._engine.writing() as cursor:
        cursor.execute(FIRST, (UUID(id).hex,))
        row = cursor.fetchone()
        topic, state = str(row["topic"]).replace(before.decode(), after.decode()), bytes(row["state"])
        changed = state.removesuffix(before) + after if state.endswith(before) else state
        cursor.execute(CHANGE, (topic, changed, UUID(id).hex))
