"""How domain values become JSON and come back exactly; the names here stand in stored events for ever."""

import dataclasses
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Transcoding, TranscodingNotRegisteredError

from adapters.keys import Keyring
from domain.by import By
from domain.calendar import Attendee, CalendarEntry, Response, Shows
from domain.charter import Charter, ConflictPolicy, Organiser, Rhythm, Role, Venue
from domain.conversation import AgendaItems
from domain.facts import Choice, Fact, FactKind
from domain.goals import GoalKind, GoalReaders
from domain.hearing import Deed, DeedKind, Heard, Question
from domain.hours import Leave, SpecialHours, Travel
from domain.interval import Interval
from domain.personal import Personal
from domain.samples import Sample

VALUES: dict[str, type] = {
    "by": By,
    "charter": Charter,
    "interval": Interval,
    "agenda-items": AgendaItems,
    "attendee": Attendee,
    "calendar-entry": CalendarEntry,
    "heard": Heard,
    "deed": Deed,
    "travel": Travel,
    "leave": Leave,
    "special-hours": SpecialHours,
    "fact": Fact,
    "sample": Sample,
}
CHOICES: dict[str, type[Enum]] = {
    "role": Role,
    "organiser": Organiser,
    "conflict-policy": ConflictPolicy,
    "venue": Venue,
    "rhythm": Rhythm,
    "response": Response,
    "shows": Shows,
    "question": Question,
    "deed-kind": DeedKind,
    "fact-kind": FactKind,
    "dead-end-choice": Choice,
    "goal-kind": GoalKind,
    "goal-readers": GoalReaders,
}
_PLAIN = (type(None), bool, int, float, str)


class StoreTranscoder(JSONTranscoder):
    """JSON that names every type beyond JSON's own, so that tuples, choices and dates come back as such.

    Personal values are sealed with their owner's key; the text of an erased one stays null. A value of an
    unknown type is refused, naming the type and never showing the value.
    """

    def __init__(self, keyring: Keyring) -> None:
        super().__init__()
        for transcoding in _transcodings(keyring):
            self.register(transcoding)

    def encode(self, obj: Any) -> bytes:
        """Return the value as UTF-8 JSON."""
        return json.dumps(self._tree(obj), separators=(",", ":"), ensure_ascii=False).encode()

    def _tree(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is list:
            return [self._tree(item) for item in value]
        if kind is dict:
            return {_name(key): self._tree(item) for key, item in value.items()}
        transcoding = self.types.get(kind)
        if transcoding is None:
            raise TranscodingNotRegisteredError(f"no name is given to the type {kind.__qualname__}")
        return {"_type_": transcoding.name, "_data_": self._tree(transcoding.encode(value))}


def _name(key: object) -> str:
    if type(key) is not str or key in ("_type_", "_data_"):
        raise TypeError("the keys of a stored mapping must be plain text")
    return key


def _transcodings(keyring: Keyring) -> Iterable[Transcoding]:
    yield from (UuidAsText(), DatetimeAsUtc(), DateAsIso(), TupleAsList(), SealedPersonal(keyring))
    yield from (FieldsByName(name, kind) for name, kind in VALUES.items())
    yield from (ChoiceByValue(name, kind) for name, kind in CHOICES.items())


class FieldsByName(Transcoding):
    """A frozen dataclass as its fields by name; a field added later needs a default."""

    def __init__(self, name: str, kind: type) -> None:
        self.name = name
        self.type = kind
        self._fields = tuple(field.name for field in dataclasses.fields(kind))

    def encode(self, obj: Any) -> dict[str, Any]:
        """Return the fields."""
        return {name: getattr(obj, name) for name in self._fields}

    def decode(self, data: dict[str, Any]) -> Any:
        """Return the value."""
        return self.type(**data)


class ChoiceByValue(Transcoding):
    """A member of an enumeration as its value."""

    def __init__(self, name: str, kind: type[Enum]) -> None:
        self.name = name
        self.type = kind
        self._members = {str(member.value): member for member in kind}

    def encode(self, obj: Any) -> str:
        """Return the plain value."""
        return str(obj.value)

    def decode(self, data: str) -> Any:
        """Return the member."""
        return self._members[data]


class TupleAsList(Transcoding):
    """A tuple, which JSON would give back as a list."""

    name = "tuple"
    type = tuple

    def encode(self, obj: tuple[Any, ...]) -> list[Any]:
        """Return the items."""
        return list(obj)

    def decode(self, data: list[Any]) -> tuple[Any, ...]:
        """Return the tuple."""
        return tuple(data)


class UuidAsText(Transcoding):
    """A UUID as 32 hexadecimal digits."""

    name = "uuid"
    type = UUID

    def encode(self, obj: UUID) -> str:
        """Return the digits."""
        return obj.hex

    def decode(self, data: str) -> UUID:
        """Return the id."""
        return UUID(data)


class DatetimeAsUtc(Transcoding):
    """An aware instant in UTC; its zone's name is not kept, a value that needs it holds it beside."""

    name = "instant"
    type = datetime

    def encode(self, obj: datetime) -> str:
        """Return ISO 8601 in UTC; an instant without a zone is refused."""
        if obj.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return obj.astimezone(UTC).isoformat()

    def decode(self, data: str) -> datetime:
        """Return the instant."""
        return datetime.fromisoformat(data)


class DateAsIso(Transcoding):
    """A calendar date."""

    name = "date"
    type = date

    def encode(self, obj: date) -> str:
        """Return ISO 8601."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Return the date."""
        return date.fromisoformat(data)


class SealedPersonal(Transcoding):
    """A text of one person as [owner, sealed text]; null in place of the sealed text marks an erased one."""

    name = "personal"
    type = Personal

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def encode(self, obj: Personal) -> list[str | None]:
        """Return the owner and the sealed text."""
        return [obj.owner, self._keyring.seal(obj.owner, obj.text)]

    def decode(self, data: list[Any]) -> Personal:
        """Return the text, or the tombstone when its owner has been forgotten."""
        owner, sealed = data
        return Personal(owner, self._keyring.unseal(owner, sealed))
