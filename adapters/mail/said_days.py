"""The days that prose names, in any of the four languages: "next Tuesday", "18 March", "mañana"."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from adapters.mail.almanac import numbered
from adapters.mail.almanac import words as words_for
from adapters.mail.dates import understood
from adapters.mail.dates_abroad import abroad
from domain.languages import LANGUAGES

MOST_WORDS = 6
MOST_TRIES = 40
FARTHEST = timedelta(days=548)
_TOKEN = re.compile(r"[^\s,;!?()]+")
# Short names are words as well, and days only before a number.
_SHORT = words_for("days", "also_words") | words_for("days", "before_number")
_NAMED = words_for("days", "weekdays") | words_for("days", "weekdays_short")
_STARTS = (_NAMED | words_for("days", "opening") | words_for("days", "before")) - _SHORT
# What follows these is an hour, or another day.
_ENDS = words_for("days", "ending")
_NO_DAY_AFTER = re.compile(r"(?:guten|good|por la|de la|\b\w+tag|fruh am|am)\s$")
_DAY_NUMBER = re.compile(r"(?:the |on )*(\d{1,2})(?:st|nd|rd|th)|(?:am|den) (\d{1,2})\.?|(?:le|el|el dia) (\d{1,2})")
_BESIDE_WEEKDAY = re.compile(r"(?:the |den |dem |le |el )?(\d{1,2})(?:st|nd|rd|th|\.)?")
_SLASHED = re.compile(r"\b(?:0?\d|1[0-2])/(?:0?\d|1[0-2])(?:/\d+)?\b")


def plain(text: str) -> str:
    """Return the text folded and without accents and marks, as these words are compared."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("\u2019", "'").replace("\u202f", " "))
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Mn" and c not in "\u00bf\u00a1").split())


def days_in(words: str, today: date) -> Iterator[tuple[int, int, date]]:
    """Give each day that the words name, with where it stands; the longest expression counts.

    A bare number is none, nor is a day written with a slash that could be read both ways.
    """
    tokens = list(_TOKEN.finditer(words))
    number = tries = 0
    while number < len(tokens) and tries < MOST_TRIES:
        found = None
        if _may_start(tokens, number, words):
            tries += 1
            found = _longest(tokens[number : number + MOST_WORDS], words, today)
        if found is None:
            number += 1
            continue
        count, day = found
        yield tokens[number].start(), tokens[number + count - 1].end(), day
        number += count


def is_doubtful(words: str) -> bool:
    """Say whether the words name a day that could be one of two, such as 4/12."""
    return _SLASHED.search(words) is not None


def _may_start(tokens: list[re.Match[str]], number: int, words: str) -> bool:
    word = tokens[number][0].rstrip(".:")
    if word == "morgen" or word == "manana":
        return _NO_DAY_AFTER.search(words, 0, tokens[number].start()) is None
    if word in _SHORT:
        return number + 1 < len(tokens) and tokens[number + 1][0][0].isdigit()
    return word in _STARTS or (word[:1].isdigit() and ":" not in word)


def _longest(tokens: list[re.Match[str]], words: str, today: date) -> tuple[int, date] | None:
    ends = next((n for n, token in enumerate(tokens) if token[0] in _ENDS), len(tokens))
    for count in range(ends, 0, -1):
        expression = words[tokens[0].start() : tokens[count - 1].end()].rstrip(".:")
        if any(mark in expression for mark in ";!?():") or (count == 1 and expression.isdigit()):
            continue
        day = _day(expression, today) or _numbered(expression, today)
        if day is not None:
            return count, day
    return None


def _numbered(expression: str, today: date) -> date | None:
    """Return the next day of that number: "the 18th", "am 18.", "le 18", "el dia 18"."""
    found = _DAY_NUMBER.fullmatch(expression)
    named, _, rest = expression.partition(" ")
    beside = _BESIDE_WEEKDAY.fullmatch(rest) if found is None and named.rstrip(".,") in _NAMED else None
    numbered_by = found or beside
    number = int(next(filter(None, numbered_by.groups()))) if numbered_by else 0
    ahead = (today + timedelta(days=days) for days in range(62 if number else 0))
    day = next((day for day in ahead if day.day == number), None)
    # "Monday 15" is a day only where the 15th is a Monday.
    return day if day and (found or named.rstrip(".,") in _weekdays()[day.weekday()]) else None


@cache
def _weekdays() -> tuple[frozenset[str], ...]:
    """Return the names of each weekday, from Monday on, in any of the languages."""
    every = [numbered(language, "weekdays", "weekdays_short") for language in LANGUAGES]
    return tuple(frozenset(name for names in every for name in names if names[name] == number) for number in range(7))


@lru_cache(maxsize=256)
def _day(expression: str, today: date) -> date | None:
    """Return the one day that an expression means in those languages that understand it."""
    if _SLASHED.search(expression):
        return None
    if expression in ("next week", "nachste woche", "la semaine prochaine") or "week" in expression:
        return None
    said = {understood(expression, today), *(abroad(expression, today, language) for language in ("de", "fr", "es"))}
    said.discard(None)
    day = said.pop() if len(said) == 1 else None
    return day if day and today <= day <= today + FARTHEST else None
