"""The terms on which somebody says yes: "happy to, but only 30 minutes", "gerne, aber nur alle zwei Monate".

A length and a distance between meetings are understood, and only where every other word of their clause is known to add
nothing; whatever else somebody sets as a term is asked back, as before.
"""

import re
from dataclasses import dataclass
from functools import cache

from adapters.mail.almanac import counts, either
from adapters.mail.almanac import words as words_for
from adapters.mail.meanings import meant_by
from adapters.mail.phrases import command_of, words_of
from adapters.mail.places import Place
from adapters.mail.said_days import plain
from adapters.mail.sentences import says_nothing, taken_back
from domain.languages import LANGUAGES
from domain.reply import Command, SaidTerms

HEAD = 400
MOST_LINES = 6
_N = r"(?P<n>\d{1,3}|[^\W\d_]+(?:-[^\W\d_]+)?)"
_LENGTHS: tuple[tuple[str, int], ...] = (
    *((either("lengths", str(minutes)), minutes) for minutes in (45, 15, 30, 60)),
    (rf"{_N}[ -]?(?:{either('lengths', 'minutes')})\.?", 1),
)
_EVERY = either("rhythms", "every")
_DISTANCES: tuple[tuple[str, int, int], ...] = (
    (either("rhythms", "two_months"), 0, 2),
    (either("rhythms", "fortnight"), 14, 0),
    (either("rhythms", "quarter"), 0, 3),
    (either("rhythms", "month"), 0, 1),
    (rf"(?:{_EVERY}) {_N} (?:{either('rhythms', 'weeks')})", 7, 0),
    (rf"(?:{_EVERY}) {_N} (?:{either('rhythms', 'months')})", 0, 1),
)
_AT_MOST = re.compile(rf"\b(?:{either('rhythms', 'at_most')})(?=\s|$)", re.IGNORECASE)
_NOTHING_ADDED = words_for("rhythms", "beside")
_PLAIN = frozenset(plain(word) for word in _NOTHING_ADDED)
_BREAK = re.compile(
    r"[.!;:\u2026]+(?=\s|$)|,\s|\s[-\u2013\u2014]\s|[\u2013\u2014]|\s(?=(?:but|aber|mais|pero)\s)", re.IGNORECASE
)


YES = (Command.ACCEPT, Command.AGREE)


@dataclass(frozen=True, slots=True)
class Countered:
    """A yes on terms, what stands behind it in its lines, and how many lines it took."""

    terms: SaidTerms
    rest: str
    lines: int


@dataclass(frozen=True, slots=True)
class _Term:
    """One term as it stands in a clause."""

    start: int
    end: int
    minutes: int = 0
    days: int = 0
    months: int = 0


def countered(lines: list[str], place: Place) -> Countered | None:
    """Return the yes that a reply opens with and its terms, or None when it is another answer or says more than that.

    What comes behind it must neither take it back nor name other terms.
    """
    lines = [line.replace("\u2019", "'") for line in lines]
    for taken in range(1, min(len(lines), MOST_LINES) + 1):
        head = " ".join(line.strip() for line in lines[:taken] if line.strip())
        if len(head) > HEAD:
            return None
        found = _in_head(head, place)
        later = [found[1] if found else "", *lines[taken:]]
        if found is not None and not any(_terms(line) for line in later):
            return None if taken_back(later, place, {Command.ACCEPT}) else Countered(*found, taken)
    return None


def terms_in(text: str) -> SaidTerms | None:
    """Return the length and the distance that a text names, or None when it names none or two that differ."""
    return _joined(_terms(text.replace("\u2019", "'")))


def without_terms(text: str) -> str:
    """Return the text without the terms that it names."""
    left = text.replace("\u2019", "'")
    for term in _terms(left):
        left = left[: term.start] + " " * (term.end - term.start) + left[term.end :]
    return left


def adds_nothing(word: str) -> bool:
    """Say whether a word beside a term means nothing more."""
    return word in _PLAIN


def _in_head(head: str, place: Place) -> tuple[SaidTerms, str] | None:
    """Return the terms of a yes in these words, and what is left of them behind it."""
    said, terms, left = False, list[_Term](), head
    while left.strip():
        found = _BREAK.search(left)
        clause, behind = (left[: found.start()], left[found.end() :]) if found else (left, "")
        read = _read(clause, place)
        if read is None:
            break
        said, terms, left = said or read[0], [*terms, *read[1]], behind
    joined = _joined(terms)
    return (joined, left.strip()) if said and joined is not None else None


def _read(clause: str, place: Place) -> tuple[bool, list[_Term]] | None:
    """Say whether a clause says yes, and return its terms; None for a clause that says anything else."""
    terms = _terms(clause)
    if not terms:
        yes = _says_yes(clause, place)
        return (yes, []) if yes or says_nothing(clause, place) or not _strange(clause, place) else None
    first, behind = terms[0].start, clause[terms[0].end :]
    for term in reversed(terms[1:]):
        behind = behind[: term.start - terms[0].end] + " " + behind[term.end - terms[0].end :]
    if _strange(behind, place):
        return None
    before = words_of(_AT_MOST.sub(" ", clause[:first]))
    for cut in range(len(before), 0, -1):
        if _says_yes(" ".join(before[:cut]), place):
            return True, terms
        if before[cut - 1] not in _NOTHING_ADDED:
            return None
    return False, terms


def _says_yes(clause: str, place: Place) -> bool:
    return command_of(clause) in YES or meant_by(clause, place) == {Command.ACCEPT}


def _strange(text: str, place: Place) -> bool:
    """Say whether a word in it may mean something more."""
    return any(word not in _NOTHING_ADDED | place.words for word in words_of(_AT_MOST.sub(" ", text)))


def _terms(clause: str) -> list[_Term]:
    """Return the terms in a clause in their order; none overlaps another."""
    left, found = clause, list[_Term]()
    kinds = [*((p, m, 0, 0) for p, m in _LENGTHS), *((p, 0, d, n) for p, d, n in _DISTANCES)]
    for pattern, *worth in kinds:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", left, re.IGNORECASE):
            number = _number(match)
            if number is not None:
                minutes, days, months = (number * value for value in worth)
                found.append(_Term(match.start(), match.end(), minutes, days, months))
                left = left[: match.start()] + " " * (match.end() - match.start()) + left[match.end() :]
    return sorted(found, key=lambda term: term.start)


def _number(match: re.Match[str]) -> int | None:
    """Return how many a term names, 1 where its words say it all, or None for a word that is no number."""
    word = match.groupdict().get("n")
    if word is None:
        return 1
    return int(word) if word.isdigit() else _worth().get(plain(word))


@cache
def _worth() -> dict[str, int]:
    return {word: number for language in LANGUAGES for word, number in counts(language).items()}


def _joined(terms: list[_Term]) -> SaidTerms | None:
    """Return all terms as one, or None when there are none or two of a kind differ."""
    minutes = {term.minutes for term in terms if term.minutes}
    apart = {(term.days, term.months) for term in terms if term.days or term.months}
    if not terms or len(minutes) > 1 or len(apart) > 1:
        return None
    return SaidTerms(next(iter(minutes), 0), *next(iter(apart), (0, 0)))
