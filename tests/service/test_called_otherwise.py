"""Somebody is called otherwise or is reached elsewhere: mails from then on say so, and none is sent twice."""

from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

import pytest

from adapters.memory.world import Fault, Letter
from domain.charter import Role
from domain.errors import Refused
from domain.person import Person
from service.people import PersonChanges, change_person
from tests.service.theatre import DAY, HOUR, MENTEE, MENTOR, Theatre, theatre

NEW = "mara.berg@example.org"


def mara(stage: Theatre) -> Person:
    """Return the mentor as the store has her now."""
    return stage.house.streams.person(stage.relationship.mentor_id)


def change(stage: Theatre, changes: PersonChanges) -> bool:
    """Change what is known of the mentor."""
    return change_person(stage.house, mara(stage), changes)


def renamed_mailbox(stage: Theatre) -> None:
    """Let the mentor's mailbox go by its new name as well, and tell the programme."""
    stage.world.accounts[NEW] = stage.world.accounts[MENTOR]
    change(stage, PersonChanges(addresses=(NEW,), main_address=NEW))


def headed(letter: Letter) -> tuple[str, str]:
    """Return to whom a mail is addressed, by name and address."""
    return parseaddr(message_from_bytes(letter.raw)["To"])


def test_mails_from_then_on_greet_with_the_new_name_and_none_is_sent_again(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_to("charter")
        stage.live_until(stage.world.now + HOUR)
        before = stage.inbox(MENTOR)
        assert change(stage, PersonChanges(name="Berg, Dr. Maja", language="de"))
        stage.live_until(stage.world.now + HOUR)
        assert stage.inbox(MENTOR) == before
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
        agenda = stage.inbox(MENTOR, "agenda")[0].raw
        assert b"Guten Tag Maja," in agenda
        assert headed(stage.inbox(MENTOR, "agenda")[0]) == ("Dr. Maja Berg", MENTOR)
        assert b"Maja / Jonas" in stage.inbox(MENTEE)[-1].raw


def test_her_mail_and_her_calendar_go_by_the_new_address_and_nothing_is_booked_or_sent_twice(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        booked = stage.live_to_booking()
        kinds = stage.mail_kinds(MENTOR)
        renamed_mailbox(stage)
        stage.live_until(stage.world.now + HOUR)
        assert (stage.mail_kinds(MENTOR), stage.events(MENTOR)) == (kinds, [booked])
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
        assert [meeting.ref for meeting in stage.relationship.meetings.items] == ["1.1"]
        assert mara(stage).connection is None
        assert [headed(letter) for letter in stage.inbox(MENTOR, "agenda")] == [("Mara Lindqvist", NEW)]


def test_a_reply_from_the_old_address_still_counts(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        del stage.habits["charter"]
        stage.live_to("charter")
        stage.live_until(stage.world.now + HOUR)
        renamed_mailbox(stage)
        stage.hands.reply(MENTOR, stage.inbox(MENTOR, "charter")[0].id, "agree")
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.approved == (Role.MENTOR,)


def test_an_address_that_another_person_has_cannot_become_hers(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage, pytest.raises(Refused, match="not registered for her"):
        change(stage, PersonChanges(main_address=MENTEE))


def test_a_mail_that_was_drafted_for_the_old_address_leaves_for_the_new_one(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.world.fail_next("mailbox.send", Fault.DOUBTFUL_BEFORE)
        stage.daemon.run_due()
        renamed_mailbox(stage)
        stage.live_until(stage.world.now + 2 * HOUR)
        assert [headed(letter) for letter in stage.inbox(MENTOR, "request")] == [("Mara Lindqvist", NEW)]


def test_no_cursor_of_the_old_name_is_used_for_the_new_one(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_until(stage.world.now + HOUR)
        owner = stage.relationship.mentor_id
        known = stage.house.ledger.cursor(owner, "calendar")
        renamed_mailbox(stage)
        assert known
        assert stage.house.ledger.cursor(owner, "calendar") == ""
        stage.live_until(stage.world.now + 2 * DAY)
        assert stage.house.ledger.cursor(owner, "calendar")
