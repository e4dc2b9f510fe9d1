"""Dates at the end of an action, read only when they can mean one day; a wrong date is worse than none."""

import re
from datetime import date, datetime, time, timedelta

from adapters.mail.calendar_days import YEARLESS, end_of_month, next_weekday, of_next_week
from adapters.mail.dates_abroad import abroad
from adapters.mail.words import MONTHS, WEEKDAYS

FARTHEST = timedelta(days=548)
MAX_EXPRESSION = 40
_BY = re.compile(
    r"[\s(](?:(?P<en>(?:due )?(?:by|until|before|due))|(?P<de>bis(?: spätestens)?(?: zum)?|vor dem|fällig(?: am)?)|"
    r"(?P<fr>d['\u2019]ici(?: à| au| le| la)?|avant(?: le| la)?|pour(?: le| la)?|jusqu['\u2019](?:au|à)|"
    r"au plus tard(?: le)?)|"
    r"(?P<es>antes del?|para(?: el| la)?|hasta(?: el| la)?|a más tardar(?: el)?))(?:\s+|(?<=['\u2019])(?=\S))",
    re.IGNORECASE,
)
MAX_TRIES = 4
MOST_DATE_WORDS = 4
_SOON = re.compile(
    r"\s(?:(?P<later>tomorrow|morgen|demain|mañana)|today|heute|aujourd['\u2019]hui|hoy)[\s.!)]*$", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\b\d{4}\b")
_DAYS = {name: n for n, day in enumerate(WEEKDAYS) for name in (day.lower(), day[:3].lower())} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
    "wednes": 2,
}
_MONTHS = {name: n for n, month in enumerate(MONTHS, 1) for name in (month.lower(), month[:3].lower())} | {"sept": 9}
_NEAR = re.compile(
    r"today|tonight|tomorrow|(?:the )?day after tomorrow|in .+ (?:days?|weeks?|months?)|"
    r"next (?:week|month)|.+ from now"
)
_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\b")


def split_due(words: str, today: date) -> tuple[str, date | None]:
    """Return the action without its date, and the date; or the whole text and None when no single day is meant.

    Small words such as "for" open more than dates, so what stands behind the last few of them is tried.
    """
    for found in list(_BY.finditer(words))[: -MAX_TRIES - 1 : -1]:
        language, expression = found.lastgroup or "en", words[found.end() :]
        if not words[: found.start()].strip() or len(expression) > MAX_EXPRESSION:
            break
        due = _due(expression, today, language)
        if due is not None:
            return words[: found.start()].rstrip(" ,;(-"), due
    return _soon(words, today)


def split_inside(words: str, today: date) -> tuple[str, date | None]:
    """Return the same for a date at the beginning, or in the middle as German has it: "bis Freitag schicken".

    The longest expression that means a day is taken out.
    """
    for found in list(_BY.finditer(f" {words}"))[:MAX_TRIES]:
        if found.start() and found.lastgroup != "de":
            continue
        before, after = words[: max(found.start() - 1, 0)], f" {words}"[found.end() :].split()
        for count in range(min(MOST_DATE_WORDS, len(after) - 1), 0, -1):
            expression = " ".join(after[:count]).rstrip(",:")
            due = _due(expression, today, found.lastgroup or "en")
            if due is not None:
                return " ".join([*before.split(), *after[count:]]), due
    return words, None


def _due(expression: str, today: date, language: str) -> date | None:
    return understood(expression, today) if language == "en" else _abroad(expression, today, language)


def _soon(words: str, today: date) -> tuple[str, date | None]:
    """Today and tomorrow need no small word before them."""
    found = _SOON.search(words)
    if found is None or not words[: found.start()].strip():
        return words, None
    return words[: found.start()].rstrip(" ,;(-"), today + timedelta(days=found["later"] is not None)


def _abroad(expression: str, today: date, language: str) -> date | None:
    found = abroad(expression, today, language) or _iso(expression.strip(" .!;)"))
    return found if found and today <= found <= today + FARTHEST else None


def understood(expression: str, today: date) -> date | None:
    """Return the day that an English expression means, seen from `today`.

    None when it is ambiguous (4/12), in the past, a bare number, a month alone, or more than 18 months ahead.
    """
    words = " ".join(expression.casefold().replace(",", " ").split()).strip(" .!;)")
    words = re.sub(r"^(?:the |on )", "", words)
    if not words or len(words) > MAX_EXPRESSION:
        return None
    found = _iso(words) or _weekday(words, today) or _end_of(words, today) or _spoken(words, today)
    return found if found and today <= found <= today + FARTHEST else None


def _iso(words: str) -> date | None:
    found = _ISO.fullmatch(words)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    """A weekday is the next one; "next Friday" is the Friday of the next calendar week."""
    kind, _, name = words.rpartition(" ")
    wanted = _DAYS.get(name)
    if wanted is None or kind not in ("", "this", "next", "coming", "this coming"):
        return None
    return of_next_week(today, wanted) if kind == "next" else next_weekday(today, wanted)


def _end_of(words: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:the )?(?:end of |month'?s? ?end)(.*)", words)
    if found is None:
        return None
    of = re.sub(r"^(?:the|this) ", "", found[1]).strip() or "month"
    if of in ("week", "next week"):
        weekend = today + timedelta(days=4 - today.weekday() + (7 if of == "next week" else 0))
        return weekend if weekend >= today else None
    if of in ("month", "next month"):
        return end_of_month(today.year, today.month + (of == "next month"))
    month = _MONTHS.get(of)
    return end_of_month(today.year + (month < today.month), month) if month else None


def _spoken(words: str, today: date) -> date | None:
    """Let dateparser read what names a month and a day, or counts from today; nothing else is given to it."""
    weekday, rest = _without_weekday(words)
    parts = rest.split()
    dated = any(part in _MONTHS for part in parts) and _DAY_OF_MONTH.search(rest) is not None
    if not dated and not (_NEAR.fullmatch(words) and weekday is None):
        return None
    found = _parsed(rest, today)
    if found is None or (weekday is not None and found.weekday() != weekday):
        return None
    return found if not dated or _YEAR.search(rest) or found - today <= YEARLESS else None


def _without_weekday(words: str) -> tuple[int | None, str]:
    first, _, rest = words.partition(" ")
    return (_DAYS[first], rest) if first in _DAYS and rest else (None, words)


def _parsed(words: str, today: date) -> date | None:
    # Imported here because it takes a tenth of a second, which no other command should pay.
    import dateparser

    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return found.date() if found else None
