"""Judges files without store or configuration: which times a search finds in them, and why."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.errors import BadInput
from domain.hours import DAYS, parse_hours, zone_named
from domain.interval import Interval
from domain.slots import Availability, Search, find_slots
from service.instants import zulu

FREE = ("free", "workingElsewhere", "working_elsewhere", "workinglocation", "workingLocation", "transparent")
LARGEST = 64 * 1024 * 1024
REMEDY = "Write it as docs/reference/cli.md shows under inspect slots."
Json = dict[str, Any]


def files_of(paths: tuple[Path, ...], ending: str) -> list[Path]:
    """Return the files that the paths name, in order; a folder stands for all files with that ending in it, by name."""
    out: list[Path] = []
    for path in paths:
        out += sorted(p for p in path.iterdir() if p.suffix == ending) if path.is_dir() else [path]
    return out


def inspect_slots(path: Path) -> Json:
    """Return what the search finds in one file: every feasible start, the one chosen, and the counters.

    A file that cannot be understood is BadInput.
    """
    try:
        document = json.loads(_read(path))
        search, people, target = _search(document), _people(document), _target(document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadInput(f"The file {path} is not understood ({_reason(error)}).", REMEDY) from None
    found = find_slots(search, people)
    chosen = found.nearest(target) if target else next(iter(found.starts), None)
    return {
        "file": str(path),
        "starts": [zulu(start) for start in found.starts],
        "chosen": zulu(chosen) if chosen else None,
        "counters": [list(counter) for counter in found.counters],
    }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read ({error.strerror}).", "Name a file that is there.") from None


def _reason(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _search(document: Json) -> Search:
    """The search begins when the notice is over; the whole meeting lies inside the window."""
    earliest = _instant(document["now"]) + _minutes(document, "notice_minutes", 0)
    end = _instant(document["window"]["end"])
    start = min(max(_instant(document["window"]["start"]), earliest), end)
    duration, grid = _minutes(document, "duration_minutes"), _minutes(document, "grid_minutes", 15)
    if duration <= timedelta() or grid <= timedelta():
        raise ValueError("duration and grid must be longer than nothing")
    return Search(Interval(start, end), duration, grid, _minutes(document, "buffer_minutes", 0))


def _minutes(document: Json, name: str, otherwise: int | None = None) -> timedelta:
    value = document.get(name)
    if value is None:
        value = document[name] if otherwise is None else otherwise
    if isinstance(value, bool) or value != int(value) or value < 0:
        raise ValueError(f"{name} is no whole number of minutes")
    return timedelta(minutes=int(value))


def _target(document: Json) -> datetime | None:
    return _instant(document["target"]) if document.get("target") else None


def _people(document: Json) -> list[Availability]:
    people = [_person(number, person) for number, person in enumerate(document["people"], 1)]
    if not people:
        raise ValueError("there are no people")
    return people


def _person(number: int, person: Json) -> Availability:
    zone_named(person["zone"])
    hours = "; ".join(_window(window) for window in person["hours"])
    parse_hours(hours)
    busy = tuple(_busy(item) for item in person.get("busy") or () if item.get("status") not in FREE)
    return Availability(person.get("name") or f"person {number}", person["zone"], hours, busy)


def _window(window: Json) -> str:
    days: list[str] = window["days"]
    if not days or any(day not in DAYS for day in days):
        raise ValueError(f"days are from {', '.join(DAYS)}")
    return f"{','.join(days)} {window['from']}-{window['to']}"


def _busy(item: Json) -> Interval:
    return Interval(_instant(item["start"]), _instant(item["end"]))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return instant.astimezone(UTC)
