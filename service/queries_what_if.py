"""What would have been under another charter: the same people did the same things, and all else is planned anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from domain.acts import Name, acts_of, is_own, name_of
from domain.charter import Charter
from domain.errors import BadInput
from domain.meeting import Meeting
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reliving import Reliving
from service.event_words import event_words
from service.house import House
from service.names import relationship_named
from service.reliving_people import people_of

LIMITS = (
    "what people did happens when they did it; what cannot happen any more, such as an answer to a meeting that is not "
    "there, is left out, and nobody does anything new",
    "a time counts as free where a recorded search found it free, and as taken everywhere else",
    "both lives are without outages: everything is done when it is due, and every mail and event arrives",
    "other relationships of the two are not looked at",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the charter that is another one."""

    name: str
    was: str
    would_be: str


@dataclass(frozen=True, slots=True)
class CycleBoth:
    """One cycle in both lives: when its last meeting starts (UTC) and how it stands; None where there is none."""

    cycle: int
    was: datetime | None
    was_state: str
    would_be: datetime | None
    would_be_state: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that happens by itself in one of the lives only, or at another time: `was` and `would_be` are UTC."""

    what: str
    was: datetime | None
    would_be: datetime | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Both lives held against each other up to `until` (UTC).

    Of `acts` that were recorded `derived` follow again from the charter that held, at the times that were recorded;
    `unfit` is how many acts of people found nothing to act on under the other one.
    """

    id: str
    until: datetime
    terms: tuple[Term, ...]
    acts: int
    derived: int
    unfit: int
    cycles: tuple[CycleBoth, ...]
    differences: tuple[Difference, ...]
    limits: tuple[str, ...]


def what_if(house: House, id_or_prefix: str, terms: Mapping[str, Any]) -> WhatIf:
    """Return what would have differed had these terms of the charter been others from the beginning.

    Raises NotFound, and BadInput for terms that cannot be or are those of the charter already.
    """
    id = relationship_named(house, id_or_prefix)
    stream = tuple(house.streams.events(id))
    relationship = house.streams.relationship(id)
    own = _agreed_first(stream)
    other = _other(own, relationship.mentor_id, terms)
    until = max(house.now(), cast(Any, stream[-1]).by.at)
    people = people_of(house, relationship)
    again = Reliving(stream, people, until, own, paced=True).acts()
    was, would = (Reliving(stream, people, until, charter, other=charter is other) for charter in (own, other))
    was.acts()
    would.acts()
    recorded = acts_of(stream)
    return WhatIf(
        id,
        until,
        _terms(own, other),
        len(recorded),
        len(set(recorded) & set(again)),
        would.unfit,
        tuple(_cycles(was.relationship, would.relationship)),
        _differences(was, would),
        LIMITS,
    )


def _agreed_first(stream: Sequence[object]) -> Charter:
    """Return the charter that was asked for, or the one on which the mentor said yes instead."""
    own: Charter = cast(Any, stream[0]).charter
    countered = (event for event in stream if type(event).__name__ == "AcceptedWithCounter")
    return next((cast(Any, event).charter for event in countered), own)


def _other(own: Charter, mentor: str, terms: Mapping[str, Any]) -> Charter:
    changes = {name: _value(own, mentor, name, value) for name, value in terms.items()}
    other = replace(own, **changes).checked()
    if other == own:
        raise BadInput("Nothing in that charter is another.", "Give a term such as --cadence-days with another value.")
    return other


def _value(own: Charter, mentor: str, name: str, value: Any) -> Any:
    kind = type(getattr(own, name))
    if name == "place":
        return Personal(mentor, value)
    return kind(value.replace("-", "_")) if issubclass(kind, StrEnum) else value


def _terms(own: Charter, other: Charter) -> tuple[Term, ...]:
    both = ((field.name, getattr(own, field.name), getattr(other, field.name)) for field in fields(own))
    return tuple(Term(name, _said(was), _said(would)) for name, was, would in both if was != would)


def _said(value: object) -> str:
    return value.reveal() if isinstance(value, Personal) else str(value).replace("_", " ")


def _cycles(was: Relationship, would: Relationship) -> Iterable[CycleBoth]:
    before, after = _last_of_cycles(was), _last_of_cycles(would)
    for cycle in sorted(before.keys() | after.keys()):
        yield CycleBoth(cycle, *_shown(before.get(cycle)), *_shown(after.get(cycle)))


def _last_of_cycles(relationship: Relationship) -> dict[int, Meeting]:
    return {meeting.cycle: meeting for meeting in relationship.meetings.items}


def _shown(meeting: Meeting | None) -> tuple[datetime | None, str]:
    return (meeting.time.start, meeting.state.value.replace("_", " ")) if meeting is not None else (None, "")


def _differences(was: Reliving, would: Reliving) -> tuple[Difference, ...]:
    before, after = _named(was.lived), _named(would.lived)
    found = []
    for name in before.keys() | after.keys():
        one, other = before.get(name), after.get(name)
        told: Any = one if other is None else other
        at, then = (event.by.at if event is not None else None for event in (one, other))
        if at != then:
            found.append(Difference(event_words(told), at, then, told.by.clause))
    return tuple(sorted(found, key=lambda item: (min(t for t in (item.was, item.would_be) if t), item.what)))


def _named(lived: Iterable[Any]) -> dict[tuple[Name, datetime | None, int], Any]:
    """Return what happened by itself by its name, the time that it sets, and which of that name it is."""
    out: dict[tuple[Name, datetime | None, int], Any] = {}
    for event in lived:
        if is_own(event):
            time = getattr(event, "time", None)
            start = time.start if time is not None else None
            name = name_of(event)
            nth = sum(1 for known in out if known[:2] == (name, start))
            out[name, start, nth] = event
    return out
