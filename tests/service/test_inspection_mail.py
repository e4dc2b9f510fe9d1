"""What `inspect mail` says of files: class, words, sections, trust, and nothing of what nobody wrote."""

from pathlib import Path
from typing import Any

import pytest

from adapters.mail.reader import MailReader
from domain.errors import BadInput
from service.inspection_mail import Arrival, inspect_mail
from tests.unit.trust_mails import FROM, GOOGLE, MARA, mail_of

SENT_LINES = (
    "Write your reply above this line.",
    "",
    "Hello Jonas,",
    "",
    "Did you and Mara meet? Please reply with one of these as the first line:",
    "",
    "held",
    "not held",
    "",
    "The meeting was to be on Tuesday.",
    "",
    "Learned:",
    "- one line for each thing",
)
SENT = (
    "From: mentoring@lindenhof.example\r\nTo: mara@contoso.example\r\nMessage-ID: <agenda@lindenhof.example>\r\n\r\n"
    + "\r\n".join(SENT_LINES)
).encode()
QUESTION = "\r\n".join(SENT_LINES[2:])
EMPTY: dict[str, list[Any]] = {
    "questions": [],
    "done": [],
    "learned": [],
    "samples": [],
    "observed": [],
    "goals": [],
    "actions": [],
    "note": [],
}


def inspected(folder: Path, body: str, *more: str, sent: bytes | None = None) -> dict[str, Any]:
    path = folder / "mail.eml"
    path.write_bytes(mail_of(*GOOGLE, FROM, *more, body=body))
    return inspect_mail(path, Arrival("google", (MARA,), sent), MailReader())


def test_files_are_named_with_what_becomes_of_them(tmp_path: Path) -> None:
    parts = "".join(
        f'--b\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n{content}\r\n'
        for name, content in (("a/plan.pdf", "%PDF-1.7"), ("run.exe", "MZ"))
    )
    body = f"--b\r\n\r\nsee the plan\r\n{parts}--b--\r\n"
    assert inspected(tmp_path, body, "Content-Type: multipart/mixed; boundary=b")["files"] == [
        {"name": "plan.pdf", "kind": "application/pdf", "bytes": 8, "passed_on": True},
        {"name": "run.exe", "kind": "", "bytes": 2, "passed_on": False},
    ]


def test_a_reply_is_taken_apart_and_trusted(tmp_path: Path) -> None:
    body = "held\r\n\r\nQuestions:\r\n- how?\r\n\r\nAction for you: call Ada by Friday\r\nAction for me: rest\r\n"
    assert inspected(tmp_path, body, "Date: Mon, 1 Mar 2027 23:30:00 -0600") == {
        "file": str(tmp_path / "mail.eml"),
        "class": "human",
        "text": "held\n\nQuestions:\n- how?\n\nAction for you: call Ada by Friday\nAction for me: rest",
        "confidence": "sure",
        "commands": ["held"],
        "sections": {
            **EMPTY,
            "questions": ["how?"],
            "actions": [
                {"owner": "you", "text": "call Ada", "due": "2027-03-05"},
                {"owner": "me", "text": "rest", "due": None},
            ],
        },
        "files": [],
        "trust": "trusted",
        "reasons": [
            "nothing says that a machine wrote it",
            "the provider vouches for the sender, who is the person expected",
        ],
    }


@pytest.mark.parametrize(
    ("dates", "due"),
    [
        (("Date: Mon, 1 Mar 2027 23:30:00 -0600",), "2027-03-02"),
        ((), "2027-01-02"),
        (("Date: soon",), "2027-01-02"),
        (("Date: Mon, 1 Mar 2027 10:00:00 +0000", "Date: Mon, 8 Mar 2027 10:00:00 +0000"), "2027-01-02"),
        (("Date: Mon, 99 Mar 99999 10:00:00 +0000",), "2027-01-02"),
    ],
)
def test_dates_count_from_the_writers_own_day_else_from_the_first_of_2027(
    tmp_path: Path, dates: tuple[str, ...], due: str
) -> None:
    (action,) = inspected(tmp_path, "Action for me: rest by tomorrow\r\n", *dates)["sections"]["actions"]
    assert action["due"] == due


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("Auto-Submitted: auto-replied", "machine"),
        ("Content-Type: text/calendar", "calendar"),
        ("X: " + "x" * 9_000, "unreadable"),
    ],
)
def test_what_no_person_wrote_has_neither_commands_nor_sections(tmp_path: Path, more: str, kind: str) -> None:
    found = inspected(tmp_path, "held\r\n\r\nQuestions: how?\r\n", more)
    assert (found["class"], found["commands"], found["sections"]) == (kind, [], EMPTY)
    assert (found["trust"], found["reasons"][-1]) == ("held", f"{kind} mail is never acted on")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        inspect_mail(tmp_path / "nowhere.eml", Arrival(), MailReader())


@pytest.mark.parametrize(
    ("body", "left", "commands"),
    [
        (f"held\r\n\r\n{QUESTION}", "held", ["held"]),
        (f"Held, gladly\r\n{QUESTION}", "Held, gladly", []),
        (f"{QUESTION}\r\n\r\nheld", "held", ["held"]),
        ("held\r\n", "held", ["held"]),
        ("The meeting was to be on Tuesday. We moved it.\r\n", "The meeting was to be on Tuesday. We moved it.", []),
        (
            "not held\r\n\r\nDid you and Mara meet? Please reply with one of\r\nthese as the first line:\r\n",
            "not held",
            ["not_held"],
        ),
    ],
)
def test_lines_of_our_own_mail_are_never_the_writers_words(
    tmp_path: Path, body: str, left: str, commands: list[str]
) -> None:
    found = inspected(tmp_path, body, sent=SENT)
    assert (found["text"], found["commands"], found["confidence"]) == (left, commands, "sure")
    assert found["sections"] == EMPTY


def test_nothing_but_our_own_words_is_not_sure(tmp_path: Path) -> None:
    found = inspected(tmp_path, QUESTION, sent=SENT)
    assert (found["text"], found["confidence"], found["commands"]) == ("", "unsure", [])


def test_our_words_are_known_again_in_html_too(tmp_path: Path) -> None:
    markup = "".join(f"<p>{line}</p>" for line in ("held", *SENT_LINES[2:]))
    found = inspected(tmp_path, markup, "Content-Type: text/html", sent=SENT)
    assert (found["text"], found["sections"]) == ("held", EMPTY)


@pytest.mark.parametrize("heading", ["Note:", "note (private):", "*Private note*:", "Notiz:", "Nota (privada):"])
def test_a_note_on_the_first_line_to_the_service_alone_is_private_until_another_heading(
    tmp_path: Path, heading: str
) -> None:
    body = f"Hello,\r\n\r\n{heading} she seems tired\r\n- and bored\r\n\r\nNobody knows.\r\n\r\nQuestions: how?\r\n"
    sections = inspected(tmp_path, body, sent=SENT)["sections"]
    assert sections["note"] == ["she seems tired", "and bored", "Nobody knows."]
    assert sections["questions"] == ["how?"]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ("Note: it is about the plan\r\n", ("Cc: jonas@contoso.example",)),
        ("Note: it is about the plan\r\n", ("To: jonas@contoso.example",)),
        ("Questions: how?\r\nNote: it is about the plan\r\n", ()),
        ("Please note: it is about the plan\r\n", ()),
    ],
)
def test_a_note_that_others_got_or_that_stands_elsewhere_is_no_private_one(
    tmp_path: Path, body: str, more: tuple[str, ...]
) -> None:
    assert inspected(tmp_path, body, *more)["sections"]["note"] == []


def test_a_note_to_another_address_than_our_mails_is_no_private_one(tmp_path: Path) -> None:
    other = SENT.replace(b"mentoring@", b"elsewhere@")
    assert inspected(tmp_path, "Note: it is about the plan\r\n", sent=other)["sections"]["note"] == []
