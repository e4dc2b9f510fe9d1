"""Names of strangers' files come out as plain names, whatever they were made to do."""

import email
import email.policy
import unicodedata
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mail.file_names import MAX_BYTES, clean_name, ending_of


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("outline.pdf", "outline.pdf"),
        ("Übersicht für März.docx", "Übersicht für März.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\jo\\plan.pdf", "plan.pdf"),
        ("folder/", "folder"),
        ("plan\r\nBcc: eve@example.org.pdf", "plan Bcc_ eve@example.org.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("plan\x00.pdf", "plan .pdf"),
        ('a"b<c>d|e?f*.txt', "a_b_c_d_e_f_.txt"),
        ("=?utf-8?b?ZXZpbC5leGU=?=.pdf", "=_utf-8_b_ZXZpbC5leGU=_=.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("plan.exe. ", "plan.exe"),
        ("NUL.txt", "_NUL.txt"),
        ("com1", "_com1"),
        ("contract.md", "contract.md"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_a_name_says_what_it_is_and_is_no_path(given_name: str, clean: str) -> None:
    assert clean_name(given_name) == clean


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ä" * 400 + ".pdf")
    assert (len(name.encode()) <= MAX_BYTES, name.startswith("ää"), ending_of(name)) == (True, True, "pdf")


def test_a_name_without_a_dot_has_no_ending() -> None:
    assert ending_of("pdf") == ""


NAMES = st.text(max_size=200) | st.text(alphabet='a.\\/ \r\n\t\u202e\u200f\x00":?=%<', max_size=40)


@given(NAMES)
def test_a_clean_name_is_short_has_nothing_unseen_and_stays_as_it_is(given_name: str) -> None:
    name = clean_name(given_name)
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert not {unicodedata.category(character) for character in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(name) & set('/\\"<>:|?*')
    assert clean_name(name) == name


@given(NAMES)
def test_no_name_adds_a_header_to_the_part_that_it_names(given_name: str) -> None:
    name = clean_name(given_name)
    part = EmailMessage(policy=email.policy.SMTP)
    part.set_content(b"x", maintype="text", subtype="plain", disposition="attachment", filename=name)
    read = email.message_from_bytes(part.as_bytes(), policy=email.policy.default)
    assert sorted(read.keys()) == ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]
    assert clean_name(read.get_filename() or "") == name
