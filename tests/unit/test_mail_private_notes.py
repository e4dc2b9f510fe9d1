"""A private note is set apart only where it is sure which words are private; else nothing of the mail is used."""

from datetime import date

import pytest

from adapters.mail.grammar import understand
from adapters.mail.hints import hint_in
from adapters.mail.wire import reply_of, reply_words
from domain.goals import GoalReaders
from domain.reply import Command

TODAY = date(2027, 3, 1)
SECRET = "her daughter starts college in September"


@pytest.mark.parametrize(
    "heading",
    [
        "Note to self:",
        "note to myself:",
        "*Private note*:",
        "Private:",
        "privat:",
        "Notiz an mich:",
        "Notiz (privat):",
        "Note privée :",
        "Nota para mí:",
        "- Note to self:",
    ],
)
def test_a_note_at_the_end_is_kept_apart_and_the_rest_means_what_it_meant(heading: str) -> None:
    without = understand("Questions: What next?", TODAY, "preparation")
    reply = understand(f"Questions: What next?\n{heading} {SECRET}", TODAY, "preparation")
    assert [note.text for note in reply.notes] == [SECRET]
    assert (reply.private, reply.questions) == (False, without.questions)
    assert SECRET not in repr(reply)


def test_a_note_first_ends_at_an_empty_line_before_a_heading() -> None:
    reply = understand(f"Privat:\n{SECRET}\nand then she moves\n\nQuestions:\n- What next?", TODAY, "preparation")
    assert [note.text for note in reply.notes] == [f"{SECRET} and then she moves"]
    assert (reply.private, reply.questions) == (False, ("What next?",))


def test_points_are_notes_of_their_own_and_the_closing_is_none() -> None:
    reply = understand(f"held\n\nNote to self:\n- {SECRET}\n- likes tea\n\nBest,\nJonas", TODAY, "held_question")
    assert (reply.command, [note.text for note in reply.notes]) == (Command.HELD, [SECRET, "likes tea"])


def test_a_mail_of_nothing_but_a_note_says_nothing_else() -> None:
    reply = understand(f"Hi,\n\nNote to self: {SECRET}", TODAY, "agenda")
    assert (len(reply.notes), reply.private, reply.command, reply.unsorted) == (1, False, None, ())


@pytest.mark.parametrize(
    "text",
    [
        "Note: {0}",
        "Questions: What next?\nNotiz: {0}",
        "held. Note to self: {0}",
        "Questions: What next? (note to self: {0})",
        "Note to self: {0}\n\nAnd she is moving as well.",
        "Note to self: {0}\nand she moves\nQuestions: What next?",
        "Note to self:\nQuestions: why did {0}",
        "Note to self: {0}\n\nheld",
        "This is a private note. {0}",
        "(privat) {0}",
    ],
)
def test_in_doubt_the_whole_mail_is_private_and_nothing_is_a_note(text: str) -> None:
    reply = understand(text.format(SECRET), TODAY, "held_question")
    assert (reply.private, reply.notes) == (True, ())


@pytest.mark.parametrize("text", ["Questions: How do private equity firms think?", "Notes from the course are here"])
def test_ordinary_words_are_no_note(text: str) -> None:
    reply = understand(text, TODAY, "preparation")
    assert (reply.private, reply.notes) == (False, ())


def test_a_note_travels_out_of_the_reading_process_as_it_is() -> None:
    reply = understand(f"Note to self: {SECRET}\nNote to self: likes tea", TODAY, "agenda")
    assert len(reply.notes) == 2
    words = {**reply_words(reply), "notes": [{"text": n.text, "hint": n.hint and str(n.hint)} for n in reply.notes]}
    assert reply_of(words) == reply


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("child starts college in September", date(2027, 9, 1)),
        ("her review is on 12 April", date(2027, 4, 12)),
        ("moves house April 3rd, 2028", date(2028, 4, 3)),
        ("back on 2027-05-09", date(2027, 5, 9)),
        ("Tochter beginnt im Oktober", date(2027, 10, 1)),
        ("Prüfung am 14. März", date(2027, 3, 14)),
        ("Urlaub ab 3.7.2027", date(2027, 7, 3)),
        ("son fils part en août", date(2027, 8, 1)),
        ("se muda en enero de 2029", date(2029, 1, 1)),
        ("birthday on 3 February", date(2028, 2, 3)),
        ("her race is in March", TODAY),
        ("first in June, then in May", date(2027, 5, 1)),
        ("may march on", None),
        ("on 30 February", None),
        ("was there in 2019-04-01", None),
        ("has two dogs", None),
    ],
)
def test_a_hint_is_the_first_day_to_come_that_the_words_name(words: str, day: date | None) -> None:
    assert hint_in(words, TODAY) == day


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Goals:\n- Leave this office (private)", "Leave this office"),
        ("Questions: What next?\n\nZiele:\n- Diese Abteilung verlassen (privat)", "Diese Abteilung verlassen"),
        ("Objectifs :\n- Changer de service (privé)", "Changer de service"),
        ("Objetivos:\n- Cambiar de área (privado)", "Cambiar de área"),
    ],
)
def test_a_goal_that_is_marked_as_private_is_a_goal_of_its_author_alone_and_no_note(text: str, goal: str) -> None:
    reply = understand(text, TODAY, "follow_up")
    assert (reply.private, reply.notes) == (False, ())
    assert [(aim.text, aim.readers) for aim in reply.aims] == [(goal, GoalReaders.MENTEE)]


@pytest.mark.parametrize(
    "text",
    [
        "Goals:\n- Lead (private): {0} (private)",
        "Questions:\n- What next?\n- {0} (private)",
        "Goals: Lead\n\nQuestions:\n- {0} (private)",
    ],
)
def test_everywhere_else_a_private_mark_leaves_it_unsure(text: str) -> None:
    assert understand(text.format(SECRET), TODAY, "follow_up").private
