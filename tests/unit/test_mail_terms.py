"""A yes on terms: the length and the distance that are named beside it, in four languages, and nothing else."""

import dataclasses
from datetime import date

import pytest

from adapters.mail.catalogue import catalogue
from adapters.mail.compose import MailComposer
from adapters.mail.grammar import understand
from domain.languages import LANGUAGES
from domain.letters import CharterLetter
from domain.mail import MailKind
from domain.reply import Command, Reply, SaidTerms
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import TERMS, envelope

NAMES = ("Jonas Albrecht", "Mara Lindqvist")
HALF = SaidTerms(minutes=30)


def said(text: str, kind: str = "request") -> Reply:
    """Return what a reply to a request says."""
    return understand(text, date(2027, 3, 1), kind, NAMES)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("happy to, but only 30 min", HALF),
        ("Hi Jonas,\nYes.\nBut only half an hour, please.", HALF),
        ("I'd be happy to do this, but I can only do 30 minutes each time", HALF),
        ("accept, but no more than thirty minutes", HALF),
        ("Yes, but every other month", SaidTerms(months=2)),
        ("Happy to \u2013 but only half an hour, once a quarter.", SaidTerms(30, 0, 3)),
        ("Sure, one hour a month max", SaidTerms(60, 0, 1)),
        ("Yes, 30 minutes every two weeks would work", SaidTerms(30, 14, 0)),
        ("Gerne, aber nur 30 Minuten", HALF),
        ("Ja, sehr gerne. Aber bitte höchstens eine halbe Stunde.", HALF),
        ("Gerne, aber nur alle zwei Monate", SaidTerms(months=2)),
        ("Ich sage zu, aber nur alle 6 Wochen", SaidTerms(days=42)),
        ("Avec plaisir, mais seulement 30 minutes", HALF),
        ("Oui, mais une demi-heure au maximum, tous les deux mois", SaidTerms(30, 0, 2)),
        ("D\u2019accord, mais trois quarts d\u2019heure", SaidTerms(minutes=45)),
        ("Con gusto, pero solo 30 minutos", HALF),
        ("Sí, pero media hora como máximo, una vez al mes", SaidTerms(30, 0, 1)),
        ("Acepto, pero cada tres semanas", SaidTerms(days=21)),
    ],
)
def test_a_yes_names_how_long_or_how_often(text: str, terms: SaidTerms) -> None:
    assert (said(text).command, said(text).terms) == (Command.ACCEPT, terms)


def test_what_comes_after_the_terms_is_left_as_it_was_written() -> None:
    reply = said("happy to, but only 30 min. I am travelling a lot.\nMany regards from Oslo")
    assert (reply.terms, reply.unsorted) == (HALF, ("I am travelling a lot.", "Many regards from Oslo"))


@pytest.mark.parametrize(
    "text",
    [
        "happy to, but only if we meet in person",
        "happy to, but not 30 minutes",
        "happy to, but 30 minutes is too short",
        "yes, 30 or 45 minutes",
        "happy to, but only 30 min and only from May on",
        "happy to, but only 30 min. Or rather 20 minutes.",
        "happy to, but only 30 min. But I would have to ask my boss.",
        "happy to, but only 30 min?",
        "gerne, aber mindestens 60 Minuten",
        "30 minutes",
    ],
)
def test_terms_that_are_not_sure_say_nothing(text: str) -> None:
    assert (said(text).command, said(text).terms) == (None, None)


def test_a_no_with_a_length_in_it_is_a_no() -> None:
    assert said("no, 30 minutes is too much").command is Command.DECLINE


def test_a_yes_to_a_mail_that_asks_for_none_has_no_terms() -> None:
    assert said("yes, but only 30 minutes", "held_question").terms is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_a_yes_on_terms_in_the_first_mail_is_one_that_is_understood(language: str) -> None:
    example = catalogue(language).words("request.counter").rpartition(":")[2].strip()
    assert (said(example).command, said(example).terms) == (Command.ACCEPT, SaidTerms(30, 0, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charter_shows_what_was_asked_for_beside_each_term_that_is_another(language: str) -> None:
    asked = dataclasses.replace(TERMS, minutes=60)
    letter = CharterLetter("Jonas", "Mara", TERMS, "Example", asked, language=language)
    for text in parts_of(MailComposer().compose(envelope(MailKind.CHARTER), letter))[1:]:
        words = catalogue(language).words("charter.asked_for").partition("{")[0].strip()
        assert text.count(words) == 1
        assert "60" in text.partition(words)[2].splitlines()[0]
