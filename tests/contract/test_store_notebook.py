"""A notebook is stored under a key of its own, and a save of it wakes its owner and nobody else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from adapters.sqlite.store import SqliteStore
from domain.errors import Refused
from domain.notebook import Notebook, notebook_owner
from domain.personal import ERASED
from domain.reply import SaidNote
from tests.contract.stores import BY, NOW, a_pair, opened
from tests.contract.test_store_sealed import CANARY, everything_on_disk

NOTE = SaidNote(f"Her {CANARY} sings", date(2027, 9, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with opened(tmp_path) as store:
        yield store


def noted(store: SqliteStore) -> tuple[str, str, str]:
    """Save a note of the mentee's about the mentor, and return the ids of the pair and of their relationship."""
    mentor, mentee, relationship = a_pair(store)
    notebook = Notebook.open(str(mentee.id), BY)
    notebook.take(str(mentor.id), (NOTE,), "mail-1", BY)
    store.save(notebook, now=NOW)
    return str(mentor.id), str(mentee.id), str(relationship.id)


def words(store: SqliteStore, owner: str) -> list[str]:
    notebook = store.notebook(owner)
    return [note.text.reveal() for note in notebook.notes] if notebook is not None else []


def test_who_noted_nothing_has_no_notebook(store: SqliteStore) -> None:
    mentor, mentee, _ = noted(store)
    assert (store.notebook(mentor), store.notebook("nobody")) == (None, None)
    assert words(store, mentee) == [NOTE.text]


def test_no_file_holds_a_word_of_it_in_the_clear(store: SqliteStore, tmp_path: Path) -> None:
    noted(store)
    assert b"notebook.note-taken" in everything_on_disk(tmp_path)
    assert CANARY.encode() not in everything_on_disk(tmp_path)


def test_the_notebook_is_erased_without_its_owner(store: SqliteStore) -> None:
    _, mentee, _ = noted(store)
    store._engine.keyring.forget(notebook_owner(mentee))
    assert (words(store, mentee), store.person(mentee).address) == ([ERASED], "tom@example.org")


def test_the_owners_key_does_not_open_it(store: SqliteStore) -> None:
    _, mentee, _ = noted(store)
    store._engine.keyring.forget(mentee)
    assert words(store, mentee) == [NOTE.text]


def test_forgetting_the_owner_destroys_both_keys_and_nothing_can_be_noted_any_more(store: SqliteStore) -> None:
    mentor, mentee, _ = noted(store)
    store.erase(mentee)
    assert (words(store, mentee), store.person(mentee).name.reveal()) == ([ERASED], ERASED)
    notebook = store.notebook(mentee)
    assert notebook is not None
    notebook.take(mentor, (NOTE,), "mail-2", BY)
    with pytest.raises(Refused):
        store.save(notebook, now=NOW)


def test_forgetting_whom_it_is_about_leaves_the_notes(store: SqliteStore) -> None:
    mentor, mentee, _ = noted(store)
    store.erase(mentor)
    assert words(store, mentee) == [NOTE.text]


def test_a_saved_note_wakes_the_reviews_of_its_owner_and_no_review_of_its_own(store: SqliteStore) -> None:
    mentor, mentee, relationship = noted(store)
    assert {row.work.subject for row in store.rows(kinds=("review",))} == {mentor, mentee, relationship}
    assert store.relationships_of(mentee) == (relationship,)
