"""Words of the mails that depend on the occasion."""

import dataclasses

import pytest

from adapters.mail.compose import MailComposer
from domain.letters import PreparationLetter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import GOALS, LETTERS, envelope


@pytest.mark.parametrize("first", [True, False])
def test_the_prompt_for_a_first_meeting_says_so_in_whole_words(first: bool) -> None:
    letter = LETTERS[MailKind.PREPARATION]
    assert isinstance(letter, PreparationLetter)
    raw = MailComposer().compose(envelope(MailKind.PREPARATION), dataclasses.replace(letter, first=first))
    words = "the first meeting with" if first else "the meeting with"
    assert all(words in " ".join(part.split()) for part in parts_of(raw)[1:])


@pytest.mark.parametrize("part", [1, 2])
def test_the_charter_asks_for_agree_and_shows_every_term(part: int) -> None:
    words = parts_of(MailComposer().compose(envelope(MailKind.CHARTER), LETTERS[MailKind.CHARTER]))[part]
    terms = (
        "agree",
        "45 minutes, every two weeks",
        "Monday to Friday 09:00\u201317:00 (Chicago)",
        "Monday to Friday 09:00\u201318:00 (Berlin)",
    )
    for term in (
        *terms,
        "that of Jonas",
        "Mara",
        "moves to another time",
        "24 hours",
        "within three working days",
        *GOALS,
    ):
        assert term in words
