"""Files leave beside the agenda byte for byte, and no name of theirs adds anything to the mail."""

import dataclasses
import email
import email.policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.catalogue import catalogue
from adapters.mail.compose import MailComposer
from adapters.mail.file_names import clean_name
from adapters.mail.reader import MailReader
from domain.languages import LANGUAGES
from domain.letters import AgendaLetter
from domain.mail import AttachedFile, MailKind
from domain.samples import MOST_BYTES, Unfit
from tests.unit.office_files import PDF
from tests.unit.sample_letters import AGENDA, SILENT, envelope

FILE = AttachedFile("Übersicht.pdf", "application/pdf", len(PDF), PDF)


def mail(*files: AttachedFile, letter: AgendaLetter = AGENDA) -> EmailMessage:
    named = dataclasses.replace(letter, attached=tuple(file.name for file in files))
    raw = MailComposer().compose(envelope(MailKind.AGENDA), named, files=files)
    assert raw == MailComposer().compose(envelope(MailKind.AGENDA), named, files=files)
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
    return message


def parts(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_a_mail_with_files_holds_both_forms_of_its_text_and_each_file() -> None:
    message = mail(FILE, AttachedFile("notes.txt", "text/plain", 3, b"a\nb"))
    text = ["multipart/alternative", "text/plain", "text/html"]
    assert parts(message) == ["multipart/mixed", *text, "application/pdf", "text/plain"]
    files = [(part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    assert files == [("Übersicht.pdf", PDF), ("notes.txt", b"a\nb")]
    assert [file.content for file in MailReader().files(message.as_bytes())] == [PDF, b"a\nb"]


def test_a_mail_without_files_is_as_it_was() -> None:
    assert parts(mail())[0] == "multipart/alternative"


def test_the_text_names_what_comes_with_it_and_what_came_before() -> None:
    message = mail(FILE, letter=dataclasses.replace(SILENT, attached_before=("old.pdf",)))
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert "Übersicht.pdf (attached to this mail)" in text
        assert "old.pdf (attached to an earlier agenda)" in text
        assert "sent nothing" not in text


@settings(max_examples=60)
@given(st.text(max_size=60) | st.text(alphabet='\r\n:;="a.\u202e%?\\/', max_size=30))
def test_no_name_adds_a_header_or_a_part(name: str) -> None:
    file = dataclasses.replace(FILE, name=clean_name(name))
    message = mail(file)
    assert parts(message) == [*parts(mail(FILE))]
    (part,) = message.iter_attachments()
    assert sorted(part.keys()) == ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type"]
    assert part.get_filename() == file.name


def test_the_largest_agenda_fits_into_what_outlook_takes() -> None:
    content = bytes(MOST_BYTES)
    raw = mail(AttachedFile("x.pdf", "application/pdf", MOST_BYTES, content)).as_bytes()
    assert len(raw) < 2_240_000


def test_each_language_says_why_a_file_is_not_passed_on_and_names_the_limits() -> None:
    for language in LANGUAGES:
        words = catalogue(language)
        reasons = [words.words(f"echo.deeds.files_{why.value}") for why in Unfit]
        assert len(set(reasons)) == len(Unfit)
        for said in (words.words("echo.deeds.files_size"), words.words("preparation.hints.samples")):
            assert f"{MOST_BYTES / 1e6}" in said.replace(",", ".")
