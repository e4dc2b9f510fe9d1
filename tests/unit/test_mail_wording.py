"""Words of the mails that depend on the occasion."""

import dataclasses

import pytest

from adapters.mail.compose import MailComposer
from domain.letters import PreparationLetter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import LETTERS, envelope


@pytest.mark.parametrize("first", [True, False])
def test_the_prompt_for_a_first_meeting_says_so_in_whole_words(first: bool) -> None:
    letter = LETTERS[MailKind.PREPARATION]
    assert isinstance(letter, PreparationLetter)
    raw = MailComposer().compose(envelope(MailKind.PREPARATION), dataclasses.replace(letter, first=first))
    words = "the first meeting with" if first else "the meeting with"
    assert all(words in " ".join(part.split()) for part in parts_of(raw)[1:])
