"""The words with which people answer, in four languages, one file for each.

Each command has its cores: word sequences that carry it. A sentence says a command when it holds a core and every other
word of it is known to add nothing: a small word of the language, a word of courtesy, a companion of that command. One
unknown word, and the sentence is not understood: "we met" is an answer, "we nearly met" is none.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from adapters.mail.inflection import GAP, forms
from adapters.mail.phrases import words_of
from adapters.mail.vocabulary import Vocabulary, parted
from domain.languages import LANGUAGES
from domain.reply import Command

Phrase = tuple[str, ...]
_PHRASED = (
    "yes",
    "no",
    "asking",
    "excuses",
    "thanks",
    "requests",
    "again",
    "causes",
    "almost",
    "this_morning",
    "frames",
    "musing",
    "wishes",
    "if_first",
    "wondering",
    "asking_more",
    "reporting",
    "the_other",
)
_FREE = ("de",)
_OPENING_MARKS = str.maketrans({"\u00bf": " ", "\u00a1": " "})
MAY = "may-month"
SUITS, UNSUITED = "suits", "unsuited"
"""The tables of what suits somebody ("works for me") and what does not; what it answers depends on the question."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one command is said: its cores, the longest first, and words that may stand beside them.

    Where it has `needs`, one of them has to be there: an end is one of the mentoring, not of a call. A `weak` core is
    one only beside one of certain words: "off the list" is, of "me", no wish about a task.
    """

    cores: tuple[Phrase, ...]
    companions: frozenset[str]
    needs: frozenset[str] = frozenset()
    found_by: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    weak: frozenset[Phrase] = frozenset()
    beside_weak: frozenset[str] = frozenset()

    def possible(self, words: Phrase) -> Iterator[Phrase]:
        """Give the cores of which one word is among the words."""
        weak = any(word in self.beside_weak for word in words)
        for word in set(words):
            yield from (core for core in self.found_by.get(word, ()) if weak or core not in self.weak)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language.

    `yes` and `no` are answers whose meaning is that of the question. `small` are the words of its grammar, `modal`
    those of wishes; `polite` words may stand beside any command, `courtesy` are all that say nothing. `times` are words
    for days, which may stand beside what is done to a meeting; of them `coming` are those for a time to come.
    `denying` turn what they stand with into its opposite. `almost` is not yet, `unfinished` says that not all is done.
    `conditions` are what a yes may depend on; a yes in the `conditional` is one only with a word of `joy` ("I would
    accept", "I would be glad to"). `hedges` take back what was said before them, `asking` opens a question ("shall
    we"), `requests` open one that asks for something ("could you"). `offers` make a time that is asked about one that
    is offered, `fitting` may stand beside it, `instead` does so in a plain sentence. `excuses` give a reason before
    what is asked for ("I can't come, please move it"), `again` says that the next meeting is another one, `causes` open
    a reason within a clause ("because of"), `about` what a talk was about. `titles` and `beside` come before a name
    that says nothing either ("thanks Mara"). `thanks` open a clause that says nothing, whatever they are for ("thanks
    for reaching out"), and `things` are articles and names for a meeting, which may stand beside what is done to it.
    `articles` open words for a thing, `joining` go on with it ("list of books"), `parts` say that only a part of it is
    meant. Where words are in `free` order a core is one in any order of its words. With a word of `cannot` or `modal`
    a "not" refuses to come. `this_morning` is none for `tomorrow`. What is `cancelling` may mean a meeting or an
    answer. Thanks with `asking_thanks` behind them ask for what follows. `seeing` is what one does next time. `leads`,
    `because` and the `contrary` open a clause that goes on with the one before, `subjects` open one that asserts,
    `if_first` one that is a condition, `bare_no` one that takes something out; of the `hedges` some are ones only
    `at_first` or before the `at_last` word. A question with a word that is `confirming` offers nothing, one with
    `please` asks. Of the `hedges` those of `contrast` doubt nothing ("but"). `frames` only lead to what is said ("tell
    him that", "my answer is"), `musing` opens a clause that tells how one came to it ("I have thought about").
    `places` are the words before a place, a time or a means, `about_so_much` those before a number of `lengths`.
    What is `other` is not the one that was proposed. `wishes` open a sentence that says how one would like it.
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
    small: frozenset[str]
    modal: frozenset[str]
    times: frozenset[str]
    coming: frozenset[str]
    denying: frozenset[str]
    conditions: frozenset[str]
    almost: tuple[Phrase, ...]
    unfinished: frozenset[str]
    conditional: frozenset[str]
    joy: frozenset[str]
    requests: tuple[Phrase, ...]
    offers: frozenset[str]
    fitting: frozenset[str]
    instead: frozenset[str]
    again: tuple[Phrase, ...]
    causes: tuple[Phrase, ...]
    about: frozenset[str]
    titles: frozenset[str]
    articles: frozenset[str]
    parts: frozenset[str]
    commands: dict[Command | str, Wording]
    free: bool
    language: str
    cannot: frozenset[str]
    joining: frozenset[str]
    minutes: frozenset[str]
    tomorrow: frozenset[str]
    cancelling: frozenset[str]
    seeing: frozenset[str]
    leads: frozenset[str]
    because: frozenset[str]
    contrary: frozenset[str]
    subjects: frozenset[str]
    if_first: tuple[Phrase, ...]
    bare_no: frozenset[str]
    confirming: frozenset[str]
    please: frozenset[str]
    contrast: frozenset[str]
    frames: tuple[Phrase, ...]
    that: frozenset[str]
    musing: tuple[Phrase, ...]
    places: frozenset[str]
    about_so_much: frozenset[str]
    lengths: frozenset[str]
    other: frozenset[str]
    wishes: tuple[Phrase, ...]
    limiting: frozenset[str]
    broken: frozenset[str]
    counting: frozenset[str]
    wondering: tuple[Phrase, ...]
    deferring: frozenset[str]
    asking_more: tuple[Phrase, ...]
    reporting: tuple[Phrase, ...]
    sequel: frozenset[str]
    mentoring: frozenset[str]
    the_other: tuple[Phrase, ...]
    meetings: frozenset[str]
    this_morning: tuple[Phrase, ...] = ()
    asking_thanks: frozenset[str] = frozenset()
    at_first: frozenset[str] = frozenset()
    at_last: frozenset[str] = frozenset()
    before_month: frozenset[str] = frozenset()
    subordinate: frozenset[str] = frozenset()


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Return all of them."""
    return tuple(_lexicon(language) for language in LANGUAGES)


@cache
def _vocabulary(number: int) -> Vocabulary:
    return Vocabulary(_every_word(lexicons()[number]))


@lru_cache(maxsize=256)
def told(line: str) -> "tuple[Reading, ...]":
    """Return the words of a line as each of the lexicons spells them."""
    words = words_of(line.translate(_OPENING_MARKS))
    return tuple(
        (lexicon, _with_month(parted(_vocabulary(number).known(word) for word in words), lexicon))
        for number, lexicon in enumerate(lexicons())
    )


def _with_month(words: Phrase, lexicon: Lexicon) -> Phrase:
    """Let the month of May be another word than what may be: "in May", "4 May"."""
    return tuple(
        MAY if word == "may" and n and (words[n - 1] in lexicon.before_month or words[n - 1].isdigit()) else word
        for n, word in enumerate(words)
    )


Reading = tuple[Lexicon, Phrase]


@cache
def in_any_language(name: str) -> frozenset[str]:
    """Return the words that the lexicons have under a name."""
    return frozenset[str]().union(*(getattr(lexicon, name) for lexicon in lexicons()))


def spoken(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return those of the readings whose language it may be: "but" is a word in English and an aim in French."""
    known = [sum(word in _vocabulary(n) for word in words) for n, (_, words) in enumerate(readings)]
    most = max(known, default=0)
    return tuple(reading for reading, count in zip(readings, known, strict=True) if count * 2 > most)


def _every_word(lexicon: Lexicon) -> set[str]:
    found = {word for wording in lexicon.commands.values() for core in wording.cores for word in core}
    found |= {word for wording in lexicon.commands.values() for word in wording.companions}
    for name in (one.name for one in fields(lexicon) if one.name not in ("commands", "free", "language")):
        value = getattr(lexicon, name)
        found |= {word for phrase in value for word in phrase} if name in _PHRASED else value
    return found


def _lexicon(language: str) -> Lexicon:
    text = files("adapters.mail").joinpath("lexicons", f"{language}.toml").read_text(encoding="utf-8")
    # Folded as the words of a reply are: "außer" is "ausser" there.
    table: dict[str, Any] = tomllib.loads(text.casefold())
    tables = {name: value for name, value in table.items() if isinstance(value, dict)}
    words: dict[str, Any] = {
        name: _phrases(value) if name in _PHRASED else _words(value)
        for name, value in table.items()
        if name not in tables
    }
    denying = sorted(words["denying"])
    said = {
        name if name in (SUITS, UNSUITED) else Command(name): _wording(value, language, denying)
        for name, value in tables.items()
    }
    return Lexicon(commands=said, free=language in _FREE, language=language, **words)


def _wording(words: dict[str, str], language: str, denying: list[str]) -> Wording:
    verbs = (verb.strip() for verb in words.get("verbs", "").split(";") if verb.strip())
    inflected = (parted(form) for verb in verbs for form in forms(verb, language))
    weak = _phrases(words.get("weak", ""))
    # What is denied close by: "never showed", "didn't come".
    denied = ((no, *verb) for verb in _phrases(words.get("denied", "")) for no in denying)
    cores = dict.fromkeys((*_phrases(words["cores"]), *inflected, *weak, *denied))
    ordered = tuple(sorted(cores, key=len, reverse=True))
    found_by: dict[str, tuple[Phrase, ...]] = {}
    for core in ordered:
        # Every word of a core is in a sentence that says it, so any one word is enough to find it by.
        word = min(word for word in core if word != GAP)
        found_by[word] = (*found_by.get(word, ()), core)
    beside = (_words(words["companions"]), _words(words.get("needs", "")))
    return Wording(ordered, *beside, found_by, frozenset(weak), _words(words.get("beside_weak", "")))


def _words(text: str) -> frozenset[str]:
    return frozenset(parted(text.split()))


def _phrases(text: str) -> tuple[Phrase, ...]:
    """The longest first: what is longer says more."""
    phrases = (parted(phrase.split()) for phrase in text.split(";") if phrase.strip())
    return tuple(sorted(phrases, key=len, reverse=True))
