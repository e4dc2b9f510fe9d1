"""What every mail asks its reader to write is understood when she writes it, in every language."""

import dataclasses
import re
from datetime import date

import pytest

from adapters.mail.compose import MailComposer
from adapters.mail.headings import heading_of
from adapters.mail.phrases import command_of
from adapters.mail.reader import MailReader
from domain.languages import LANGUAGES
from domain.letters import Letter, OfferLetter
from domain.mail import MailKind
from domain.offers import choice_in
from domain.reply import Command, SaidTerms
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import LETTERS, NOTICES, SILENT, envelope

LONGER = SaidTerms(extend=True)
EACH = pytest.mark.parametrize("language", LANGUAGES)
COMMANDS = {
    MailKind.REQUEST: {Command.ACCEPT, Command.DECLINE, Command.STOP},
    MailKind.CHARTER: {Command.AGREE, Command.DECLINE, Command.STOP},
    MailKind.AGENDA: {Command.KEEP, Command.SHORTEN, Command.SKIP, Command.STOP},
    MailKind.HELD_QUESTION: {Command.HELD, Command.NOT_HELD, Command.STOP},
    MailKind.CHASE: {Command.DONE, Command.DROP, Command.STOP},
    MailKind.ECHO: {Command.UNDO, Command.STOP},
    MailKind.REFERENCE: {Command.DECLINE, Command.WITHDRAW, Command.STOP},
}


def html_of(kind: MailKind, letter: Letter, language: str) -> str:
    raw = MailComposer().compose(envelope(kind), dataclasses.replace(letter, language=language))
    return parts_of(raw)[2]


def answers(html: str) -> list[str]:
    """Return what the mail tells its reader to write, in order."""
    return re.findall(r'<b class="answer">(.*?)</b>', html)


def advertised(letters: tuple[tuple[MailKind, Letter], ...], language: str) -> list[str]:
    return [answer for kind, letter in letters for answer in answers(html_of(kind, letter, language))]


@EACH
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_word_that_a_mail_asks_for_is_understood_in_its_language(kind: MailKind, language: str) -> None:
    letter = SILENT if kind is MailKind.AGENDA else LETTERS[kind]
    found = {command_of(answer) for answer in answers(html_of(kind, letter, language))}
    assert found - {None} == COMMANDS[kind]


@EACH
def test_every_word_that_a_notice_asks_for_is_understood_in_its_language(language: str) -> None:
    notices = tuple((MailKind.NOTICE, letter) for letter in NOTICES.values())
    words = advertised(notices, language)
    others = {word for word in words if command_of(word) is None}
    proposed = {MailReader().understand(word, date(2027, 3, 1), "notice").proposal for word in others}
    assert proposed == {LONGER, SaidTerms(days=42)}
    assert {command_of(word) for word in words} - {None} == {
        Command.ACCEPT,
        Command.CLOSE,
        Command.DELETE_NOTES,
        Command.KEEP,
        Command.MOVE,
        Command.OPENLY,
        Command.PAUSE,
        Command.RECALIBRATE,
        Command.RESUME,
        Command.REVIVE,
        Command.SKIP,
        Command.STOP,
    }


@EACH
def test_an_offer_is_answered_by_a_number_or_by_none_of_them(language: str) -> None:
    letter = LETTERS[MailKind.OFFER]
    assert isinstance(letter, OfferLetter)
    words = answers(html_of(MailKind.OFFER, letter, language))
    assert [choice_in(word) for word in words if command_of(word) is not Command.STOP] == [
        *range(len(letter.times) + 1)
    ]


@EACH
def test_the_headings_that_the_preparation_offers_are_understood(language: str) -> None:
    found = [
        heading_of(line.rstrip(":\u00a0"))
        for line in answers(html_of(MailKind.PREPARATION, LETTERS[MailKind.PREPARATION], language))
    ]
    assert found[:5] == ["done", "learned", "questions", "samples", "observed"]


@EACH
def test_a_line_that_shows_how_to_take_something_on_is_an_action_with_its_date(language: str) -> None:
    held = answers(html_of(MailKind.HELD_QUESTION, LETTERS[MailKind.HELD_QUESTION], language))
    mine, theirs = (line for line in held if "19" in line)
    said = MailReader().understand(f"{mine}\n{theirs}", date(2027, 3, 9)).actions
    assert [(action.owner, action.due) for action in said] == [("me", date(2027, 3, 19)), ("Mara", date(2027, 3, 19))]
    assert all("19" not in action.text for action in said)
