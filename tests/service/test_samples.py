"""A file that the mentee attaches to her answer reaches the mentor with the agenda, once, and is kept no longer."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from adapters.memory.world import Letter
from adapters.sqlite.backup import Places, take_backup
from adapters.sqlite.restoring import restore
from domain.by import By
from domain.charter import Role
from domain.hearing import Deed, DeedKind
from domain.samples import MOST, MOST_BYTES
from service.daemon import Daemon
from service.exporting import export_of
from service.forgetting import forget_person, rehearse_forgetting
from service.people import go_live
from tests.contract.stores import MASTER_KEY, opened
from tests.quick_folder import quick_folder
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre, house_over, theatre
from tests.unit.office_files import PDF, docx

MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Theatre]:
    """A pair whose mentee has been asked what to talk about and has not answered."""
    with theatre(tmp_path) as stage:
        del stage.habits["preparation"]
        stage.live_to("preparation")
        yield stage


def answer(
    stage: Theatre, files: dict[str, bytes], text: str = "", kind: str = "preparation", who: str = MENTEE
) -> None:
    """Write an answer with these files and let the daemon hear it."""
    ours = stage.inbox(who, kind)[-1]
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = who, str(message_from_bytes(ours.raw)["Reply-To"])
    mail["Message-ID"] = f"<{stage.world.accounts[who].next()}@x.example>"
    mail["In-Reply-To"] = ours.message_id
    mail.set_content(text)
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    stage.hands.write(who, mail.as_bytes())
    stage.live_until(stage.world.now + 15 * MINUTE)


def attached(letter: Letter) -> dict[str, bytes]:
    """Return the files of a mail."""
    found = message_from_bytes(letter.raw, policy=SMTP).iter_attachments()
    return {str(part.get_filename()): part.get_content() for part in found}


def text_of(letter: Letter) -> str:
    """Return what a mail says in plain text."""
    body = message_from_bytes(letter.raw, policy=SMTP).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def deeds(stage: Theatre, role: Role = Role.MENTEE) -> list[Deed]:
    """Return what the last mail of one of the two brought about."""
    return list([heard for heard in stage.relationship.heard.values() if heard.role is role][-1].deeds)


def kept(tmp_path: Path) -> int:
    """Return of how many files there are bytes in the store."""
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    (number,) = connection.execute("SELECT count(*) FROM sample").fetchone()
    connection.close()
    return int(number)


def test_a_file_without_a_word_is_passed_on_with_the_agenda_and_kept_no_longer(stage: Theatre, tmp_path: Path) -> None:
    answer(stage, {"Übersicht.pdf": PDF})
    assert (deeds(stage)[0].what, kept(tmp_path)) == (DeedKind.SAMPLED, 1)
    assert "The agenda of your next meeting takes along:\n- Übersicht.pdf" in text_of(stage.inbox(MENTEE, "echo")[-1])
    stage.live_to("agenda")
    (agenda,) = stage.inbox(MENTOR, "agenda")
    assert attached(agenda) == {"Übersicht.pdf": PDF}
    assert "Übersicht.pdf (attached to this mail)" in text_of(agenda)
    assert kept(tmp_path) == 0


def test_of_a_mail_in_between_its_writer_hears_by_name_what_is_not_passed_on_and_why(stage: Theatre) -> None:
    many = {f"{number}.pdf": PDF + bytes([number]) for number in range(MOST)}
    answer(
        stage,
        {"run.exe": b"MZ", "large.pdf": PDF + bytes(MOST_BYTES), **many, "more.docx": docx()},
        "Samples: see them",
    )
    echo = text_of(stage.inbox(MENTEE, "echo")[-1])
    assert [(deed.what, deed.ref, deed.number) for deed in deeds(stage)][2:] == [
        (DeedKind.FILES, "kind", 1),
        (DeedKind.FILES, "size", 1),
        (DeedKind.FILES, "many", 1),
    ]
    for words in ("- run.exe", "- large.pdf", "- more.docx", "Please give a link instead."):
        assert words in echo
    stage.live_to("agenda")
    assert set(attached(stage.inbox(MENTOR, "agenda")[0])) == set(many)


def test_what_comes_after_the_agenda_comes_with_another_one_and_what_came_stays_named(stage: Theatre) -> None:
    answer(stage, {"one.pdf": PDF})
    stage.live_to("agenda")
    answer(stage, {"one.pdf": PDF, "two.pdf": PDF + b"2"})
    stage.live_until(stage.world.now + 2 * HOUR)
    first, second = stage.inbox(MENTOR, "agenda")
    assert (set(attached(first)), set(attached(second))) == ({"one.pdf"}, {"two.pdf"})
    assert "one.pdf (attached to an earlier agenda)" in text_of(second)
    assert "two.pdf" in text_of(second).partition("has added this since the last agenda")[2].partition("\n\n")[0]
    stage.live_until(stage.relationship.meetings.items[0].time.start)
    assert len(stage.inbox(MENTOR, "agenda")) == 2


def test_a_file_that_was_taken_back_goes_nowhere_and_its_bytes_are_destroyed(stage: Theatre, tmp_path: Path) -> None:
    answer(stage, {"one.pdf": PDF})
    answer(stage, {}, "undo", kind="echo")
    assert (stage.relationship.samples, kept(tmp_path)) == ((), 0)
    stage.live_to("agenda")
    assert attached(stage.inbox(MENTOR, "agenda")[0]) == {}


def test_when_the_mentoring_ends_the_bytes_are_destroyed(stage: Theatre, tmp_path: Path) -> None:
    answer(stage, {"one.pdf": PDF})
    relationship = stage.relationship
    relationship.end("closed", By("x", "cli", None, stage.world.now))
    stage.house.streams.save(relationship, now=stage.world.now)
    stage.live_until(stage.world.now + HOUR)
    assert kept(tmp_path) == 0


@pytest.mark.parametrize(
    ("text", "kind", "who", "why"),
    [
        ("Questions: one?\n\nNote to self: she is shy", "preparation", MENTEE, "note"),
        ("skip", "preparation", MENTEE, "place"),
        ("keep", "agenda", MENTOR, "place"),
    ],
)
def test_a_file_that_may_be_private_or_belongs_to_something_else_goes_nowhere(
    stage: Theatre, tmp_path: Path, text: str, kind: str, who: str, why: str
) -> None:
    if kind == "agenda":
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
    answer(stage, {"one.pdf": PDF}, text, kind, who)
    role = Role.MENTEE if who == MENTEE else Role.MENTOR
    assert [(deed.ref, [name.reveal() for name in deed.texts]) for deed in deeds(stage, role)][-1] == (why, ["one.pdf"])
    assert (stage.relationship.samples, kept(tmp_path)) == ((), 0)


def test_a_file_that_left_after_the_backup_does_not_leave_again() -> None:
    with quick_folder() as folder:
        places = Places(folder / "backup", folder / "backup")
        with opened(folder) as store:
            stage = Theatre(store, loopback=False)
            go_live(stage.house)
            del stage.habits["preparation"]
            stage.live_to("preparation")
            answer(stage, {"one.pdf": PDF})
            take_backup(folder / "store.sqlite", folder / "keys.sqlite", places, stage.world.now)
            stage.live_to("agenda")
        back = folder / "back" / "store.sqlite"
        restore(places, back, back.with_name("keys.sqlite"), MASTER_KEY, lambda store: None)
        with opened(back.parent) as store:
            house = house_over(stage.world, store, loopback=False)
            daemon = Daemon(house, lambda: False)
            daemon.start()
            while stage.world.now < house.streams.relationship(stage.id).meetings.items[0].time.start:
                daemon.run_due()
                daemon.sleep(stage.world.now + HOUR)
            relationship = house.streams.relationship(stage.id)
        assert [attached(letter) for letter in stage.inbox(MENTOR, "agenda")] == [{"one.pdf": PDF}]
        assert [one.sent for one in relationship.samples] == [True]


def test_an_export_names_what_was_attached_and_forgetting_destroys_it(stage: Theatre, tmp_path: Path) -> None:
    answer(stage, {"one.pdf": PDF})
    mentee = stage.house.streams.person(stage.relationship.mentee_id)
    words = [one for side in export_of(stage.house, mentee).relationships for one in side.words]
    digest = hashlib.sha256(PDF).hexdigest()
    said = [(one.place, one.text) for one in words if one.event == "relationship.samples-attached"]
    assert said == [("samples.name", "one.pdf"), ("samples.digest", digest)]
    assert [rehearse_forgetting(stage.house, mentee).samples, forget_person(stage.house, mentee).samples] == [1, 1]
    assert kept(tmp_path) == 0
    stage.live_until(stage.world.now + 3 * DAY)
    assert all("one.pdf" not in letter.raw.decode() for letter in stage.inbox(MENTOR))


def test_bytes_that_are_not_those_on_record_go_nowhere(stage: Theatre, tmp_path: Path) -> None:
    answer(stage, {"one.pdf": PDF, "two.pdf": PDF + b"2"})
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection, connection:
        connection.execute("UPDATE sample SET sealed = (SELECT max(sealed) FROM sample)")
    stage.live_to("agenda")
    assert len(attached(stage.inbox(MENTOR, "agenda")[0])) == 1


def test_bytes_that_are_lost_cost_the_agenda_neither_its_words_nor_its_rest(stage: Theatre) -> None:
    answer(stage, {"one.pdf": PDF}, "Questions: one?")
    stage.house.samples.prune_samples(stage.id, ())
    stage.live_to("agenda")
    stage.live_until(stage.relationship.meetings.items[0].time.start)
    (agenda,) = stage.inbox(MENTOR, "agenda")
    assert (attached(agenda), "one.pdf" in text_of(agenda), "one?" in text_of(agenda)) == ({}, False, True)
