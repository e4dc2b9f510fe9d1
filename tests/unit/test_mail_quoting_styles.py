"""Our mails of every kind, answered in five languages through sixteen programs: no quote leaks, no word is lost.

What people write is drawn by chance, from a fixed seed.
"""

import random
from dataclasses import replace

import pytest

from adapters.mail.compose import MailComposer
from adapters.mail.reader import MailReader
from domain.languages import LANGUAGES
from domain.letters import EchoLetter
from domain.mail import MailKind
from tests.unit.quoting_styles import STYLES, TONGUES, Style
from tests.unit.sample_letters import LETTERS, envelope

WORDS = {
    "en": "we should move the second talk to spring because my lead wants numbers first and that takes a while",
    "de": "wir könnten das zweite Gespräch verschieben weil meine Chefin zuerst Zahlen möchte und das dauert länger",
    "fr": "on pourrait décaler le deuxième échange parce que ma cheffe préfère des chiffres et cela prend du temps",
    "es": "podríamos aplazar la segunda charla porque mi jefa quiere primero cifras y eso tarda bastante más",
    "it": "potremmo spostare il secondo colloquio perché la mia responsabile vuole prima i numeri e ci vuole tempo",
}


def drawn(chance: random.Random, language: str) -> str:
    """Return one to three paragraphs of one to nine words, sometimes as a list."""
    words = WORDS[language].split()
    lines = []
    for _ in range(chance.randint(1, 3)):
        line = " ".join(chance.choice(words) for _ in range(chance.randint(1, 9)))
        mark = chance.choice(["", "", "- ", "1. "])
        lines.append(f"{mark}{line[0].upper()}{line[1:]}{chance.choice(['.', '!', '?', ''])}")
    return chance.choice(["\n", "\n\n"]).join(lines)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module", params=TONGUES)
def ours(request: pytest.FixtureRequest) -> tuple[str, dict[MailKind, bytes]]:
    """Every kind of our mails in a language, or in English for readers whose language is none of ours."""
    spoken = request.param if request.param in LANGUAGES else "en"
    rider = LETTERS[MailKind.ECHO]
    assert isinstance(rider, EchoLetter)
    mails = {}
    for kind, letter in LETTERS.items():
        below = None if kind is MailKind.ECHO else replace(rider, language=spoken)
        mails[kind] = MailComposer().compose(envelope(kind), replace(letter, language=spoken), below)
    return request.param, mails


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_every_mail_program_in_every_language_is_read_back_word_for_word(
    style: Style, ours: tuple[str, dict[MailKind, bytes]]
) -> None:
    language, mails = ours
    chance, reader = random.Random(f"{style.__name__} {language}"), MailReader()
    for kind, raw in mails.items():
        words = drawn(chance, language)
        mail = reader.read(style(raw, words, TONGUES[language]))
        assert (squeezed(mail.text), mail.sure) == (squeezed(words), True), kind
