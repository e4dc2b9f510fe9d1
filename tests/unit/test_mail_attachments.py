"""What somebody attached is told from what mail programs add, and large or strange files cost nobody anything."""

import base64
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from adapters.mail.reader import MailReader
from adapters.mail.reading_process import ProcessReader
from domain.mail import AttachedFile
from domain.samples import MOST_BYTES
from tests.unit.office_files import PDF, PNG


def mail(text: str = "See the outline.") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Message-ID"] = "jo@example.net", "m@example.org", "<1@example.net>"
    message.set_content(text)
    return message


def with_file(name: str = "outline.pdf", content: bytes = PDF, place: str = "attachment") -> EmailMessage:
    message = mail()
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name, disposition=place)
    return message


def large(**contents: bytes) -> bytes:
    """Return a mail with these PDF files; the library takes seconds to write what is large."""
    parts = [
        b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        + f'Content-Disposition: attachment; filename="{name}.pdf"\r\n\r\n'.encode()
        + base64.encodebytes(content).replace(b"\n", b"\r\n")
        for name, content in contents.items()
    ]
    head = b"From: jo@example.net\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"".join(parts) + b"--b--\r\n"


def files(message: EmailMessage) -> tuple[AttachedFile, ...]:
    raw = message.as_bytes()
    found = MailReader().files(raw)
    assert MailReader().read(raw).files == len(found)
    return found


def test_a_file_comes_with_its_bytes_and_the_kind_that_it_has() -> None:
    assert files(with_file()) == (AttachedFile("outline.pdf", "application/pdf", len(PDF), PDF),)


def test_a_file_that_is_not_passed_on_comes_without_its_bytes() -> None:
    assert files(with_file("run.exe", b"MZ")) == (AttachedFile("run.exe", "", 2),)


@pytest.mark.parametrize("name", ["Übersicht März 日本.pdf", "a" * 90 + ".pdf"])
def test_a_name_in_any_alphabet_is_read(name: str) -> None:
    assert [file.name for file in files(with_file(name))] == [name]


def test_a_name_as_programs_write_it_against_the_standard_is_read() -> None:
    raw = with_file("X.pdf").as_bytes().replace(b'"X.pdf"', b'"=?utf-8?q?=C3=9Cbersicht=2Epdf?="')
    assert [file.name for file in MailReader().files(raw)] == ["Übersicht.pdf"]


@pytest.mark.parametrize("name", [b"name*=x", b"filename*=''%ZZ", b"filename*0*=utf-8''%E2%80%AE; filename*1=x.pdf"])
def test_a_name_that_is_none_makes_nothing_fail(name: bytes) -> None:
    (file,) = MailReader().files(with_file("X.pdf").as_bytes().replace(b'filename="X.pdf"', name))
    assert file.name in ("file", "x.pdf", "%ZZ", "_ZZ")


def test_pictures_of_the_text_and_of_a_signature_are_no_files() -> None:
    message = mail()
    message.add_alternative('<p>Jo <img src="cid:logo@x"></p>', subtype="html")
    body = message.get_body(("html",))
    assert body is not None
    body.add_related(PNG, "image", "png", cid="<logo@x>", filename="image001.png", disposition="inline")
    body.add_related(PNG, "image", "png", cid="<unused@x>", filename="image002.png", disposition="inline")
    message.add_attachment(PNG, "image", "png", cid="<logo@x>", filename="image001.png")
    message.add_attachment(PNG, "image", "png", cid="<f_1>", filename="whiteboard.png")
    assert [file.name for file in files(message)] == ["whiteboard.png"]


def test_a_document_that_a_program_shows_inside_the_text_is_a_file() -> None:
    assert [file.name for file in files(with_file(place="inline"))] == ["outline.pdf"]


def test_calendar_entries_cards_and_signatures_are_no_files() -> None:
    message = mail()
    for kind in ("text/calendar", "text/vcard", "application/pgp-signature", "application/ics", "application/ms-tnef"):
        main, sub = kind.split("/")
        message.add_attachment(b"x", main, sub, filename="x.dat")
    assert files(message) == ()


def test_what_an_attached_mail_holds_is_not_its_senders() -> None:
    message = mail()
    message.add_attachment(with_file())
    assert files(message) == ()


def test_a_file_that_is_too_large_keeps_its_name_and_its_size_alone() -> None:
    (file,) = MailReader().files(large(outline=PDF + bytes(MOST_BYTES)))
    assert (file.name, file.kind, file.content) == ("outline.pdf", "application/pdf", b"")
    assert file.size == MOST_BYTES + len(PDF)


def test_beside_a_huge_file_the_small_ones_are_too_large_too_for_nobody_looks() -> None:
    found = MailReader().files(large(film=PDF + bytes(7_000_000), small=PDF))
    assert [(file.name, file.size > MOST_BYTES, file.content) for file in found] == [
        ("film.pdf", True, b""),
        ("small.pdf", True, b""),
    ]


def test_the_reading_process_brings_the_same_bytes() -> None:
    raw = large(outline=PDF + bytes(range(256)) * 5_000)
    reader = ProcessReader()
    try:
        assert reader.read(raw).files == 1
        assert reader.files(raw) == MailReader().files(raw)
        assert reader.spent < 1
    finally:
        reader.close()
