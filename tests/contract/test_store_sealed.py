"""No word or address of anyone is readable in the store's files or prints, and forgetting is final."""

import sqlite3
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sqlite.store import SqliteStore
from domain.calendar import Attendee, CalendarChanges, CalendarEntry, Response, Shows
from domain.conversation import AgendaItems
from domain.errors import MentorsyncError, Refused
from domain.interval import Interval
from domain.ledger import LedgerWrite, StaleStream
from domain.person import Person
from domain.personal import ERASED, Personal
from domain.relationship import Relationship
from tests.contract.stores import BY, NOW, a_person, a_relationship, an_id, opened, work

CANARY = "yellow-canary"
ADDRESS = f"{CANARY}@example.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def a_canary(store: SqliteStore) -> tuple[Person, Relationship]:
    mentor, mentee = a_person("mia@example.org"), a_person(ADDRESS, f"Tom {CANARY}")
    relationship = a_relationship(mentor, mentee, f"Because of {CANARY}.")
    store.save(mentor, mentee, relationship, now=NOW, write=LedgerWrite(open=(work(),)))
    items = AgendaItems(questions=(Personal(str(mentee.id), f"What of {CANARY}?"),))
    relationship.add_agenda_items(1, items, BY)
    store.save(relationship, now=NOW)
    attendees = (Attendee(ADDRESS, Response.ACCEPTED),)
    time = Interval(NOW, NOW + timedelta(hours=1))
    entry = CalendarEntry("e1", "u1", time, Shows.BUSY, Response.ACCEPTED, ADDRESS, attendees, False, None, "1")
    store.replace(str(mentor.id), CalendarChanges((entry,), (), "c1", True))
    return mentee, relationship


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_no_file_of_the_store_holds_a_readable_word_or_address(store: SqliteStore, tmp_path: Path) -> None:
    a_canary(store)
    assert (tmp_path / "store.sqlite-wal").stat().st_size > 0
    assert CANARY.encode() not in everything_on_disk(tmp_path)
    store.close()
    assert CANARY.encode() not in everything_on_disk(tmp_path)
    assert b"relationship.agenda-items-added" in everything_on_disk(tmp_path)


def test_no_row_of_any_table_holds_a_readable_word(store: SqliteStore, tmp_path: Path) -> None:
    a_canary(store)
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert ("INSERT INTO" in dump, CANARY in dump) == (True, False)


def test_neither_streams_nor_events_nor_errors_print_a_word(store: SqliteStore) -> None:
    mentee, relationship = a_canary(store)
    stale = store.person(str(mentee.id))
    mentee.pause(BY)
    store.save(mentee, now=NOW)
    stale.pause(BY)
    with pytest.raises(StaleStream) as conflict:
        store.save(stale, now=NOW)
    with pytest.raises(Refused) as refusal:
        store.save(Person.register(an_id(), CANARY, ADDRESS, "google", "UTC", "mon 09:00-10:00", "en", BY), now=NOW)
    printed = [
        repr(list(store.events(str(relationship.id)))),
        repr(store.summaries("person")),
        repr(store.rows()),
    ]
    printed += [line for error in (conflict, refusal) for line in traceback.format_exception(error.value)]
    assert not [text for text in printed if CANARY in text]


def test_a_forgotten_person_loads_as_erased_and_everything_else_stays(store: SqliteStore) -> None:
    mentee, relationship = a_canary(store)
    store._engine.keyring.forget(str(mentee.id))
    loaded = store.relationship(str(relationship.id))
    assert (loaded.why.reveal(), loaded.agendas[1].questions[0].reveal()) == (ERASED, ERASED)
    assert store.person(loaded.mentor_id).address == "mia@example.org"
    assert store.person(str(mentee.id)).name.reveal() == ERASED


def test_streams_of_a_forgotten_person_can_still_be_saved_and_the_address_is_gone(store: SqliteStore) -> None:
    mentee, relationship = a_canary(store)
    store._engine.keyring.forget(str(mentee.id))
    person, loaded = store.person(str(mentee.id)), store.relationship(str(relationship.id))
    person.pause(BY)
    loaded.accept(BY)
    store.save(person, loaded, now=NOW)
    assert store.person(str(mentee.id)).paused
    assert store.person_at(ADDRESS) is None


def test_new_words_of_a_forgotten_person_are_refused_and_nothing_is_stored(store: SqliteStore) -> None:
    mentee, relationship = a_canary(store)
    store._engine.keyring.forget(str(mentee.id))
    before = len(list(store.events(str(relationship.id))))
    loaded = store.relationship(str(relationship.id))
    loaded.add_agenda_items(2, AgendaItems(unsorted=(Personal(str(mentee.id), "New words."),)), BY)
    with pytest.raises(Refused):
        store.save(loaded, now=NOW, write=LedgerWrite(open=(work("r9/book/1.1/c"),)))
    assert (len(list(store.events(str(relationship.id)))), len(store.rows())) == (before, 1)


def test_a_damaged_sealed_value_is_loud_and_not_erased(store: SqliteStore, tmp_path: Path) -> None:
    mentee, _ = a_canary(store)
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        (state,) = connection.execute(
            "SELECT state FROM stored_events WHERE originator_id = ?", (mentee.id.hex,)
        ).fetchone()
        sealed = state.decode().split('"_type_":"personal","_data_":["')[1].split('"')[2]
        damaged = state.replace(sealed.encode(), (sealed[::-1].lstrip("=")[:-4] + "AAAA").encode())
        connection.execute("UPDATE stored_events SET state = ? WHERE originator_id = ?", (damaged, mentee.id.hex))
    connection.close()
    with pytest.raises(MentorsyncError, match="does not open"):
        store.person(str(mentee.id))
