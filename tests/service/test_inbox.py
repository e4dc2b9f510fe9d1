"""Which mails may act: only a reply from the registered address of the person our mail went to, in its thread."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from adapters.mail.reply_addresses import PlainAddresses
from adapters.memory.mailbox import write
from domain.relationship_events import MailHeld
from domain.relationship_state import Status
from domain.reply import Reply
from service.daemon import Daemon
from service.inbox import PARKED
from service.people import go_live
from tests.service.theatre import HOUR, MENTEE, MENTOR, SERVICE, START, Theatre, theatre

STRANGER = "stranger@example.com"


def write_in(stage: Theatre, sender: str, text: str, answers: str | None, **headers: str) -> None:
    """Let a mail arrive at the service, from whoever says to be `sender`, answering the mail of that id where that
    one asks for it, or at the address given as `To`.
    """
    mail = EmailMessage(policy=SMTP)
    to = headers.pop("To", answered_at(stage, answers))
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: Request"
    mail["Message-ID"] = f"<{len(stage.world.accounts[SERVICE].letters)}@example.com>"
    if answers:
        mail["In-Reply-To"] = answers
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if STRANGER not in stage.world.accounts:
        stage.world.add(STRANGER)
    stage.hands.write(STRANGER, mail.as_bytes())
    stage.live_until(stage.world.now + HOUR)


def answered_at(stage: Theatre, answers: str | None) -> str:
    """Return where the mail of that id wants to be answered."""
    ours = (letter for account in (MENTOR, MENTEE) for letter in stage.inbox(account))
    raw = next((letter.raw for letter in ours if letter.message_id == answers), b"")
    return str(message_from_bytes(raw)["Reply-To"] or SERVICE)


def request_id(stage: Theatre) -> str:
    stage.habits.clear()
    stage.live_until(START + HOUR)
    return stage.inbox(MENTOR, "request")[0].message_id


def test_the_mentor_accepts_from_her_registered_address_in_whatever_case(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, f"Mara <{MENTOR.upper()}>", "Accept", request_id(stage))
        assert stage.relationship.status is Status.ACCEPTED


def test_what_binds_for_long_counts_only_at_the_address_that_our_mail_gave_for_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        write_in(stage, MENTOR, "Accept", answers, To=SERVICE)
        assert (stage.relationship.status, len(stage.relationship.held_mails)) == (Status.REQUESTED, 1)
        (asked,) = stage.inbox(MENTOR, "echo")
        stage.hands.reply(MENTOR, asked.id, "accept")
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.status is Status.ACCEPTED


def test_a_mailbox_without_such_addresses_takes_a_yes_in_the_thread(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.house = replace(stage.house, replies=PlainAddresses())
        stage.daemon = Daemon(stage.house, lambda: False)
        write_in(stage, MENTOR, "Accept", request_id(stage), To=SERVICE)
        assert stage.relationship.status is Status.ACCEPTED


def test_no_and_stop_need_no_such_address(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        write_in(stage, MENTEE, "stop", None, To=SERVICE)
        assert stage.house.streams.person(stage.relationship.mentee_id).paused
        write_in(stage, MENTOR, "decline", answers, To=SERVICE)
        assert stage.relationship.status is Status.DECLINED


def test_the_right_words_from_a_strange_address_in_our_thread_are_held_and_do_nothing(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, STRANGER, "Accept", request_id(stage))
        assert stage.relationship.status is Status.REQUESTED
        assert len(stage.relationship.held_mails) == 1


def test_the_mentee_cannot_answer_in_the_mentors_thread(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, MENTEE, "Accept", request_id(stage))
        assert (stage.relationship.status, len(stage.relationship.held_mails)) == (Status.REQUESTED, 1)


def test_a_mail_outside_every_thread_is_parked_whoever_wrote_it(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        request_id(stage)
        write_in(stage, MENTOR, "Accept", None)
        assert stage.relationship.status is Status.REQUESTED
        assert stage.relationship.held_mails == ()


def test_an_automatic_reply_in_our_thread_never_acts(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, MENTOR, "Accept", request_id(stage), Auto_Submitted="auto-replied")
        assert (stage.relationship.status, len(stage.relationship.held_mails)) == (Status.REQUESTED, 1)


def test_words_that_are_no_answer_are_held_and_change_nothing(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, MENTOR, "Who is this Jonas? I never met him.", request_id(stage))
        assert (stage.relationship.status, len(stage.relationship.held_mails)) == (Status.REQUESTED, 1)


def test_the_same_mail_delivered_twice_acts_once(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.live_until(START + 3 * HOUR)
        before = len(list(stage.house.streams.events(stage.id)))
        from service.inbox import receive

        for letter in [x for x in stage.world.accounts[SERVICE].letters.values() if x.folder == "inbox"]:
            receive(stage.house, letter.id)
        assert len(list(stage.house.streams.events(stage.id))) == before


def test_stop_in_any_of_our_threads_pauses_the_person(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        write_in(stage, MENTOR, "stop", request_id(stage))
        assert stage.house.streams.person(stage.relationship.mentor_id).paused


def test_a_mail_that_our_program_cannot_take_is_parked_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        understand = stage.house.reader.understand

        def stumble(text: str, *rest: Any) -> Reply:
            if "poison" in text:
                raise ZeroDivisionError
            return understand(text, *rest)

        monkeypatch.setattr(stage.house.reader, "understand", stumble)
        write_in(stage, MENTOR, "poison", answers)
        write_in(stage, MENTOR, "Accept", answers)
        assert stage.relationship.status is Status.ACCEPTED
        assert stage.house.ledger.next_due([PARKED]) is not None


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ("", "there is no verdict of the provider on it"),
        (
            "Authentication-Results: spf=pass smtp.mailfrom=example.org; dmarc=none header.from=example.org\r\n",
            "the provider's verdict does not prove the sender's domain",
        ),
        (
            "Authentication-Results: dmarc=fail action=none header.from=example.org\r\n",
            "the provider says that the sender's domain does not vouch for it (dmarc=fail)",
        ),
    ],
)
def test_the_right_address_without_the_providers_proof_is_held_for_that_reason(
    tmp_path: Path, verdict: str, reason: str
) -> None:
    with theatre(tmp_path, loopback=False) as stage:
        go_live(stage.house)
        answers = request_id(stage)
        head = f"{verdict}From: {MENTOR}\r\nTo: {SERVICE}\r\nIn-Reply-To: {answers}\r\nMessage-ID: <x@example.org>\r\n"
        write(stage.world, SERVICE, f"{head}\r\nAccept".encode(), "inbox")
        stage.live_until(stage.world.now + HOUR)
        assert stage.relationship.status is Status.REQUESTED
        events = stage.house.streams.events(stage.id)
        assert [event.reason for event in events if isinstance(event, MailHeld)] == [reason]


def test_a_provider_on_this_machine_need_not_vouch_but_a_failing_verdict_of_it_counts(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        answers = request_id(stage)
        for verdict, status in (("dmarc=fail header.from=example.org", Status.REQUESTED), ("", Status.ACCEPTED)):
            stamp = f"Authentication-Results: {verdict}\r\n" if verdict else ""
            ids = f"In-Reply-To: {answers}\r\nMessage-ID: <x{len(stamp)}@example.org>"
            head = f"{stamp}From: {MENTOR}\r\nTo: {answered_at(stage, answers)}\r\n{ids}"
            write(stage.world, SERVICE, f"{head}\r\n\r\nAccept".encode(), "inbox")
            stage.live_until(stage.world.now + HOUR)
            assert stage.relationship.status is status


def test_a_private_note_reaches_nobody_whatever_else_the_mail_says(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        stage.habits["preparation"] = "Questions: What now?\n\nNote: she seemed tired, her son is ill"
        stage.live_to("agenda")
        stage.live_until(stage.world.now + HOUR)
        (agenda,) = stage.inbox(MENTOR, "agenda")
        assert b"tired" not in agenda.raw
        assert len(stage.relationship.held_mails) == 1


def test_our_own_words_are_nobodys_though_nothing_marks_them_as_a_quote(tmp_path: Path) -> None:
    with theatre(tmp_path) as stage:
        del stage.habits["preparation"]
        stage.live_to("preparation")
        (ours,) = stage.inbox(MENTEE, "preparation")
        body = message_from_bytes(ours.raw, policy=SMTP).get_body(("plain",))
        assert body is not None
        quote = "".join(line for line in body.get_content().splitlines(True) if "Write your reply above" not in line)
        write_in(stage, MENTEE, f"Questions: how do I say no?\n\n{quote}", ours.message_id)
        items = stage.relationship.agendas[1]
        assert [item.reveal() for item in items.all] == ["how do I say no?"]
