"""A notebook keeps what its owner noted about others, and nothing but the days of it can be seen from outside."""

from dataclasses import fields
from datetime import UTC, date, datetime
from uuid import UUID

from domain.by import MAIL, By
from domain.notebook import Notebook, NoteMark, notebook_id
from domain.reply import SaidNote

OWNER, OTHER, THIRD = (str(UUID(int=number)) for number in (1, 2, 3))
BY = By(OWNER, MAIL, None, datetime(2027, 3, 1, 9, tzinfo=UTC))
COLLEGE = SaidNote("Child starts college in September", date(2027, 9, 1))
TEA = SaidNote("Takes her tea with lemon", None)


def a_notebook() -> Notebook:
    notebook = Notebook.open(OWNER, BY)
    notebook.take(OTHER, (COLLEGE, TEA), "mail-1", BY)
    notebook.take(THIRD, (TEA,), "mail-2", BY)
    return notebook


def test_each_note_is_about_one_person_and_has_its_number() -> None:
    assert [(note.number, note.text.text) for note in a_notebook().about(OTHER)] == [(1, COLLEGE.text), (2, TEA.text)]
    assert [note.number for note in a_notebook().about(THIRD)] == [3]


def test_the_words_belong_to_the_notebook_and_not_to_the_person() -> None:
    assert {note.text.owner for note in a_notebook().notes} == {f"{OWNER}/notebook"}
    assert a_notebook().id == notebook_id(OWNER) != UUID(OWNER)


def test_the_same_mail_again_notes_nothing() -> None:
    notebook = a_notebook()
    notebook.take(OTHER, (TEA,), "mail-1", BY)
    assert len(notebook.notes) == 3


def test_what_is_taken_back_returns_no_more_and_no_other_mail_loses_anything() -> None:
    notebook = a_notebook()
    for mail in ("mail-1", "mail-1", "mail-9"):
        notebook.withdraw(mail, BY)
    assert (notebook.about(OTHER), len(notebook.about(THIRD))) == ((), 1)
    assert len(notebook.pending_events) == 1 + 3 + 2


def test_a_number_is_never_given_twice() -> None:
    notebook = a_notebook()
    notebook.withdraw("mail-2", BY)
    notebook.take(THIRD, (COLLEGE,), "mail-3", BY)
    assert [note.number for note in notebook.about(THIRD)] == [4]


def test_outside_the_notebook_a_note_is_a_number_and_a_day() -> None:
    assert [field.name for field in fields(NoteMark)] == ["number", "hint", "at"]
    assert a_notebook().about(OTHER)[0].mark == NoteMark(1, date(2027, 9, 1), BY.at)


def test_no_representation_shows_a_word() -> None:
    notebook = a_notebook()
    shown = repr((notebook.notes, notebook.pending_events, COLLEGE, TEA))
    assert not [word for word in ("college", "lemon") if word in shown]
