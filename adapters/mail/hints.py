"""The day that a private note speaks of, such as "starts college in September", in four languages."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from adapters.mail.almanac import numbered
from domain.languages import LANGUAGES

FARTHEST = timedelta(days=3_660)
_MONTHS = {name: n + 1 for language in LANGUAGES for name, n in numbered(language, "months").items()}
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# "May" and "march" are words as well, so a month without a day needs a small word before it.
_BEFORE = (
    "in|by|from|since|until|till|after|before|around|early|late|mid|next|this|of|im|ab|bis|seit|nach|vor|anfang|mitte|"
    "ende|en|fin|debut|mi|des|de|vers|apres|avant|desde|hasta|del|para"
)
_DATED = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|o)? (?:of |de |d')?(?P<m>{MONTH})\b(?:,? (?:de |del )?(?P<y>\d{{4}}))?|"
    rf"\b(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<y2>\d{{4}}))?"
)
_MONTHLY = re.compile(rf"\b(?:{_BEFORE})[ -](?P<m>{MONTH})\b(?! \d{{1,2}}\b)(?:,? (?:de )?(?P<y>\d{{4}}))?")
_END_OF = re.compile(rf"\b(?:end of|ende|fin|finales de)(?: de| des)? (?:{MONTH})\b")
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
_POINTED = re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\b")


def hint_in(words: str, today: date) -> date | None:
    """Return the first day from today on that the words name, or None; a month alone means its first day.

    What names a day without a year means the next one. What lies more than ten years ahead is no hint.
    """
    return min((day for day in _days(_plain(words), today) if today <= day <= today + FARTHEST), default=None)


def last_day_in(words: str, today: date) -> date | None:
    """Return the first day that the words name, as until when something lasts: the end of a month is its last day."""
    plain = _plain(words)
    days = sorted(day for day in _days(f"until {plain}", today) if today <= day <= today + FARTHEST)
    # "15 de septiembre" names its month as well, which is no day of its own.
    day = max((one for one in days if one.replace(day=1) == days[0].replace(day=1)), default=None)
    if day is None or not _END_OF.search(plain):
        return day
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return after - timedelta(days=1)


def _plain(words: str) -> str:
    folded = unicodedata.normalize("NFD", words.casefold().replace("\u2019", "'"))
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Mn").split())


def _days(words: str, today: date) -> Iterator[date]:
    for pattern in (_ISO, _POINTED):
        for found in pattern.finditer(words):
            yield from _day(today, found["y"], int(found["m"]), int(found["d"]))
    for found in _DATED.finditer(words):
        month, day = found["m"] or found["m2"], found["d"] or found["d2"]
        yield from _day(today, found["y"] or found["y2"], _MONTHS[month], int(day))
    for found in _MONTHLY.finditer(words):
        month = _MONTHS[found["m"]]
        if found["y"] is None and month == today.month:
            yield today
        else:
            yield from _day(today, found["y"], month, 1)


def _day(today: date, year: str | None, month: int, day: int) -> Iterator[date]:
    """Give the day, if there is one: 30 February is none."""
    try:
        found = date(int(year) if year else today.year, month, day)
        yield found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return
