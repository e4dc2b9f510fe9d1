"""A stream that cannot be read any more stops nothing else, and is named."""

from pathlib import Path
from uuid import UUID

from structlog.testing import capture_logs

from adapters.sqlite.store import SqliteStore
from service.people import add_person
from service.requests import Ask, request_relationship
from service.status import status
from tests.service.theatre import DAY, HOUR, MENTOR, START, Theatre, theatre

UMA, VERA = "uma@example.net", "vera@example.org"


def test_a_pair_whose_stream_is_damaged_holds_up_no_other_and_is_served_again_once_it_is_mended(tmp_path: Path) -> None:
    with capture_logs(), theatre(tmp_path) as stage:
        store = stage.house.streams
        assert isinstance(store, SqliteStore)
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


def another_pair(stage: Theatre) -> str:
    """Let two people who have nothing to do with the first two ask for each other."""
    ids = []
    for address in (UMA, VERA):
        stage.world.add(address)
        ids.append(add_person(stage.house, address, "Some Body", "google", "UTC", "mon-fri 09:00-17:00"))
    return request_relationship(stage.house, Ask(ids[1], ids[0], ("Speak",), "You do", "Time"))


def write_first(store: SqliteStore, id: str, state: bytes) -> bytes:
    """Write another state into the first event of a stream, behind the back of all code; return the one before."""
    place = (UUID(id).hex, 1)
    with store._engine.writing() as cursor:
        cursor.execute("SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = ?", place)
        before = bytes(cursor.fetchone()["state"])
        cursor.execute(
            "UPDATE stored_events SET state = ? WHERE originator_id = ? AND originator_version = ?", (state, *place)
        )
    return before
