"""The hours of the day that prose names: "3pm", "15:30", "16 Uhr", "à 14 h 30", "a las 9", "half past two", "noon"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from adapters.mail.almanac import either

# An hour this early without a word for the night is meant in the afternoon: nobody meets at three in the morning.
EARLIEST = 7
_HALF = r"(?P<m>[0-5]\d)"
_AM_PM = r"\s?(?P<half>[ap])\.?\s?m\b\.?"
_AT = rf"\b(?:{either('hours', 'at')})\s"
_UNIT = either("hours", "unit")
_PARTS = either("hours", "parts")
_ALONE = either("hours", "alone")
_HALF_PAST = either("hours", "half_past")
_AFTERNOON = re.compile(either("hours", "afternoon"))
_OCLOCK = either("hours", "oclock")
_NO_HOUR = either("hours", "no_hour")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<h>\d{{1,2}})(?:[:.]{_HALF})?{_AM_PM}",
        rf"\b(?P<h>\d{{1,2}}):{_HALF}(?::\d\d)?\b(?:\s?(?:{_UNIT})\b)?",
        rf"\b(?P<h>\d{{1,2}})\.{_HALF}(?:\s?(?:{_PARTS})\b)",
        rf"\b(?P<h>\d{{1,2}})\s?(?:{_PARTS})\s?{_HALF}\b",
        rf"{_AT}(?P<h>\d{{1,2}})\.{_HALF}(?![\d.])",
        rf"\b(?P<h>\d{{1,2}})\s?(?:{_OCLOCK})\b",
        rf"\b(?P<h>(?:[7-9]|1\d|2[0-3]|0\d))\s?(?:{either('hours', 'bare')})\b",
        rf"{_AT}(?P<h>\d{{1,2}})(?:\s?(?:{_ALONE})(?!\s?\d))?\b"
        rf"(?![./:]\d|[%\u20ac$]|\s?h\s?\d|\s?(?:{_NO_HOUR}))",
        rf"\b(?:{_HALF_PAST})\s(?P<h>\d{{1,2}})\b",
        rf"\b(?P<noon>{either('hours', 'noon')})\b",
    )
)


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
            and not _AFTERNOON.search(words, max(match.start() - 6, 0), match.end())
        ):
            taken = match.end()
            yield Clock(match.start(), match.end(), at)


def _longest_first(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def _time(match: re.Match[str]) -> time | None:
    said = match.groupdict()
    if said.get("noon"):
        return time(12)
    hour, minute = int(said["h"]), int(said.get("m") or (30 if re.match(_HALF_PAST, match[0]) else 0))
    half = said.get("half")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    elif hour < EARLIEST and not said["h"].startswith("0"):
        hour += 12
    return time(hour, minute) if hour < 24 else None
