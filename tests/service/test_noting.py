"""A private note in a reply goes into its writer's notebook and nowhere else; the rest of the reply acts as usual."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.erasure import belongings
from domain.hearing import DeedKind, Question
from domain.notebook import Note
from service.forgetting import forget_person
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre, theatre
from tests.unit.quoting_clients import parts_of

SECRET = "her daughter starts college in September"
NOTE = f"Note to self: {SECRET}"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Theatre]:
    with theatre(tmp_path) as stage:
        yield stage


def notes(stage: Theatre, account: str = MENTEE) -> list[Note]:
    """Return the notes that stand in the notebook of whoever has that address."""
    owner = stage.house.streams.person_at(account)
    notebook = stage.house.streams.notebook(owner or "")
    return [note for note in notebook.notes if not note.withdrawn] if notebook is not None else []


def replied(stage: Theatre, kind: str, text: str, account: str = MENTEE) -> None:
    """Answer the next mail of that kind with the text, and let the answer be read."""
    stage.habits[kind] = text
    stage.live_to(kind)
    stage.live_until(stage.world.now + 2 * HOUR)


def deeds(stage: Theatre) -> list[DeedKind]:
    return [deed.what for heard in stage.relationship.heard.values() for deed in heard.deeds]


def test_the_note_is_kept_about_the_other_and_the_rest_is_an_agenda(stage: Theatre) -> None:
    replied(stage, "preparation", f"Questions: What next?\n\n{NOTE}")
    (note,) = notes(stage)
    assert (note.text.text, note.about) == (SECRET, stage.relationship.mentor_id)
    assert note.hint == date(2027, 9, 1)
    assert [text.text for text in stage.relationship.agendas[1].questions] == ["What next?"]
    assert notes(stage, MENTOR) == []


def test_nothing_of_it_stands_in_the_relationship(stage: Theatre) -> None:
    replied(stage, "preparation", f"Questions: What next?\n\n{NOTE}")
    owners = (stage.relationship.mentor_id, stage.relationship.mentee_id)
    told = [
        one.text.reveal()
        for event in stage.house.streams.events(stage.id)
        for o in owners
        for one in belongings(event, o)
    ]
    assert ("What next?" in told, DeedKind.NOTED in deeds(stage)) == (True, True)
    assert not [text for text in told if "college" in text]


def test_a_mail_with_nothing_but_a_note_is_answered_and_asks_nothing(stage: Theatre) -> None:
    replied(stage, "agenda", NOTE, MENTOR)
    (note,) = notes(stage, MENTOR)
    assert note.about == stage.relationship.mentee_id
    assert not stage.relationship.held_mails
    assert b"private note is kept" in stage.inbox(MENTOR, "echo")[-1].raw.replace(b"=\r\n", b"")


def test_undo_takes_the_note_back_with_all_else(stage: Theatre) -> None:
    replied(stage, "preparation", f"Questions: What next?\n\n{NOTE}")
    stage.hands.reply(MENTEE, stage.inbox(MENTEE, "echo")[-1].id, "undo")
    stage.live_until(stage.world.now + 2 * HOUR)
    assert (notes(stage), stage.relationship.agendas[1].questions) == ([], ())


@pytest.mark.parametrize("text", [f"Questions: Why?\nNote: {SECRET}", f"Questions: Why? (note to self: {SECRET})"])
def test_in_doubt_the_whole_mail_is_held_and_its_writer_is_asked(stage: Theatre, text: str) -> None:
    replied(stage, "preparation", text)
    assert (notes(stage), stage.relationship.agendas) == ([], {})
    assert Question.PRIVATE in [heard.question for heard in stage.relationship.heard.values()]
    assert not any(b"college" in letter.raw for letter in stage.inbox(MENTEE))


def test_a_note_in_a_mail_that_the_mentor_got_too_is_not_taken_for_private(stage: Theatre) -> None:
    stage.habits["preparation"] = ""
    stage.live_to("preparation")
    asked = stage.inbox(MENTEE, "preparation")[-1]
    answer = (
        f"From: {MENTEE}\r\nTo: mentoring@example.org\r\nCc: {MENTOR}\r\nSubject: Re: x\r\nMessage-ID: <n1@example.net>"
        f"\r\nIn-Reply-To: {asked.message_id}\r\n\r\nQuestions: Why?\n\n{NOTE}\n"
    )
    stage.hands.write(MENTEE, answer.encode())
    stage.live_until(stage.world.now + 2 * HOUR)
    assert (notes(stage), stage.relationship.agendas) == ([], {})


def test_a_note_beside_words_that_nobody_understands_is_kept_and_they_are_said_back(stage: Theatre) -> None:
    replied(stage, "charter", f"Lovely weather here\n\n{NOTE}", MENTEE)
    assert len(notes(stage)) == 1
    assert b"Lovely weather" in stage.inbox(MENTEE, "echo")[-1].raw


def test_a_note_in_the_mail_that_stops_everything_is_kept(stage: Theatre) -> None:
    replied(stage, "preparation", f"stop\n\n{NOTE}")
    assert (len(notes(stage)), stage.house.streams.person(stage.relationship.mentee_id).paused) == (1, True)


def test_a_mail_that_begins_a_request_with_a_note_in_it_asks_nobody(stage: Theatre) -> None:
    before = len(stage.house.streams.summaries("relationship"))
    mail = (
        f"From: {MENTOR}\r\nTo: mentoring@example.org\r\nSubject: x\r\nMessage-ID: <r1@example.org>\r\n\r\n"
        f"Mentor: {MENTEE}\nGoals: Lead\nNote: {SECRET}\nWhy you: You did it\nWhat I bring: Time\n"
    )
    stage.hands.write(MENTOR, mail.encode())
    stage.live_until(stage.world.now + DAY)
    assert len(stage.house.streams.summaries("relationship")) == before


def test_who_noted_something_about_a_mentor_that_was_forgotten_is_told_once_that_it_stays_and_deletes_it_by_a_reply(
    stage: Theatre,
) -> None:
    replied(stage, "preparation", f"Questions: What next?\n\n{NOTE}")
    certificate = forget_person(stage.house, stage.house.streams.person(stage.relationship.mentor_id))
    assert any(line.startswith("private notes about her: they are their authors'") for line in certificate.stays)
    stage.live_until(stage.world.now + 40 * DAY)
    told = [mail for mail in stage.inbox(MENTEE, "notice") if "Your private notes about" in parts_of(mail.raw)[1]]
    assert len(told) == 1
    said = " ".join(parts_of(told[0].raw)[1].split())
    assert "To delete your notes too, reply with these words: delete my notes" in said
    assert (len(notes(stage)), "college" in said) == (1, False)
    stage.hands.reply(MENTEE, told[0].id, "Delete my notes")
    stage.live_until(stage.world.now + 2 * HOUR)
    assert notes(stage) == []
    assert b"Your private notes about Mentor are deleted" in stage.inbox(MENTEE, "echo")[-1].raw.replace(b"=\r\n", b"")


def test_notes_are_deleted_at_any_time_but_for_those_of_the_same_mail_and_nobody_elses(stage: Theatre) -> None:
    replied(stage, "agenda", NOTE, MENTOR)
    replied(stage, "preparation", f"Questions: What next?\n\n{NOTE}")
    replied(stage, "held_question", "delete my notes\n\nNote to self: likes tea")
    assert [note.text.text for note in notes(stage)] == ["likes tea"]
    assert len(notes(stage, MENTOR)) == 1
