"""Replies read beside the mail of ours that they answer: nothing of ours leaks even when nothing marks it."""

import textwrap

import pytest

from adapters.mail.compose import MailComposer
from adapters.mail.reader import MailReader
from domain.mail import MailKind
from tests.unit.quoting_clients import CLIENTS, Client, parts_of, reply
from tests.unit.sample_letters import LETTERS, envelope
from tests.unit.test_mail_round_trip import some, squeezed


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_knowing_our_mail_loses_no_word_of_the_writer(client: Client, kind: MailKind) -> None:
    ours = MailComposer().compose(envelope(kind), LETTERS[kind])
    for words in some(kind):
        mail = MailReader().read(client(ours, words), ours)
        assert (squeezed(mail.text), mail.sure) == (squeezed(words), True)


@pytest.mark.parametrize("width", [0, 72, 40])
@pytest.mark.parametrize("kind", LETTERS)
def test_our_text_without_any_mark_is_known_again_however_it_is_wrapped(kind: MailKind, width: int) -> None:
    ours = MailComposer().compose(envelope(kind), LETTERS[kind])
    _, text, _ = parts_of(ours)
    lines = [line for line in text.split("\n") if "Write your reply above" not in line]
    wrap = textwrap.TextWrapper(width or 9_999, break_long_words=False, break_on_hyphens=False)
    quote = "\n".join(piece for line in lines for piece in wrap.wrap(line) or [""])
    for words in some(kind):
        mail = MailReader().read(reply(ours, f"{words}\n\n{quote}\n"), ours)
        assert squeezed(mail.text) == squeezed(words)
