"""The times that somebody names in prose: "Thursday 3pm", "9:00 or 10:15 on Wednesday, Chicago time".

A day and an hour are read apart and brought together by standing beside each other. Days that are refused ("I can't do
Tuesday"), left behind ("from Tuesday") or a limit ("by Friday", "after 3 pm") are no times that somebody offers.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from adapters.mail.almanac import either
from adapters.mail.clocks import Clock, clocks_in
from adapters.mail.hints import MONTH
from adapters.mail.said_days import days_in, is_doubtful, plain
from adapters.mail.said_weeks import Doubt, in_its_week, is_bare, names_another_week, without_next_week
from domain.reply import SaidTime

LONGEST = 600
MOST = 6
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\b\d\.)(?<!\b\d\d\.)(?<!\.m\.)\s+|\n")
_CLAUSE = re.compile(rf",\s|\s[-\u2013\u2014]\s|\s(?=(?:{either('offered', 'but')})\s)")
_NO = re.compile(rf"\b(?:{either('offered', 'refusing')})\b|n't\b")
# Any day will do where only the words for days are looked for.
_ANY_DAY = date(2027, 1, 4)
_TO_MONTH = re.compile(
    rf"\b(?:{either('offered', 'until')})\s(?:(?:{either('offered', 'before_month')})\s)?(?P<month>{MONTH})\b"
)
# What may stand between two times that belong together.
_BETWEEN = re.compile(rf"(?:[\s,/&()+]|\b(?:{either('offered', 'between')})\b)*")
_LIMIT = re.compile(
    rf"\b(?:{either('offered', 'limits')})(?: (?:{either('offered', 'behind_limits')}))*\s*$|\d\s?[-\u2013]\s?$"
)
_LEFT = re.compile(rf"\b(?:{either('offered', 'left')})(?: (?:{either('offered', 'behind_limits')}))*\s*$")
_PLACE = re.compile(
    rf"[\s,(]*(?:(?:{either('hours', 'oclock')})\s)?(?:(?:{either('offered', 'local')})\s)?"
    r"(?P<first>[a-z.'-]+)(?: (?P<second>[a-z.'-]+))?(?: (?P<third>[a-z.'-]+))?"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A day or a clock's hour with where it stands."""

    start: int
    end: int
    day: date | None = None
    clock: Clock | None = None


def times_in(text: str, today: date) -> tuple[SaidTime, ...]:
    """Return the times that the text offers, in its order, as seen from the writer's own day `today`.

    What is not sure to be one time is left out: an hour between two days, a span, a limit. None is there when it is not
    sure in which week it is.
    """
    sentences = [plain(sentence) for sentence in _SENTENCE.split(text[:LONGEST])]
    try:
        times = _times_of(sentences, today)
    except Doubt:
        return ()
    # An hour alone is one of the day that both know, unless another week is spoken of.
    elsewhere = any(names_another_week(words) for words in sentences) and any(said.day is None for said in times)
    return () if elsewhere else times[:MOST]


def _times_of(sentences: list[str], today: date) -> tuple[SaidTime, ...]:
    found: dict[SaidTime, None] = {}
    carried: date | None = None
    weeks = [names_another_week(words) for words in sentences]
    for number, words in enumerate(sentences):
        apart = any(weeks[:number] + weeks[number + 1 :]) and not weeks[number]
        for group in () if is_doubtful(words) else _offered(words, today):
            if apart and any(one.day and is_bare(words[one.start : one.end]) for one in group):
                raise Doubt
            times = _together(words, group, carried)
            found |= dict.fromkeys(times)
            carried = next((said.day for said in reversed(times) if said.day), carried)
    return tuple(found)


def names_times(text: str, today: date) -> bool:
    """Say whether the text names a day or an hour that is not only refused or left behind, be it clear or not."""
    return any(
        is_doubtful(words) or any(not _LEFT.search(words, 0, group[0].start) for group in _kept(words, today))
        for words in (plain(sentence) for sentence in _SENTENCE.split(text[:LONGEST]))
    )


def without_times(sentence: str) -> tuple[str, bool]:
    """Return the sentence without the days, hours and places in it, and whether there were any."""
    shown = " ".join(sentence.replace("\u00df", "ss").replace("\u2019", "'").split())[:LONGEST]
    folded = "".join(unicodedata.normalize("NFD", letter)[0] for letter in shown.casefold())
    if len(folded) != len(shown):
        return sentence, False
    spans = [(start, end) for start, end, _ in days_in(folded, _ANY_DAY)]
    spans += [(clock.start, _zone(folded, clock.end)[1]) for clock in clocks_in(folded)]
    spans += [found.span("month") for found in _TO_MONTH.finditer(folded)]
    left = shown
    for start, end in sorted(spans, reverse=True):
        left = f"{left[:start]} {left[end:]}"
    return left, bool(spans)


def _offered(words: str, today: date) -> Iterator[list[_Named]]:
    """Give the days and hours of a sentence that stand together and are neither refused nor a limit."""
    for group in _kept(words, today):
        limits = [one for one in group if _LIMIT.search(without_next_week(words), 0, one.start)]
        # An hour behind a day that is a limit, or left behind, is one of that day.
        lost = any(one in limits and after.clock for one, after in pairwise(group))
        if not lost and not any(one.clock for one in limits) and len(limits) < len(group):
            yield [_in_week(words, one, today) for one in group if one not in limits]


def _kept(words: str, today: date) -> Iterator[list[_Named]]:
    """Give the days and hours of a sentence that stand together and are not refused."""
    words = without_next_week(words)
    days = [_Named(start, end, day=day) for start, end, day in days_in(words, today)]
    hours = [_Named(clock.start, clock.end, clock=clock) for clock in clocks_in(words)]
    named = sorted([*days, *(hour for hour in hours if not any(_overlap(hour, day) for day in days))], key=_start)
    refused = {id(one) for one in _refused(words, named)}
    yield from _groups(words, [one for one in named if id(one) not in refused])


def _in_week(words: str, one: _Named, today: date) -> _Named:
    clause = next(span for span in _clauses(words) if span[0] <= one.start <= span[1])
    return replace(one, day=in_its_week(words, clause, one.start, one.end, one.day, today)) if one.day else one


def _refused(words: str, named: list[_Named]) -> Iterator[_Named]:
    """A "no" takes the times of its clause; one that comes behind them takes all that stand together before it."""
    for start, end in _clauses(words):
        inside = [one for one in named if start <= one.start < end]
        denied = _NO.search(words, start, end)
        if not inside or denied is None:
            continue
        yield from inside
        if denied.start() > inside[-1].end:
            yield from next((group for group in _groups(words, named) if inside[0] in group), [])


def _clauses(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _CLAUSE.finditer(words):
        yield start, found.start()
        start = found.end()
    yield start, len(words)


def _groups(words: str, named: list[_Named]) -> Iterator[list[_Named]]:
    """Part the times where other words stand between them."""
    group: list[_Named] = []
    for one in named:
        if group and not _BETWEEN.fullmatch(words, _end(words, group[-1]), one.start):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _together(words: str, group: list[_Named], carried: date | None) -> list[SaidTime]:
    """Bring days and hours together: hours belong to the day before them, or to the first day behind them.

    A place that is named behind the last of them is where they all are told.
    """
    zone = _zone(words, group[-1].end)[0]
    days = [one for one in group if one.day]
    if not days:
        return [_said(words, carried, one, zone) for one in group]
    if group[-1].day and len(days) > 1 and group[-2].clock:
        return []
    times: list[SaidTime] = []
    current = [days[0].day] if group[0].clock else []
    for number, one in enumerate(group):
        if one.day:
            current = [*current, one.day] if number and group[number - 1].day else [one.day]
            times += [] if any(other.clock for other in group) else [SaidTime(one.day)]
        else:
            times += [_said(words, day, one, zone) for day in current]
    return times


def _said(words: str, day: date | None, one: _Named, zone: str) -> SaidTime:
    return SaidTime(day, one.clock.at if one.clock else None, _zone(words, one.end)[0] or zone)


def _end(words: str, one: _Named) -> int:
    return _zone(words, one.end)[1] if one.clock else one.end


def _zone(words: str, start: int) -> tuple[str, int]:
    """Return the zone of a city named behind a time, and where its name ends."""
    found = _PLACE.match(words, start)
    for last in ("third", "second", "first") if found else ():
        name = words[found.start("first") : found.end(last)] if found and found[last] else ""
        zone = _cities().get(name.rstrip("."), "") or _cities().get(name.removesuffix("er"), "")
        if zone and found:
            return zone, found.end(last)
    return "", start


@cache
def _cities() -> dict[str, str]:
    """Return the zone of each city that one is named for, as words are compared."""
    zones = sorted(zone for zone in available_timezones() if zone.count("/") == 1)
    areas = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    known = {plain(zone.partition("/")[2].replace("_", " ")): zone for zone in zones if zone.split("/")[0] in areas}
    return known | {"munich": "Europe/Berlin", "munchen": "Europe/Berlin", "frankfurt": "Europe/Berlin"}


def _overlap(one: _Named, other: _Named) -> bool:
    return one.start < other.end and other.start < one.end


def _start(one: _Named) -> int:
    return one.start
