"""Every mail in every language: its dates, its answers, and that a reply to it reads back."""

import dataclasses
import re

import pytest

from adapters.mail.compose import MailComposer
from adapters.mail.marks import is_sentinel
from adapters.mail.reader import MailReader
from domain.languages import LANGUAGES
from domain.letters import Letter
from domain.mail import MailKind
from tests.unit.quoting_clients import CLIENTS, Client, parts_of
from tests.unit.sample_letters import AGENDA, LETTERS, NOTICES, SILENT, envelope

EACH = pytest.mark.parametrize("language", LANGUAGES)
EVERY: tuple[tuple[MailKind, Letter], ...] = (
    *LETTERS.items(),
    (MailKind.AGENDA, SILENT),
    *((MailKind.NOTICE, letter) for letter in NOTICES.values()),
)
MENTOR_READS = {
    "en": "Tuesday 9 March 2027, 10:00 in Chicago (CST) · 17:00 in Berlin (CET)",
    "de": "Dienstag, 9. März 2027, 10:00 Uhr in Chicago (CST) · 17:00 Uhr in Berlin (MEZ)",
    "fr": "Mardi 9 mars 2027, 10\u00a0h\u00a000 à Chicago (CST) · 17\u00a0h\u00a000 à Berlin (CET)",
    "es": "Martes 9 de marzo de 2027, 10:00 en Chicago (CST) · 17:00 en Berlín (CET)",
}
ENGLISH = re.compile(r"\b(?:the|reply|please|with|your|you|meeting|and)\b", re.IGNORECASE)


def parts(kind: MailKind, letter: Letter, language: str) -> tuple[str, str]:
    raw = MailComposer().compose(envelope(kind), dataclasses.replace(letter, language=language))
    return parts_of(raw)[1:]


@EACH
def test_every_mail_opens_with_the_line_that_the_reader_of_replies_knows(language: str) -> None:
    for kind, letter in EVERY:
        text, html = parts(kind, letter, language)
        assert is_sentinel(text.split("\n")[0])
        assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_is_left_in_a_mail_in_another_language(language: str) -> None:
    quoted = re.compile("|".join(re.escape(words) for words in _their_own()))
    for kind, letter in EVERY:
        text, html = (quoted.sub("", part) for part in parts(kind, letter, language))
        assert not ENGLISH.findall(text)
        assert not ENGLISH.findall(re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.DOTALL))


def _their_own() -> list[str]:
    """Return what the two wrote themselves, which stays as it is."""
    words: list[str] = []
    for _, letter in EVERY:
        for value in dataclasses.asdict(letter).values():
            words += _texts(value)
    return sorted((w for w in words if " " in w), key=len, reverse=True)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    return [text for item in value for text in _texts(item)] if isinstance(value, (list, tuple)) else []


@EACH
def test_both_clocks_are_told_as_the_language_tells_dates_and_times(language: str) -> None:
    for part in parts(MailKind.AGENDA, AGENDA, language):
        assert MENTOR_READS[language] in part


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_nothing_of_our_mail_leaks_into_a_reply_in_any_language(client: Client, language: str) -> None:
    for kind in (MailKind.REQUEST, MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION):
        ours = MailComposer().compose(envelope(kind), dataclasses.replace(LETTERS[kind], language=language))
        mail = MailReader().read(client(ours, "Passt so"), ours)
        assert (mail.text, mail.sure) == ("Passt so", True)


@pytest.mark.parametrize(
    ("tag", "language"), [("de-AT", "de"), ("FR", "fr"), ("es_MX", "es"), ("ja", "en"), ("", "en")]
)
def test_a_tag_falls_back_to_its_language_and_an_unknown_one_to_english(tag: str, language: str) -> None:
    assert parts(MailKind.CHASE, LETTERS[MailKind.CHASE], tag) == parts(
        MailKind.CHASE, LETTERS[MailKind.CHASE], language
    )
