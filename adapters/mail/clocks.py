"""The hours of the day that prose names: "3pm", "15:30", "16 Uhr", "à 14 h 30", "a las 9", "half past two", "noon"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

# An hour this early without a word for the night is meant in the afternoon: nobody meets at three in the morning.
EARLIEST = 7
_HALF = r"(?P<m>[0-5]\d)"
_AM_PM = r"\s?(?P<half>[ap])\.?\s?m\b\.?"
_AT = r"\b(?:at|@|um|gegen|ab|around|a las?|las|hacia las|sobre las|a|vers)\s"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<h>\d{{1,2}})(?:[:.]{_HALF})?{_AM_PM}",
        rf"\b(?P<h>\d{{1,2}}):{_HALF}(?::\d\d)?\b(?:\s?(?:uhr|h|hrs|heures|horas)\b)?",
        rf"\b(?P<h>\d{{1,2}})\.{_HALF}(?:\s?(?:uhr|h)\b)",
        rf"\b(?P<h>\d{{1,2}})\s?(?:uhr|h)\s?{_HALF}\b",
        rf"{_AT}(?P<h>\d{{1,2}})\.{_HALF}(?![\d.])",
        r"\b(?P<h>\d{1,2})\s?(?:uhr|o'clock|oclock)\b",
        r"\b(?P<h>(?:[7-9]|1\d|2[0-3]|0\d))\s?h(?:eures)?\b",
        rf"{_AT}(?P<h>\d{{1,2}})(?:\s?(?:h(?!\s?\d)|heures|horas))?\b"
        r"(?![./:]\d|[%\u20ac$]|\s?h\s?\d|\s?(?:min|days|tage|jours|dias|percent))",
        r"\b(?:half past|y media)\s(?P<h>\d{1,2})\b",
        r"\b(?P<noon>noon|midday|(?<!-)midi|mediodia|(?:um )?12 uhr mittags|zwolf uhr)\b",
    )
)
_HALF_PAST = re.compile(r"\bhalf past ")


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day and where it stands in the text."""

    start: int
    end: int
    at: time


def clocks_in(words: str) -> Iterator[Clock]:
    """Give the hours that the words name, in order; `words` are folded and without accents."""
    taken = 0
    found = sorted((match for pattern in _PATTERNS for match in pattern.finditer(words)), key=_longest_first)
    for match in found:
        at = _time(match)
        if (
            at is not None
            and match.start() >= taken
            and "apres-midi" not in words[max(match.start() - 6, 0) : match.end()]
        ):
            taken = match.end()
            yield Clock(match.start(), match.end(), at)


def _longest_first(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def _time(match: re.Match[str]) -> time | None:
    said = match.groupdict()
    if said.get("noon"):
        return time(12)
    hour, minute = int(said["h"]), int(said.get("m") or (30 if _HALF_PAST.match(match[0]) else 0))
    half = said.get("half")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    elif hour < EARLIEST and not said["h"].startswith("0"):
        hour += 12
    return time(hour, minute) if hour < 24 else None
