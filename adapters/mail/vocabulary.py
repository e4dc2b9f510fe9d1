"""Brings the words of a reply to the spelling of the lexicons: accents that a phone leaves out, apostrophes, slips.

Only a word that no lexicon has is changed, and only into the one word that it can be; so "si" never becomes "sí", nor
"wurde" "würde". A slip is one letter too many, missing, wrong or exchanged in the inside of a long word: an ending is
never touched, for it may be another tense.
"""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 6
_ELIDED = re.compile(r"(?:[ldjnsmtc]|qu|jusqu|lorsqu)'(?=\w)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Vocabulary:
    """The words that are known, and how each may be misspelt."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        spelt = ((spelling, word) for word in self._known for spelling in _spellings(word))
        self._spelt = _unambiguous(spelt, self._known)
        slips = ((slip, word) for word in self._known if len(word) >= SHORTEST for slip in _keys(word))
        self._slips = _unambiguous(slips, frozenset())

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def known(self, word: str) -> str:
        """Return the known word that this is, or the word as it is."""
        if word in self._known:
            return word
        if word in self._spelt:
            return self._spelt[word]
        if len(word) < SHORTEST - 1 or not word.isalpha():
            return word
        meant = {self._slips[key] for key in _keys(word) if key in self._slips}
        near = {other for other in meant if _slipped(word, other) and _bare(word) != other}
        return near.pop() if len(near) == 1 else word


def parted(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words with what French elides as words of their own: "j'accepte" is "j'" and "accepte"."""
    return tuple(part for word in words for part in _parts(word))


def _parts(word: str) -> list[str]:
    found = _ELIDED.match(word)
    return [word] if found is None else [found[0], *_parts(word[found.end() :])]


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFD", word)
    return "".join(c for c in folded if unicodedata.category(c) != "Mn")


def _spellings(word: str) -> set[str]:
    """Return how else people write a word: without accents, with "ue" for "ü", without its apostrophe."""
    return {_bare(word), word.translate(_UMLAUTS), word.replace("'", "")} - {word}


def _unambiguous(pairs: Iterable[tuple[str, str]], known: frozenset[str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for spelling, word in pairs:
        found.setdefault(spelling, set()).add(word)
    return {spelling: words.pop() for spelling, words in found.items() if len(words) == 1 and spelling not in known}


def _keys(word: str) -> set[str]:
    """Return the word with one of its inner letters left out, and as it is: two words one slip apart share one."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(1, len(word) - 2))}


def _slipped(word: str, other: str) -> bool:
    """Say whether one slip leads from one word to the other, between their first and their last two letters."""
    if word[0] != other[0] or word[-2:] != other[-2:] or abs(len(word) - len(other)) > 1:
        return False
    apart = [n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b]
    exchanged = len(apart) == 2 and sorted(word[n] for n in apart) == sorted(other[n] for n in apart)
    return len(word) != len(other) or len(apart) == 1 or exchanged
