"""Sorts prose as its writer would have done under headings; what bears no sign stays as it is."""

import re
from collections.abc import Collection

from adapters.mail.headings import heading_by_words, heading_of
from adapters.mail.signs import section_of

SORTED = ("questions", "done", "learned", "observed", "samples", "goals")
MOST_IN_HEADING = 6
# A day of the month has a point as well in German: "22. März".
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+")
_HEADED = re.compile(r"([^\W\d_][\w '\u2019]{0,40}?)\s?(?::|\s[-\u2013\u2014])\s+(?=\S)")
_I = ("i", "i've", "ich", "je", "yo", "would", "wäre", "serait", "sería", "is", "ist", "est", "es")
_SAID = re.compile(
    r"^(?:[^:?]{0,40}\b(?:questions?|fragen?|preguntas?)\b[^:?]{0,30}|"
    r"(?:hallo|hi|hello|bonjour|hola)\b[^:?]{0,50})\s?:\s+(?=\S)",
    re.IGNORECASE,
)


def sorted_prose(texts: list[str], wanted: Collection[str] = SORTED) -> dict[str, list[str]]:
    """Return the sentences by section; those without a sign are under "unsorted", in their order."""
    found: dict[str, list[str]] = {name: [] for name in (*wanted, "unsorted")}
    for sentence in sentences_of(texts):
        section, words = _sorted(sentence)
        if section in wanted:
            found[section].append(words.strip())
        else:
            found["unsorted"].append(sentence.strip())
    return found


def asked_in_prose(texts: list[str]) -> dict[str, list[str]]:
    """Return the sentences that end with a question mark as questions, and the others as they are."""
    said = sentences_of(texts)
    asked = [sentence.strip() for sentence in said if sentence.rstrip().endswith("?")]
    return {"questions": asked, "unsorted": [s.strip() for s in said if not s.rstrip().endswith("?")]}


def _by_words(name: str) -> str | None:
    """Return the section of a heading of somebody's own making: a few words and no sentence about herself."""
    words = name.casefold().replace("\u2019", "'").split()
    told = any(word in _I or word.startswith("j'") for word in words)
    named = heading_by_words(name) if len(words) <= MOST_IN_HEADING and not told else None
    return named if named != "actions" else None


def sentences_of(texts: list[str]) -> list[str]:
    """Return the sentences of all the texts, in their order."""
    return [part for text in texts for part in _SENTENCE.split(text) if part.strip()]


def _sorted(sentence: str) -> tuple[str, str]:
    """Return the section and the words that go into it: by a heading within the line, else by a sign."""
    headed = _HEADED.match(sentence)
    named = heading_of(headed[1]) or _by_words(headed[1]) if headed else None
    if headed and named in SORTED:
        return named, sentence[headed.end() :]
    section = section_of(sentence) or "unsorted"
    return section, _SAID.sub("", sentence) if section == "questions" else sentence
