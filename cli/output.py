"""How commands speak: data to stdout as fixed-width tables or one JSON document, talk to stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

import click

GUTTER = "  "


def say(line: str = "") -> None:
    """Print one line of data; a letter that the terminal's encoding lacks becomes its number instead of an error."""
    encoding = sys.stdout.encoding
    click.echo(line.encode(encoding, "backslashreplace").decode(encoding))


def talk(line: str) -> None:
    """Print one line that is not data."""
    click.echo(line, err=True)


def document(command: str, body: object) -> None:
    """Print the one JSON document of a reading command; `body` is a dataclass or a mapping."""
    plain = jsonable(body)
    # Escaped, so that it is JSON in every encoding.
    click.echo(json.dumps({"schema": f"mentorsync.{command}/1", **plain}, indent=2))


def jsonable(value: Any) -> Any:
    """Return the value in JSON's own types; instants become UTC with Z, dataclasses objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [jsonable(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, PurePath) else value


def stamp(instant: datetime) -> str:
    """Return an instant as ISO 8601 in UTC with Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def utc(instant: datetime | None) -> str:
    """Return an instant to the minute in UTC, or "-"; its column or sentence says that it is UTC."""
    return "-" if instant is None else f"{instant.astimezone(UTC):%Y-%m-%d %H:%M}"


def local(instant: datetime | None, zone: str) -> str:
    """Return an instant as the wall clock of that IANA zone shows it, with the zone's abbreviation, or "-"."""
    return "-" if instant is None else f"{instant.astimezone(ZoneInfo(zone)):%a %d %b %H:%M %Z}"


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], indent: str = "") -> None:
    """Print rows under headers, each column as wide as its widest cell.

    An empty cell is "-", in a column of marks (one without a header) a blank.
    """
    cells = [[_cell(value) if name or value else "" for name, value in zip(headers, row, strict=True)] for row in rows]
    widths = [max(len(row[column]) for row in [list(headers), *cells]) for column in range(len(headers))]
    lines = (
        indent + GUTTER.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [list(headers), *cells]
    )
    say("\n".join(line.rstrip() for line in lines))


def _cell(value: object) -> str:
    """One line, whatever a person's name or an outside reason contains."""
    text = "" if value is None else str(value)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text.strip() or "-"


def pairs(rows: Sequence[tuple[str, object]], indent: str = "") -> None:
    """Print names and values in two columns without headers."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        say(f"{indent}{name.ljust(width)}{GUTTER}{_cell(value)}".rstrip())
