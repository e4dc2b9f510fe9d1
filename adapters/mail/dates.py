"""Dates at the end of an action, read only when they can mean one day; a wrong date is worse than none."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from adapters.mail.calendar_days import YEARLESS, end_of_month, next_weekday, of_next_week, soonest
from adapters.mail.dates_abroad import abroad
from adapters.mail.words import MONTHS, WEEKDAYS

FARTHEST = timedelta(days=548)
MAX_EXPRESSION = 40
_BY = re.compile(
    r"[\s(](?:(?P<en>(?:due )?(?:no later than|not later than|by|until|till|before|due)(?: on)?)|"
    r"(?P<de>bis(?: spätestens)?(?: zum)?|spätestens(?: bis)?(?: zum| am)?|vor dem|fällig(?: am)?)|"
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
_IN = re.compile(
    r"\s(?:(?P<en>in \w+ (?:days?|weeks?|months?))(?:['\u2019]s? time)?|(?P<de>in \w+ (?:tage|woche|monat)e?n?)|"
    r"(?P<fr>dans \w+ (?:jours?|semaines?|mois))|"
    r"(?P<es>(?:dentro de|en) \w+ (?:d[ií]as?|semanas?|mes(?:es)?)))[\s.!)]*$",
    re.IGNORECASE,
)
_ON = re.compile(r"\s(?:(?P<en>on)|(?P<de>am)|(?P<fr>le)|(?P<es>el))\s(?=\S[^,;]{1,30}$)", re.IGNORECASE)
_APART = re.compile(
    r"(?:\s?\((?:by |until |due |bis |spätestens |d['\u2019]ici |avant |pour |antes del? |para el |hasta el )?"
    r"(?P<in>[^()]{2,30})\)|"
    r"\s(?:[-\u2013\u2014>]|->|\u2192)\s(?P<day>[^()]{2,30}))[\s.!]*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\s(within|innerhalb von|innerhalb|binnen|d['\u2019]ici|sous)\s(?=\w+\s\w+[\s.!)]*$)", re.IGNORECASE
)
_IN_WORD = {"within": "in", "innerhalb von": "in", "innerhalb": "in", "binnen": "in"}
_AT_LATEST = re.compile(
    r"[\s,(]+(?:at the (?:very )?latest|latest|the latest|spätestens|au plus tard|a más tardar|como muy tarde|eod|"
    r"eob|cob|end of (?:the )?(?:day|business)|noon|midday|morning|lunchtime|evening|night|mittags?|abends?|früh|midi|"
    r"soir|matin|(?:at |um |à |a las )?\d{1,2}(?:[:.h]\d{2})?\s?(?:am|pm|uhr|h|hs)?)\)?[\s.!)]*$",
    re.IGNORECASE,
)
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
_DAY_ALONE = re.compile(r"(?:the )?(?P<day>\d{1,2})(?:(?P<th>st|nd|rd|th)|(?P<point>\.))?\.?", re.IGNORECASE)
_FIGURES = re.compile(r"(?P<a>\d{1,2})(?:(?P<dot>\.)\s?|[/-])(?P<b>\d{1,2})(?:[./-]\s?(?P<y>\d{4}|\d{2})?)?")
_NEXT_WEEK = re.compile(
    r"(?:,?\s|^)(?:(?:of )?next week|(?:in )?(?:der )?nächste[rn]? woche|(?:de )?la semaine prochaine|"
    r"de la (?:próxima semana|semana que viene))(?:\s|$)"
)
_THE_DATE = re.compile(r"^(\w+),? (?:den|dem|the|le|el) (?=\d)", re.IGNORECASE)
_PART_OF_DAY = re.compile(
    r"(?<=tag|och|end)(?:früh|vormittag|mittag|nachmittag|abend)s?$|\s(?:at noon|a mediodía|à midi)$", re.IGNORECASE
)
_ARTICLES = ("le", "el", "del", "au", "the")
_DAY_OF_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\b")


def split_due(words: str, today: date) -> tuple[str, date | None]:
    """Return the action without its date, and the date; or the whole text and None when no single day is meant.

    Small words such as "for" open more than dates, so what stands behind the last few of them is tried.
    """
    return next(filter(_is_dated, _split(words, today)), (words, None))


def ends_by(words: str) -> bool:
    """Say whether a small word such as "by" stands in it, so that a day is a limit and no plan for that day."""
    return _BY.search(f" {words}") is not None


def _is_dated(split: tuple[str, date | None]) -> bool:
    return split[1] is not None


def _split(words: str, today: date) -> Iterator[tuple[str, date | None]]:
    """Give the ways in which a day may end the words: behind "by", in so many weeks, tomorrow, on a day."""
    yield _beside(words, today)
    for openings in (_BY, _ON):
        for found in list(openings.finditer(words))[: -MAX_TRIES - 1 : -1]:
            language, expression = found.lastgroup or "en", words[found.end() :]
            if not words[: found.start()].strip() or len(expression) > MAX_EXPRESSION:
                break
            left = words[: found.start()].rstrip(" ,;(-")
            if found[0].split()[-1].casefold() in _ARTICLES and expression.rstrip(" .!").isdigit():
                yield left, _of_month(int(expression.rstrip(" .!")), today)
            for said in dict.fromkeys((expression, _AT_LATEST.sub("", expression))):
                yield left, _due(said, today, language)
        if openings is _BY:
            yield _counted(words, today)
            yield _soon(words, today)


def _beside(words: str, today: date) -> tuple[str, date | None]:
    """Return the day that stands apart at the end: "the outline (19 March)", "the outline - Friday"."""
    found = _APART.search(words)
    if found is None or not words[: found.start()].strip():
        return words, None
    said = _AT_LATEST.sub("", found["day"] or found["in"])
    days = {_due(said, today, language) for language in ("en", "de", "fr", "es")} - {None}
    return words[: found.start()].rstrip(" ,;(-"), days.pop() if len(days) == 1 else None


def _of_next_week(expression: str, today: date) -> date | None:
    """Return the weekday that is said to be one of the next week: "Friday next week", "Freitag nächster Woche"."""
    words = expression.casefold().strip(" ,.!;)")
    found = _NEXT_WEEK.search(words)
    day = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,") if found else ""
    said = (
        {understood(day, today), *(abroad(day, today, other) for other in ("de", "fr", "es"))} - {None}
        if day
        else set()
    )
    named = said.pop() if len(said) == 1 else None
    return of_next_week(today, named.weekday()) if named else None


def _by_number(expression: str, today: date) -> date | None:
    """Return a day written in figures that can be read in one way alone: 19/3 and 3/19, but not 4/12."""
    found = _FIGURES.fullmatch(expression.strip(" ,!;)"))
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    if found["dot"] and first <= 12 and not found["y"] and not expression.strip(" ,!;)").endswith("."):
        return None
    day, month = (first, second) if found["dot"] or first > 12 else (second, first)
    if not found["dot"] and (first > 12) == (second > 12):
        return None
    year = int(found["y"]) if found["y"] else None
    day_ = soonest(today, day, month, year + 2000 if year is not None and year < 100 else year)
    return day_ if day_ and today <= day_ <= today + FARTHEST else None


def _of_month(number: int, today: date) -> date | None:
    """Return the next day of that number: "by the 19th"."""
    ahead = (today + timedelta(days=days) for days in range(31))
    return next((day for day in ahead if day.day == number), None)


def _counted(words: str, today: date) -> tuple[str, date | None]:
    """A time from now needs no small word before it: "in two weeks"."""
    words = _WITHIN.sub(lambda said: f" {_IN_WORD.get(said[1].casefold(), 'dans')} ", words)
    found = _IN.search(words)
    if found is None or not words[: found.start()].strip():
        return words, None
    language = found.lastgroup or "en"
    return words[: found.start()].rstrip(" ,;(-"), _due(found[language], today, language)


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
    expression = _PART_OF_DAY.sub("", _THE_DATE.sub(r"\1 ", expression))
    other = _of_next_week(expression, today) or _by_number(expression, today)
    if other is not None:
        return other
    number = _DAY_ALONE.fullmatch(expression.strip(" ,!;)"))
    if number and (number["th"] or number["point"]):
        return _of_month(int(number["day"]), today)
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
