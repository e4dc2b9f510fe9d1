"""The words with which people answer, in four languages, one file for each.

Each command has its cores: word sequences that carry it. A sentence says a command when it holds a core and every other
word of it is known to add nothing: a word of courtesy, or a companion of that command. One unknown word, and the
sentence is not understood: "we met" is an answer, "we nearly met" is none.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from adapters.mail.inflection import forms
from domain.languages import LANGUAGES
from domain.reply import Command

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one command is said: its cores, among them the forms of its verbs, and words that may stand beside them."""

    cores: tuple[Phrase, ...]
    companions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language.

    `yes` and `no` are answers whose meaning is that of the question. `polite` words may stand beside any command,
    `courtesy` are all that say nothing. `hedges` take back what was said before them, `asking` opens a question ("shall
    we"), `excuses` give a reason before what is asked for ("I can't come, please move it"), and `beside` comes before a
    name that says nothing either ("thanks Mara"). `thanks` open a clause that says nothing, whatever they are for
    ("thanks for reaching out"), and `things` are articles and names for a meeting, which may stand beside what is done
    to it.
    """

    courtesy: frozenset[str]
    polite: frozenset[str]
    yes: tuple[Phrase, ...]
    no: tuple[Phrase, ...]
    asking: tuple[Phrase, ...]
    hedges: frozenset[str]
    excuses: tuple[Phrase, ...]
    beside: frozenset[str]
    thanks: tuple[Phrase, ...]
    things: frozenset[str]
    commands: dict[Command, Wording]


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Return all of them."""
    return tuple(_lexicon(language) for language in LANGUAGES)


def _lexicon(language: str) -> Lexicon:
    text = files("adapters.mail").joinpath("lexicons", f"{language}.toml").read_text(encoding="utf-8")
    # Folded as the words of a reply are: "außer" is "ausser" there.
    table: dict[str, Any] = tomllib.loads(text.casefold())
    commands = {Command(name): value for name, value in table.items() if isinstance(value, dict)}
    return Lexicon(
        courtesy=frozenset(table["courtesy"].split()),
        polite=frozenset(table["polite"].split()),
        yes=_phrases(table["yes"]),
        no=_phrases(table["no"]),
        asking=_phrases(table["asking"]),
        hedges=frozenset(table["hedges"].split()),
        excuses=_phrases(table["excuses"]),
        beside=frozenset(table["beside"].split()),
        thanks=_phrases(table["thanks"]),
        things=frozenset(table["things"].split()),
        commands={command: _wording(words, language) for command, words in commands.items()},
    )


def _wording(words: dict[str, str], language: str) -> Wording:
    verbs = (verb.strip() for verb in words.get("verbs", "").split(";") if verb.strip())
    inflected = (form for verb in verbs for form in forms(verb, language))
    cores = dict.fromkeys((*_phrases(words["cores"]), *inflected))
    return Wording(tuple(cores), frozenset(words["companions"].split()))


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split(";") if phrase.strip())
