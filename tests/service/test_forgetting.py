"""Somebody is forgotten: nothing of hers can be read anywhere, the other's facts stay, and life goes on without her."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from cli.commands.export import readable
from cli.output import jsonable
from domain.by import MAIL, By
from domain.calendar import Attendee, CalendarChanges, CalendarEntry, Response, Shows
from domain.charter import Role
from domain.conversation import AgendaItems
from domain.errors import Refused
from domain.interval import Interval
from domain.notebook import Notebook
from domain.personal import ERASED, Personal
from domain.relationship_state import Status
from domain.reply import SaidNote
from service.exporting import Export, export_of
from service.forgetting import Certificate, forget_person, rehearse_forgetting
from service.people import PersonChanges, add_person, change_person
from service.queries import people, person_view
from service.queries_as_of import AsOf, known_at
from service.queries_history import history
from service.queries_relationship import relationship_view
from service.queries_why import why
from service.status import status
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre, theatre

SPOKEN = {
    "done": "planted sketch of a roadmap",
    "learned": "planted silence beats advice",
    "questions": "planted doubts about my manager",
    "samples": "planted slides of the review",
    "observed": "planted shouting in the hallway",
    "takeaway": "planted to sleep over it",
    "action": "planted call to the works council",
}
PLANTED = (
    *SPOKEN.values(),
    "Lead without doing",
    "You did it.",
    "I prepare.",
    "Jonas",
    "Albrecht",
    MENTEE,
    "planted-second@example.com",
    "planted-delegate@example.com",
    "planted-calendar-7",
    "planted-guest@example.com",
    "planted-host@example.com",
    "planted-event-id",
    "planted-uid@example.com",
)
PREPARED = "\n".join(f"{part.capitalize()}: {SPOKEN[part]}" for part in AgendaItems.__slots__ if part in SPOKEN)
SAID = f"held\nLearned: {SPOKEN['takeaway']}\nAction for me: {SPOKEN['action']} by 2027-03-05"
NOTED = "noted: she sails in summer"
HERS = "mine alone: listen first"


def planted(folder: Path) -> Iterator[Theatre]:
    """Open a pair that has met once, with words and addresses of the mentee wherever they can stand."""
    with theatre(folder, "mentor") as play:
        play.habits |= {"preparation": PREPARED, "held_question": SAID}
        play.live_to_booking("2.1")
        mentee = play.house.streams.person(play.relationship.mentee_id)
        changes = PersonChanges(addresses=(PLANTED[13],), delegates=(PLANTED[14],), calendars=(PLANTED[15],))
        change_person(play.house, mentee, replace(changes, name=f"Jonas {PLANTED[11]}-Berg"))
        copied(play, play.relationship.mentee_id)
        yield play


def copied(play: Theatre, owner: str) -> None:
    """Let the copy of the person's calendar show an appointment with strangers."""
    now, guests = play.house.now(), (Attendee(PLANTED[16], Response.ACCEPTED),)
    place = (PLANTED[18], PLANTED[19], Interval(now + DAY, now + DAY + HOUR), Shows.BUSY, Response.ACCEPTED)
    entry = CalendarEntry(*place, PLANTED[17], guests, False, None, "1")
    cursor = play.house.ledger.cursor(owner, "calendar") or ""
    play.house.cache.replace(owner, CalendarChanges((entry,), (), cursor, False))


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Theatre]:
    """The planted pair."""
    yield from planted(tmp_path)


def forgotten(play: Theatre) -> Certificate:
    """Forget the mentee and return the certificate."""
    return forget_person(play.house, play.house.streams.person(play.relationship.mentee_id))


def shown(play: Theatre) -> str:
    """Return all that commands and exports show of the pair."""
    house, mentee = play.house, play.relationship.mentee_id
    persons = [house.streams.person(play.relationship.mentor_id), house.streams.person(mentee)]
    exports = [export_of(house, person) for person in persons]
    views = [
        *exports,
        relationship_view(house, play.id),
        person_view(house, mentee),
        people(house),
        history(house, play.id),
        why(house, play.id),
        status(house),
        known_at(house, play.id, house.now()),
    ]
    lines = [line for export in exports for line in readable(export)]
    entries = repr(house.cache.entries(mentee))
    return json.dumps(jsonable(views), ensure_ascii=False) + "\n".join(lines) + entries


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A pair of which the mentee was forgotten two days ago, and what was seen before and at that moment."""

    play: Theatre
    exports: dict[Role, Export]
    rehearsed: Certificate
    certificate: Certificate
    stood: int
    mails: int
    view: AsOf


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """The planted pair, whose mentor also has words of her own, without its mentee."""
    for play in planted(tmp_path_factory.mktemp("after")):
        house, pair = play.house, play.relationship
        by = By(pair.mentor_id, MAIL, None, house.now())
        pair.record_learnings(1, Role.MENTOR, (Personal(pair.mentor_id, HERS),), by)
        notebook = Notebook.open(pair.mentee_id, by)
        notebook.take(pair.mentor_id, (SaidNote(NOTED, None),), "a-mail", by)
        house.streams.save(notebook, now=house.now())
        house.streams.save(pair, now=house.now())
        exports = {role: export_of(house, house.streams.person(pair.person_id(role))) for role in Role}
        rehearsed = rehearse_forgetting(house, house.streams.person(pair.mentee_id))
        stood, mails = len(play.events(MENTOR)), len(play.inbox(MENTEE))
        view, certificate = known_at(house, play.id, house.now() - HOUR), forgotten(play)
        play.live_until(play.world.now + 2 * DAY)
        yield Aftermath(play, exports, rehearsed, certificate, stood, mails, view)


def on_disk(folder: Path) -> bytes:
    """Return every byte of the store: database, keys, ledger, and the logs beside them."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def test_of_twenty_planted_strings_none_is_found_anywhere_after_forgetting(
    play: Theatre, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert len(set(PLANTED)) == 20
    assert [text for text in PLANTED if text not in shown(play)] == []
    assert [text for text in PLANTED if text.encode() in on_disk(tmp_path)] == [*PLANTED[18:]]
    with caplog.at_level(logging.DEBUG):
        certificate = forgotten(play)
        play.live_until(play.world.now + 2 * DAY)
    everything = shown(play) + json.dumps(jsonable(certificate)) + "".join(capfd.readouterr()) + caplog.text
    assert [text for text in PLANTED if text in everything] == []
    assert [text for text in PLANTED if text.encode() in on_disk(tmp_path)] == []


def test_what_is_arranged_ends_as_with_somebody_who_has_left(after: Aftermath) -> None:
    play = after.play
    assert play.relationship.status is Status.ENDED
    assert len(play.events(MENTOR)) == after.stood - 1
    (farewell,) = play.inbox(MENTOR, "notice")
    said = message_from_bytes(farewell.raw, policy=default).get_body(("plain",))
    assert said is not None
    assert "Mentee has left" in said.get_content()
    assert (ERASED in farewell.raw.decode(), len(play.inbox(MENTEE))) == (False, after.mails)


def test_the_others_own_facts_still_replay(after: Aftermath) -> None:
    play = after.play
    view = relationship_view(play.house, play.id)
    assert [meeting.state for meeting in view.meetings] == ["held", "cancelled"]
    assert (view.mentor.name, view.mentee.name, view.goals) == ("Mara Lindqvist", "former mentee", (ERASED,))
    mentor = export_of(play.house, play.house.streams.person(play.relationship.mentor_id))
    assert HERS in [word.text for side in mentor.relationships for word in side.words]


def test_an_old_day_still_shows_its_structure_without_its_content(after: Aftermath) -> None:
    again = known_at(after.play.house, after.play.id, after.view.at)
    old, new = after.view.relationship, again.relationship
    assert (new.status, new.meetings, again.mails) == (old.status, old.meetings, after.view.mails)
    assert (old.mentee.name, new.mentee.name) == ("Jonas Albrecht", "former mentee")


def test_the_rehearsal_says_what_the_certificate_says(after: Aftermath) -> None:
    said, done = after.rehearsed, after.certificate
    assert said == replace(done, rehearsed=True)
    assert (done.calendar_entries > 0, done.cursors, done.addresses) == (True, 1, 2)
    assert done.texts > len(PLANTED) - 6
    notebook = after.play.house.streams.notebook(done.person)
    assert notebook is not None
    assert [note.text.reveal() for note in notebook.notes] == [ERASED]
    assert any("key file" in line for line in done.out_of_reach)
    assert any("2.1" in line for line in done.follows)


def test_a_mail_or_a_poll_brings_nothing_of_hers_back_and_breaks_nothing(after: Aftermath) -> None:
    play, id = after.play, after.play.relationship.mentee_id
    play.hands.reply(MENTEE, play.inbox(MENTEE)[-1].id, "Questions: planted once more")
    play.live_until(play.world.now + DAY)
    with pytest.raises(Refused):
        copied(play, id)
    assert (play.house.cache.entries(id), play.house.streams.person_at(MENTEE)) == (None, None)
    assert [text for text in (*PLANTED, "planted once more") if text in shown(play)] == []
    again = forgotten(play)
    assert (again.texts, again.calendar_entries, again.cursors, again.addresses) == (0, 0, 0, 0)


def test_whoever_comes_back_is_somebody_new(after: Aftermath) -> None:
    house = after.play.house
    id = add_person(house, MENTEE, "Jonas Albrecht", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
    assert (id == after.play.relationship.mentee_id, house.streams.relationships_of(id)) == (False, ())


def test_an_export_holds_all_that_is_hers_and_nothing_of_the_other(after: Aftermath) -> None:
    text = {role: json.dumps(jsonable(after.exports[role]), ensure_ascii=False) for role in Role}
    assert [word for word in (*PLANTED[:16], *SPOKEN.values()) if word not in text[Role.MENTEE]] == []
    assert [word for word in (*PLANTED, "Jonas") if word in text[Role.MENTOR]] == []
    assert [word for word in ("Mara", "Lindqvist", MENTOR, HERS) if word in text[Role.MENTEE]] == []
    assert HERS in text[Role.MENTOR]
    assert [NOTED in text[role] for role in Role] == [False, False]
    assert [after.exports[role].private_notes for role in Role] == [0, 1]
    (side,) = after.exports[Role.MENTEE].relationships
    assert "follow-up to the mentee for meeting 1.1" in {mail.what for mail in side.mails}
    assert [action.text for action in side.actions] == [SPOKEN["action"]]
