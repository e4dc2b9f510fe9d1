"""The sandbox's willing people answer whatever asks for it, and their inboxes can be looked into."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.sandbox.hand import queue_acts
from adapters.sandbox.people import settle
from adapters.sandbox.world import World
from cli.main import main
from domain.errors import TryLater
from domain.mail import MailKind
from service.sandbox_people import ANSWERS, arrived, willing_acts
from service.wiring import sandbox_world
from tests.unit.cli_stage import Desk

SERVICE = "mentoring@contoso.example"


def mail(to: str, subject: str, date: str, folder: str = "inbox") -> dict[str, str]:
    raw = f"Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nwords of {subject}"
    return {"account": to, "folder": folder, "subject": subject, "date": date, "raw": raw}


WORLD = {
    "mails": [
        mail("jonas@gmail.example", "Charter", "2027-02-22T09:00:00Z"),
        mail("mara@contoso.example", "Request", "2027-02-22T08:00:00Z"),
        mail("mara@contoso.example", "Re: Request", "2027-02-22T08:30:00Z", "sentitems"),
        mail(SERVICE, "Re: Request", "2027-02-22T08:30:00Z"),
    ]
}


def test_the_sandbox_understands_everything_that_willing_people_do() -> None:
    world = World(datetime(2027, 2, 22, 8, tzinfo=UTC), None, 1)
    settle(world, "demo")
    assert queue_acts(world, willing_acts()) == 4 * (len(ANSWERS) + 1)


def test_what_willing_people_answer_is_asked_by_kinds_of_mail_that_exist() -> None:
    assert set(ANSWERS) <= {kind.value for kind in MailKind}


def test_mails_in_the_inboxes_of_all_but_the_service_are_found_oldest_first() -> None:
    found = arrived(WORLD, SERVICE, "")
    assert [(one.to, one.subject) for one in found] == [
        ("mara@contoso.example", "Request"),
        ("jonas@gmail.example", "Charter"),
    ]
    assert [one.text for one in arrived(WORLD, SERVICE, "chart")] == ["words of Charter"]


def test_a_configuration_of_real_clouds_has_no_mailboxes_to_look_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Desk(tmp_path, capsys).set_up().run("sandbox", "mails")
    assert ran.code == 3
    assert "mentorsync sandbox serve --out" in ran.err


def test_where_no_sandbox_answers_it_is_said() -> None:
    with pytest.raises(TryLater, match="No sandbox answers"):
        sandbox_world("http://127.0.0.1:9")


def test_nobody_can_be_willing_where_nobody_lives(tmp_path: Path) -> None:
    assert main(["sandbox", "serve", "--people", "none", "--willing", "--out", str(tmp_path)]) == 2
