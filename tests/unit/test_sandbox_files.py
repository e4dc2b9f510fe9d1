"""Files in the sandbox's mails: written as each cloud writes them, carried as they are, refused where a cloud would."""

import base64
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from typing import Any

import pytest

from adapters.mail.reader import MailReader
from tests.unit.office_files import PDF
from tests.unit.sandbox_client import GMAIL, JONAS, MARA, OUTLOOK, Client, gmail_send, graph_send, mime, sandbox

FILE = {"name": "Übersicht.pdf", "content": base64.b64encode(PDF).decode(), "type": "application/pdf"}
REPLY = {"act": "reply", "text": "see the plan", "mail": {"subject_has": "Agenda"}, "files": [FILE]}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def replied(client: Client, account: str, service: str) -> dict[str, Any]:
    """Let a person answer a mail of the service with a file, and return what arrives."""
    send = gmail_send if service == GMAIL else graph_send
    send(client, service, mime(service, account, "Agenda", "<key-1@x.example>"))
    client.settle()
    client.hand(account=account, **REPLY)
    client.settle()
    return client.mails(service)[-1]


@pytest.mark.parametrize(("account", "service"), [(MARA, GMAIL), (JONAS, OUTLOOK)])
def test_a_reply_brings_its_file_as_it_is(client: Client, account: str, service: str) -> None:
    raw = str(replied(client, account, service)["raw"]).encode()
    (file,) = MailReader().files(raw)
    assert (file.name, file.content) == ("Übersicht.pdf", PDF)
    assert MailReader().read(raw).text == "see the plan"


def test_each_cloud_marks_what_is_attached_in_its_own_way(client: Client) -> None:
    outlook = message_from_string(replied(client, MARA, GMAIL)["raw"], policy=default)
    gmail = message_from_string(replied(client, JONAS, OUTLOOK)["raw"], policy=default)
    (theirs,), (ours,) = list(outlook.iter_attachments()), list(gmail.iter_attachments())
    assert (theirs["Content-Description"], "size" in theirs["Content-Disposition"].params) == ("Übersicht.pdf", True)
    assert str(ours["X-Attachment-Id"]).startswith("f_")
    assert ours["Content-ID"] == f"<{ours['X-Attachment-Id']}>"


def test_outlook_takes_no_request_above_four_megabytes(client: Client) -> None:
    body = base64.b64encode(mime(OUTLOOK, JONAS, "Agenda", "<k@x.example>") + b"x" * 3_200_000)
    answer = client.graph("POST", OUTLOOK, "/messages", content=body, headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BadRequest")


@pytest.mark.parametrize("files", ["x", ["x"], [{"name": "x"}], [{**FILE, "content": "?"}], [{**FILE, "type": "pdf"}]])
def test_what_is_no_file_is_refused_in_a_sentence(client: Client, files: object) -> None:
    answer = client.http.post("/hand", json={"account": MARA, **REPLY, "files": files})
    assert (answer.status_code, answer.json()["error"].endswith(".")) == (400, True)
