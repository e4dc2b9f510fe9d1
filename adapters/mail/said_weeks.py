"""Whose week a bare weekday is one of: "Tuesday next week", "nächste Woche am Dienstag".

A weekday alone is the next of its name. It is one of the next week (ISO 8601: from Monday on) where the words for that
stand in its clause or beside it; where they stand elsewhere, it could be either, and then it is none.
"""

import re
from collections.abc import Iterable
from datetime import date

from adapters.mail.almanac import either
from adapters.mail.almanac import words as words_for
from adapters.mail.calendar_days import of_next_week

_NEXT = re.compile(rf"\b(?:{either('weeks', 'next')})\b")
_THIS = re.compile(rf"\b(?:{either('weeks', 'this')})\b")
_LAST = re.compile(rf"\b(?:{either('weeks', 'last')})\b")
_ANY = re.compile(rf"\b(?:{either('weeks', 'any')})\b")
_NAMED = words_for("days", "weekdays") | words_for("days", "weekdays_short")
_BESIDE = re.compile(r"[\s,]*(?:(?:on|am|le|el|den|dem|the)\s+)?")


class Doubt(Exception):
    """A weekday could be one of two weeks."""


def without_next_week(words: str) -> str:
    """Return the words with blanks in the place of "next week", so that all others stay where they are."""
    return _NEXT.sub(lambda found: " " * len(found[0]), words)


def names_another_week(words: str) -> bool:
    """Say whether the words name a week that is neither this one nor over."""
    return _NEXT.search(words) is not None or _names_unknown(words)


def in_its_week(words: str, clause: tuple[int, int], start: int, end: int, day: date, today: date) -> date:
    """Return the day that stands from `start` to `end` of the words as one of the week that they name for it.

    Raises Doubt where a bare weekday could be one of two weeks, or any day may belong to a week that is not known.
    """
    if _names_unknown(words):
        raise Doubt
    weeks = [found.span() for found in _NEXT.finditer(words)]
    if not weeks or not is_bare(words[start:end]):
        return day
    near = any(_reaches(words, week, start, end) for week in weeks if clause[0] <= week[0] < clause[1])
    if _THIS.search(words) or not (near or _beside(words, weeks, start, end)):
        raise Doubt
    return of_next_week(today, day.weekday())


def _reaches(words: str, week: tuple[int, int], start: int, end: int) -> bool:
    """Say whether a week of the same clause is that of the day: of "Friday or Tuesday next week" not that of Friday."""
    return week[0] < start or not any(is_bare(word) for word in words[end : week[0]].split())


def _beside(words: str, weeks: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(_BESIDE.fullmatch(words, last, start) or _BESIDE.fullmatch(words, end, first) for first, last in weeks)


def _names_unknown(words: str) -> bool:
    """Say whether there is a week, or a count of days, that is neither this week, the last nor the next."""
    known = [found.span() for pattern in (_NEXT, _THIS, _LAST) for found in pattern.finditer(words)]
    return any(not any(a <= found.start() < b for a, b in known) for found in _ANY.finditer(words))


def is_bare(words: str) -> bool:
    """Say whether the words are a weekday's name alone."""
    return words.rstrip(".,:") in _NAMED
