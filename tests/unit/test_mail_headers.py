"""No name, subject, address or id can add a header to a mail, and what can be written reads back as it was."""

import dataclasses
import email
import email.header
import email.utils
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.compose import MailComposer
from adapters.mail.headers import plain_words, refuse_surprises
from domain.errors import Refused
from domain.mail import MailKind
from tests.unit.nasty_headers import envelopes, outcome
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import LETTERS, envelope

NASTY = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["=?utf-8?q?x=0D=0ABcc:_evil?=", "a\r\nBcc: x@y.example", '"', "\\", "x" * 400, "=?x?=", "--=_", ".", "From x"]
    ),
)


def test_thousands_of_envelopes_made_to_add_a_header_add_none() -> None:
    found = Counter(outcome(nasty) for nasty in envelopes(seed=1, count=2_500))
    assert set(found) == {"written", "refused"}
    assert found["written"] > found["refused"] > 100


def test_a_mail_with_another_header_than_intended_is_refused() -> None:
    with pytest.raises(Refused):
        refuse_surprises(b"Subject: a\r\nBcc: b@c.example\r\n\r\n", ("Subject",))


@pytest.mark.parametrize(
    "address", ["", "a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "a b@c.example", "ä@b.example"]
)
def test_an_address_that_cannot_be_written_is_refused(address: str) -> None:
    for envelope_ in (
        dataclasses.replace(envelope(MailKind.NOTICE), recipient=address),
        dataclasses.replace(envelope(MailKind.NOTICE), sender=address),
        dataclasses.replace(envelope(MailKind.NOTICE), message_id=f"<{address}\n>"),
    ):
        with pytest.raises(Refused):
            MailComposer().compose(envelope_, LETTERS[MailKind.NOTICE])


@settings(max_examples=200, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_any_subject_and_name_reads_back(subject: str, sender: str, recipient: str) -> None:
    changed = dataclasses.replace(
        envelope(MailKind.NOTICE), subject=subject, sender_name=sender, recipient_name=recipient
    )
    message = email.message_from_bytes(MailComposer().compose(changed, LETTERS[MailKind.NOTICE]))
    assert decoded(message["Subject"]) == plain_words(subject)
    assert name_in(message["From"]) == (plain_words(sender), changed.sender)
    assert name_in(message["To"]) == (plain_words(recipient), changed.recipient)


def decoded(value: object) -> str:
    return str(email.header.make_header(email.header.decode_header(" ".join(str(value).split()))))


def name_in(header: object) -> tuple[str, str]:
    name, address = email.utils.parseaddr(" ".join(str(header).splitlines()))
    return (decoded(name) if name.startswith("=?") else name, address)


def test_an_answer_of_one_word_is_a_link_to_the_mails_own_address_and_only_then() -> None:
    bound = dataclasses.replace(
        envelope(MailKind.REQUEST), reply_to="mentoring+arx.y@lindenhof.example", subject="A & B?"
    )
    html = parts_of(MailComposer().compose(bound, LETTERS[MailKind.REQUEST]))[2]
    link = "mailto:mentoring%2Barx.y@lindenhof.example?subject=Re%3A%20A%20%26%20B%3F&amp;body="
    found = re.findall(r'<a class="answer" href="([^"]*)"[^>]*>([^<]*)</a>', html)
    assert [(link + word, word) for word in ("accept", "decline", "stop", "stop")] == found
    unbound = MailComposer().compose(envelope(MailKind.REQUEST), LETTERS[MailKind.REQUEST])
    assert "mailto:" not in parts_of(unbound)[2]


def test_an_answer_of_several_words_is_written_whole_into_its_link() -> None:
    bound = dataclasses.replace(envelope(MailKind.HELD_QUESTION), reply_to="m+x@lindenhof.example")
    html = parts_of(MailComposer().compose(bound, LETTERS[MailKind.HELD_QUESTION]))[2]
    assert '&amp;body=not%20held"' in html
