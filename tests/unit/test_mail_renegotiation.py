"""Which words propose other terms from now on, in four languages, and which only look like it."""

import json
from datetime import date

import pytest

from adapters.mail.reader import MailReader
from adapters.mail.wire import reply_of, reply_words
from domain.charter import ConflictPolicy
from domain.reply import Command, Reply, SaidTerms

TODAY = date(2027, 3, 1)
PROPOSED = [
    ("could we do every six weeks instead?", SaidTerms(days=42)),
    ("Thanks! Could we do every six weeks instead?", SaidTerms(days=42)),
    ("Could we meet every six weeks from now on, 30 minutes each time?", SaidTerms(days=42, minutes=30)),
    ("Könnten wir lieber alle sechs Wochen machen?", SaidTerms(days=42)),
    ("Pourrions-nous plutôt toutes les six semaines ?", SaidTerms(days=42)),
    ("¿Podríamos hacerlo mejor cada seis semanas?", SaidTerms(days=42)),
    ("Could we always do 30 minutes?", SaidTerms(minutes=30)),
    ("Could we have the agenda 48 hours before from now on?", SaidTerms(agenda_lead_hours=48)),
    ("Ab jetzt bitte die Agenda 2 Tage vorher", SaidTerms(agenda_lead_hours=48)),
    ("From now on I schedule.", SaidTerms(organiser="me")),
    ("Let's extend until 31 December 2027", SaidTerms(until=date(2027, 12, 31))),
    ("Können wir bis 31. Dezember 2027 verlängern?", SaidTerms(until=date(2027, 12, 31))),
    ("Prolongeons jusqu'au 31 décembre 2027", SaidTerms(until=date(2027, 12, 31))),
    ("¿Podemos prolongar hasta el 31 de diciembre de 2027?", SaidTerms(until=date(2027, 12, 31))),
    *((word, SaidTerms(extend=True)) for word in ("extend", "Verlängern", "prolonger", "prolongar")),
    (
        "Charter:\n- every six weeks\n- 30 minutes\n- agenda 48 hours before\n- conflicts: skip\n- Jonas schedules",
        SaidTerms(30, 42, 0, 48, ConflictPolicy.SKIP, "mentee"),
    ),
    ("Vereinbarung:\n- alle zwei Monate\n- bei Konflikt verschieben\n- das Programm plant",
     SaidTerms(months=2, conflict=ConflictPolicy.MOVE, organiser="service")),
    ("Charte : tous les deux mois", SaidTerms(months=2)),
    ("Acuerdo:\n- cada dos meses\n- en caso de conflicto: preguntar",
     SaidTerms(months=2, conflict=ConflictPolicy.ASK)),
]  # fmt: skip
NOT_PROPOSED = [
    "Could we talk about whether every six weeks I should report?",
    "Could we do 30 minutes instead?",
    "I'd like to meet every two weeks to talk about my promotion",
    "We met every six weeks last year.",
    "Charter:\n- every six weeks\n- and a pony",
    "Let's extend until 31 December",
    "Pourrions-nous parler de la charte ?",
]


def understood(text: str, kind: str = "agenda") -> Reply:
    """Return what the text says in answer to a mail."""
    return MailReader().understand(text, TODAY, kind, ("Mara Lindqvist", "Jonas Albrecht"))


@pytest.mark.parametrize(("text", "terms"), PROPOSED)
def test_other_terms_are_proposed_in_plain_words_or_under_a_heading(text: str, terms: SaidTerms) -> None:
    said = understood(text)
    assert said.proposal == terms
    assert said.command is None
    assert reply_of(json.loads(json.dumps(reply_words(said), default=str))).proposal == terms


@pytest.mark.parametrize("text", NOT_PROPOSED)
def test_what_says_more_than_terms_or_means_one_meeting_proposes_nothing(text: str) -> None:
    assert understood(text).proposal is None


def test_what_stands_beside_a_proposal_keeps_its_meaning() -> None:
    said = understood("held\n\nCharter: every six weeks\n\nLearned:\n- Say no early", "held_question")
    assert (said.command, said.proposal, said.learned) == (Command.HELD, SaidTerms(days=42), ("Say no early",))


def test_nothing_is_proposed_in_answer_to_a_request() -> None:
    assert understood("Could we do every six weeks instead?", "request").proposal is None
