"""Dates as people write them in German, French and Spanish, read only when they can mean one day."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from adapters.mail.calendar_days import end_of_month, in_months, next_weekday, of_next_week, soonest


@dataclass(frozen=True, slots=True)
class Almanac:
    """One language's words, without accents. Patterns have the groups that `_PATTERNS` names."""

    days: dict[str, int]
    months: dict[str, int]
    spoken: dict[str, int]
    numbers: dict[str, int]
    next_day: re.Pattern[str]
    counted: re.Pattern[str]
    month_end: re.Pattern[str]
    week_end: re.Pattern[str]
    next_week: re.Pattern[str]
    numeric: re.Pattern[str]
    leading: re.Pattern[str]


_UNITS = {"tag": 1, "jour": 1, "dia": 1, "woche": 7, "semaine": 7, "semana": 7}


def _numbered(words: str, start: int = 0) -> dict[str, int]:
    return {name: number for number, names in enumerate(words.split(), start) for name in names.split("/")}


_GERMAN = Almanac(
    days=_numbered("montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sa/sonnabend sonntag/so"),
    months=_numbered(
        "januar/jan/janner februar/feb/febr marz/maerz april/apr mai juni/jun juli/jul august/aug september/sept/sep "
        "oktober/okt november/nov dezember/dez",
        1,
    ),
    spoken={"heute": 0, "morgen": 1, "ubermorgen": 2, "heute abend": 0},
    numbers=_numbered("ein/eine/einem/einer zwei drei vier funf sechs sieben acht neun zehn elf zwolf", 1),
    next_day=re.compile(r"(?:(?P<next>nachste[nrs]?)|(?P<plain>kommende[nrs]?|diese[nrms]?)) (?P<day>\w+)"),
    counted=re.compile(r"in (?P<count>\w+) (?P<unit>tag|woche|monat)(?:en|n|e)?"),
    month_end=re.compile(
        r"(?:monatsende|ende (?:des monats|diesen monats|(?P<next>(?:des )?nachsten monats)|(?P<month>[a-z]+)))"
    ),
    week_end=re.compile(r"(?:ende der woche|ende dieser woche|wochenende|(?P<next>ende (?:der )?nachste[rn] woche))"),
    next_week=re.compile(r"nachste woche|kommende woche"),
    numeric=re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.?\s?(?P<y>\d{4}|\d{2})?"),
    leading=re.compile(r"^(?:zum|am|spatestens|dem|den|zu|der|im laufe des) "),
)
_FRENCH = Almanac(
    days=_numbered("lundi/lun mardi mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim"),
    months=_numbered(
        "janvier/janv fevrier/fevr mars avril mai juin juillet/juil aout septembre/sept octobre/oct novembre/nov "
        "decembre/dec",
        1,
    ),
    spoken={"aujourd'hui": 0, "demain": 1, "apres-demain": 2, "ce soir": 0},
    numbers=_numbered("un/une deux trois quatre cinq six sept huit neuf dix onze douze", 1) | {"quinze": 15},
    next_day=re.compile(r"(?:(?P<day>\w+) (?P<next>prochain|de la semaine prochaine)|(?P<plain>ce) (?P<other>\w+))"),
    counted=re.compile(r"(?:dans |en )?(?P<count>\w+) (?P<unit>jour|semaine|mois)s?"),
    month_end=re.compile(r"(?:la )?fin (?:du mois|de ce mois|(?P<next>du mois prochain)|(?:de |d')?(?P<month>[a-z]+))"),
    week_end=re.compile(r"(?:la )?fin de (?:la semaine|cette semaine|(?P<next>la semaine prochaine))"),
    next_week=re.compile(r"(?:la )?semaine prochaine"),
    numeric=re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?"),
    leading=re.compile(r"^(?:le |au |a |la |l')"),
)
_SPANISH = Almanac(
    days=_numbered("lunes/lun martes miercoles/mie jueves/jue viernes/vie sabado/sab domingo/dom"),
    months=_numbered(
        "enero/ene febrero/feb marzo abril/abr mayo junio/jun julio/jul agosto/ago septiembre/sept/setiembre "
        "octubre/oct noviembre/nov diciembre/dic",
        1,
    ),
    spoken={"hoy": 0, "manana": 1, "pasado manana": 2, "esta noche": 0},
    numbers=_numbered("un/una dos tres cuatro cinco seis siete ocho nueve diez once doce", 1) | {"quince": 15},
    next_day=re.compile(
        r"(?:(?P<next>proximo) (?P<day>\w+)|(?P<later>\w+) "
        r"(?:que viene|proximo|de la (?:proxima semana|semana que viene))"
        r"|(?P<plain>este) (?P<other>\w+))"
    ),
    counted=re.compile(r"(?:dentro de|en) (?P<count>\w+) (?P<unit>dia|semana|mes)(?:e?s)?"),
    month_end=re.compile(
        r"(?:el )?(?:fin|final|finales) (?:de mes|del mes|de este mes|"
        r"(?P<next>del (?:proximo mes|mes que viene))|de (?P<month>[a-z]+))"
    ),
    week_end=re.compile(
        r"(?:el )?(?:fin|final) de (?:la semana|esta semana|(?P<next>la (?:proxima semana|semana que viene)))"
    ),
    next_week=re.compile(r"(?:la )?(?:proxima semana|semana que viene)"),
    numeric=re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?"),
    leading=re.compile(r"^(?:el |la |del |al |dia )"),
)
_DATED = re.compile(
    r"(?:(?P<weekday>[a-z]+)\.? )?(?P<d>\d{1,2})(?:\.|er|ro|o)? (?:de )?(?P<month>[a-z]{3,10})\.?"
    r"(?: (?:de |del )?(?P<y>\d{4}))?"
)
_AFTER = re.compile(r"(?P<weekday>[a-z]+)\.? (?P<rest>\d.*)")


def abroad(expression: str, today: date, language: str) -> date | None:
    """Return the day that an expression in one of the languages ("de", "fr", "es") means, or None."""
    almanac = {"de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}[language]
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
    return today + timedelta(days=count * _UNITS[unit]) if unit in _UNITS else in_months(today, count)


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
