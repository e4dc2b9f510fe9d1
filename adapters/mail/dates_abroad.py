"""Dates as people write them in German, French and Spanish, read only when they can mean one day."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from adapters.mail.almanac import counts, numbered, pattern, table
from adapters.mail.calendar_days import end_of_month, in_months, next_weekday, of_next_week, soonest


@dataclass(frozen=True, slots=True)
class Almanac:
    """One language's words, without accents, as its file under lexicons/times has them; `units` are counted in days."""

    days: dict[str, int]
    months: dict[str, int]
    spoken: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, int]
    next_day: re.Pattern[str]
    counted: re.Pattern[str]
    month_end: re.Pattern[str]
    week_end: re.Pattern[str]
    next_week: re.Pattern[str]
    numeric: re.Pattern[str]
    leading: re.Pattern[str]


@cache
def _almanac(language: str) -> Almanac:
    months = numbered(language, "months", "months_short")
    words = table(language, "dates")
    return Almanac(
        days=numbered(language, "weekdays", "weekdays_short"),
        months={name: number + 1 for name, number in months.items()},
        spoken=table(language, "days")["spoken"],
        numbers=counts(language),
        units=words["units"],
        **{name: pattern(language, "dates", name) for name in words if name != "units"},
    )


_DATED = re.compile(
    r"(?:(?P<weekday>[a-z]+)\.? )?(?P<d>\d{1,2})(?:\.|er|ro|o)? (?:de )?(?P<month>[a-z]{3,10})\.?"
    r"(?: (?:de |del )?(?P<y>\d{4}))?"
)
_AFTER = re.compile(r"(?P<weekday>[a-z]+)\.? (?P<rest>\d.*)")


def abroad(expression: str, today: date, language: str) -> date | None:
    """Return the day that an expression in one of the languages ("de", "fr", "es") means, or None."""
    almanac = _almanac(language)
    words = _plain(expression)
    for _ in range(2):
        words = almanac.leading.sub("", words)
    return (
        _spoken(words, today, almanac)
        or _dated(words, today, almanac)
        or _numeric(words, today, almanac)
        or _weekday(words, today, almanac)
        or _counted(words, today, almanac)
        or _ends(words, today, almanac)
    )


def _plain(expression: str) -> str:
    folded = unicodedata.normalize("NFD", expression.casefold().replace("\u2019", "'").replace("ß", "ss"))
    letters = "".join(c for c in folded if unicodedata.category(c) != "Mn").replace(",", " ")
    return " ".join(letters.split()).strip(" .!;)")


def _spoken(words: str, today: date, almanac: Almanac) -> date | None:
    days = almanac.spoken.get(words)
    return today + timedelta(days=days) if days is not None else None


def _dated(words: str, today: date, almanac: Almanac) -> date | None:
    found = _DATED.fullmatch(words)
    month = almanac.months.get(found["month"]) if found else None
    if found is None or month is None or (found["weekday"] and found["weekday"] not in almanac.days):
        return None
    day = soonest(today, int(found["d"]), month, int(found["y"]) if found["y"] else None)
    if day is None or (found["weekday"] and almanac.days[found["weekday"]] != day.weekday()):
        return None
    return day


def _numeric(words: str, today: date, almanac: Almanac) -> date | None:
    """In these languages the day comes before the month."""
    after = _AFTER.fullmatch(words)
    weekday = almanac.days.get(after["weekday"]) if after else None
    found = almanac.numeric.fullmatch(after["rest"] if after and weekday is not None else words)
    if found is None:
        return None
    year = int(found["y"]) if found["y"] else None
    day = soonest(today, int(found["d"]), int(found["m"]), year + 2000 if year is not None and year < 100 else year)
    return day if day is None or weekday is None or day.weekday() == weekday else None


def _weekday(words: str, today: date, almanac: Almanac) -> date | None:
    if words in almanac.days:
        return next_weekday(today, almanac.days[words])
    found = almanac.next_day.fullmatch(words)
    if found is None:
        return None
    groups = found.groupdict()
    name = groups.get("day") or groups.get("other") or groups.get("later")
    wanted = almanac.days.get(name or "")
    if wanted is None:
        return None
    return next_weekday(today, wanted) if groups.get("plain") else of_next_week(today, wanted)


def _counted(words: str, today: date, almanac: Almanac) -> date | None:
    found = almanac.counted.fullmatch(words)
    if found is None:
        return None
    said = found["count"]
    count = int(said) if said.isdigit() and len(said) < 4 else almanac.numbers.get(said)
    if count is None:
        return None
    unit = found["unit"]
    days = almanac.units.get(unit)
    return today + timedelta(days=count * days) if days is not None else in_months(today, count)


def _ends(words: str, today: date, almanac: Almanac) -> date | None:
    if almanac.next_week.fullmatch(words):
        return today + timedelta(days=7)
    week = almanac.week_end.fullmatch(words)
    if week:
        friday = today + timedelta(days=4 - today.weekday() + (7 if week["next"] else 0))
        return friday if friday >= today else None
    month = almanac.month_end.fullmatch(words)
    if month is None:
        return None
    if month["month"]:
        number = almanac.months.get(month["month"])
        return end_of_month(today.year + (number < today.month), number) if number else None
    return end_of_month(today.year, today.month + bool(month["next"]))
