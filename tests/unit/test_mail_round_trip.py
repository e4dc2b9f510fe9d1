"""Our own mails, answered through the mail programs of this world, read back as exactly what the person wrote."""

from datetime import date

import pytest

from adapters.mail.compose import MailComposer
from adapters.mail.reader import MailReader
from domain.letters import Letter
from domain.mail import MailClass, MailKind
from domain.reply import Command, SaidAction
from tests.unit.quoting_clients import CLIENTS, Client, parts_of, reply
from tests.unit.sample_letters import LETTERS, envelope

WORDS = {
    "one word": "held",
    "a line": "I agree",
    "two paragraphs": "Hello Jonas,\n\nnot this week.\n\nIt is the audit, sorry: we moved it twice already",
    "sections": "Done:\n- wrote the plan\n- asked two peers\n\nQuestions:\nHow do I say no?\n\n"
    "Action for me: send it by Friday 19 March",
    "other letters": "Grüße, 你好, צהריים טובים",
}
TODAY = date(2027, 3, 9)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def some(kind: MailKind) -> tuple[str, ...]:
    """Return two of the texts, others for each kind in turn: every program meets all of them."""
    place, texts = list(LETTERS).index(kind), list(WORDS.values())
    return texts[place % len(texts)], texts[(place + 2) % len(texts)]


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_nothing_of_our_mail_leaks_and_no_word_is_lost(client: Client, kind: MailKind) -> None:
    ours = MailComposer().compose(envelope(kind), LETTERS[kind])
    for words in some(kind):
        mail = MailReader().read(client(ours, words))
        assert squeezed(mail.text) == squeezed(words)
        assert mail.sure
        assert mail.mail_class is MailClass.HUMAN


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_a_reply_names_its_thread_and_its_writer(client: Client) -> None:
    ours = MailComposer().compose(envelope(MailKind.AGENDA), LETTERS[MailKind.AGENDA])
    mail = MailReader().read(client(ours, "ok"))
    assert mail.references == (envelope(MailKind.AGENDA).message_id, "<first@lindenhof.example>")
    assert mail.sender == "mara@contoso.example"
    assert mail.message_id == "<reply-1@mail.contoso.example>"
    assert mail.subject == "Re: Agenda: Mara / Jonas, Tue 9 Mar"


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_the_sections_of_a_reply_arrive_whole(client: Client) -> None:
    ours = MailComposer().compose(envelope(MailKind.PREPARATION), LETTERS[MailKind.PREPARATION])
    reply_said = MailReader().understand(MailReader().read(client(ours, WORDS["sections"])).text, TODAY)
    assert reply_said.done == ("wrote the plan", "asked two peers")
    assert reply_said.questions == ("How do I say no?",)
    assert reply_said.actions == (SaidAction("me", "send it", date(2027, 3, 19)),)
    assert reply_said.unsorted == ()


def test_answers_between_our_own_headings_stand_under_them() -> None:
    ours = MailComposer().compose(envelope(MailKind.PREPARATION), LETTERS[MailKind.PREPARATION])
    _, text, _ = parts_of(ours)
    lines = []
    for line in text.split("\n"):
        lines.append(f"> {line}")
        if line.startswith("  what you finished"):
            lines += ["", "The plan is out", ""]
        if line == "Questions:":
            lines += ["Whom should I ask?"]
    raw = reply(ours, "On Mon, Mar 8, 2027 Lindenhof <mentoring@lindenhof.example> wrote:\n" + "\n".join(lines))
    said = MailReader().understand(MailReader().read(raw).text, TODAY)
    assert (said.done, said.questions, said.unsorted) == (("The plan is out",), ("Whom should I ask?",), ())


def test_a_command_below_the_quote_is_still_the_first_line() -> None:
    ours = MailComposer().compose(envelope(MailKind.PREPARATION), LETTERS[MailKind.PREPARATION])
    _, text, _ = parts_of(ours)
    quote = "\n".join(f"> {line}" for line in text.rstrip().split("\n"))
    mail = MailReader().read(reply(ours, f"{quote}\n\nstop\n"))
    assert MailReader().understand(mail.text, TODAY).command is Command.STOP


def test_answers_inside_a_quote_without_marks_are_not_sure() -> None:
    ours = MailComposer().compose(envelope(MailKind.HELD_QUESTION), LETTERS[MailKind.HELD_QUESTION])
    _, text, _ = parts_of(ours)
    head = "From: Lindenhof <mentoring@lindenhof.example>\nSent: Monday, March 8, 2027 10:00\nTo: Mara\n\n"
    assert not MailReader().read(reply(ours, f"Please see my answers below.\n\n{head}{text}")).sure
    assert not MailReader().read(reply(ours, f"{head}{text.replace('held', 'held YES', 1)}")).sure


@pytest.mark.parametrize(
    "introduction",
    ["", "Am Montag schrieb Lindenhof Mentoring:", "Lindenhof mentoring@lindenhof.example:", "??? 17:00:"],
)
def test_our_mark_ends_the_reply_even_below_an_introduction_of_unknown_shape(introduction: str) -> None:
    ours = MailComposer().compose(envelope(MailKind.NOTICE), LETTERS[MailKind.NOTICE])
    _, text, _ = parts_of(ours)
    mail = MailReader().read(reply(ours, f"not this week\n\nsorry:\n\n{introduction}\n\n{text}"))
    assert (mail.text, mail.sure) == ("not this week\n\nsorry:", True)


@pytest.mark.parametrize("letter", LETTERS.values(), ids=lambda letter: type(letter).__name__)
def test_our_own_mail_is_never_taken_for_a_reply(letter: Letter) -> None:
    kind = next(kind for kind, known in LETTERS.items() if known is letter)
    found = MailReader().read(MailComposer().compose(envelope(kind), letter)).mail_class
    assert found in (MailClass.MACHINE, MailClass.CALENDAR)
