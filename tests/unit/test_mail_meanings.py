"""Sentences that nobody sent, made up to try the rules by which answers are understood, in four languages."""

from datetime import date
from pathlib import Path

from adapters.mail.reader import MailReader
from domain.reply import Command, Reply
from tests.unit.reply_corpus import acting

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
MONDAY = date(2027, 3, 1)
# A yes to a request, and how somebody would like it to be.
WISHED = """
I accept. Please no meetings on Fridays.
Yes gladly. I'd prefer mornings though.
With pleasure! Ideally we meet on Tuesdays.
Ich sage zu. Bitte nur dienstags.
Sehr gerne. Am liebsten vormittags.
Ja, das mache ich. Mir wären kurze Treffen lieber.
J'accepte. S'il vous plaît, plutôt le matin.
Avec plaisir. De préférence le mardi.
Acepto. Por favor, solo los martes.
Con gusto. Prefiero las mañanas.
"""
# What the yes depends on makes it none.
CONDITIONED = """
I accept. But only if it is by video.
Yes gladly. Please only if he comes to Chicago.
Yes, but only in the mornings.
Ich sage zu. Bitte nur, wenn es per Video geht.
Sehr gerne, aber nur dienstags.
J'accepte. Mais seulement si c'est en visio.
Avec plaisir, mais pas le lundi.
Acepto. Pero solo si es por video.
Con gusto, pero los martes no.
"""


def understood(kind: str, text: str) -> Reply:
    return MailReader().understand(text, MONDAY, kind, ("Mara Quint", "Jonas Lindt"))


def _misread(file: str) -> list[tuple[str, str | None]]:
    """Return the rows "kind|command|sentence" that are read otherwise, and how."""
    rows = (row.split("|", 2) for row in (CORPUS / file).read_text("utf-8").splitlines() if row.strip())
    read = ((kind, meant, text, acting(understood(kind, text), kind)) for kind, meant, text in rows)
    return [(f"{kind}|{meant}|{text}", found) for kind, meant, text, found in read if str(found) != meant]


def test_what_is_an_answer_by_its_form_is_understood_in_words_that_nobody_wrote_down() -> None:
    missed = _misread("sentences-said.txt")
    assert [row for row in missed if row[1] is not None] == []
    assert len(missed) <= 5, missed


def test_what_doubts_defers_tells_of_others_or_only_likes_does_nothing() -> None:
    assert _misread("sentences-unsaid.txt") == []


def test_a_yes_to_a_request_with_a_wish_is_a_yes_and_the_wish_is_kept() -> None:
    for text in WISHED.strip().splitlines():
        reply = understood("request", text)
        assert (text, reply.command) == (text, Command.ACCEPT)
        assert reply.unsorted or reply.terms, text


def test_a_yes_to_a_request_on_a_condition_is_none() -> None:
    for text in CONDITIONED.strip().splitlines():
        assert (text, understood("request", text).command) == (text, None)


def test_a_wish_beside_the_agreement_to_a_charter_is_no_agreement_for_its_words_would_be_others() -> None:
    assert understood("charter", "Agreed. I'd prefer every three weeks though.").command is None
    assert understood("charter", "Einverstanden. Lieber alle drei Wochen.").command is None
