"""What belongs to one person in all that was recorded, and what was destroyed when she was forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from domain.personal import Personal


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were destroyed beside a person's key.

    `entries` are those of the copy of her calendar, `cursors` the marks up to where it was read, `addresses` the hashes
    by which she was found, `samples` the files of hers that waited for an agenda.
    """

    entries: int
    cursors: int
    addresses: int
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Belonging:
    """One text of a person: `place` is the name of the field that it stands in, with those of the values around it."""

    place: str
    text: Personal


def belongings(recorded: object, owner: str) -> Iterator[Belonging]:
    """Give every text of that owner in an event, whatever values it stands in."""
    return _found(vars(recorded), owner, "")


def _found(value: object, owner: str, place: str) -> Iterator[Belonging]:
    if isinstance(value, Personal):
        if value.owner == owner:
            yield Belonging(place, value)
        return
    for name, item in _parts(value):
        yield from _found(item, owner, f"{place}.{name}".strip("."))


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """Give what a value is made of; the items of a row have no name of their own."""
    if is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from ((str(name), item) for name, item in value.items())
    elif isinstance(value, tuple | list):
        yield from (("", item) for item in value)
