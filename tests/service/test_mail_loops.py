"""Somebody's machine that answers every mail of ours: it does nothing, and gets nothing that it could answer again."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from domain.relationship_state import Status
from tests.service.theatre import DAY, HOUR, MENTOR, SERVICE, START, Theatre, theatre


def test_a_machine_that_answers_each_mail_of_ours_at_once_gets_not_one_more_for_it(tmp_path: Path) -> None:
    with theatre(folder(tmp_path, "quiet")) as stage:
        stage.habits.clear()
        stage.live_until(START + 16 * DAY)
        quiet = stage.mail_kinds(MENTOR)
    with theatre(folder(tmp_path, "loud")) as stage:
        stage.habits.clear()
        answered = answer_by_machine(stage, 16)
        assert stage.mail_kinds(MENTOR) == quiet
        assert stage.inbox(MENTOR, "echo") == []
        assert stage.relationship.status is Status.EXPIRED
        assert answered >= len(quiet) > 1


def folder(place: Path, name: str) -> Path:
    """Make a folder for a store of its own."""
    (place / name).mkdir()
    return place / name


def answer_by_machine(stage: Theatre, days: int) -> int:
    """Let a machine accept and agree with every mail that comes; return how often it did."""
    answered: set[str] = set()
    while stage.world.now < START + days * DAY:
        for letter in stage.inbox(MENTOR):
            if letter.id not in answered:
                answered.add(letter.id)
                stage.hands.write(MENTOR, automatic(letter.message_id))
        stage.live_until(stage.world.now + 6 * HOUR)
    return len(answered)


def automatic(answers: str) -> bytes:
    """Return the answer of a machine to the mail of that id (RFC 3834)."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = MENTOR, SERVICE, "Automatic reply: Request"
    mail["Message-ID"] = f"<auto-{answers[1:]}"
    mail["In-Reply-To"] = mail["References"] = answers
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Accept")
    return mail.as_bytes()
