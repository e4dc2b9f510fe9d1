"""The stream of one relationship as lines: when, who, through what, what happened, on which clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from service.event_words import event_words
from service.house import House
from service.names import first_name, names_within, relationship_named


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event at `at` (UTC): `who` is a first name, whose delegate it was, or who acted instead.

    `event` is its topic, `what` says it in plain words.
    """

    at: datetime
    who: str
    channel: str
    event: str
    what: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class History:
    """All that happened in one relationship, oldest first."""

    id: str
    events: tuple[HistoryLine, ...]


def history(house: House, id_or_prefix: str) -> History:
    """Return the whole stream of one relationship, or raise NotFound."""
    id = relationship_named(house, id_or_prefix)
    names = names_within(house, house.streams.relationship(id))
    return History(id, tuple(history_lines(house.streams.events(id), names)))


def history_lines(stream: Iterable[object], names: Mapping[str, str]) -> Iterable[HistoryLine]:
    """Return a line for each event of a relationship's stream; `names` are full names by person id."""
    told = [cast(Any, recorded) for recorded in stream]
    deputised = {(e.by.actor, e.by.at) for e in told if _by_delegate(e)}
    for event in told:
        by = event.by
        name = first_name(names, by.actor)
        who = f"delegate of {name}" if (by.actor, by.at) in deputised else name
        yield HistoryLine(by.at, who, by.channel, event.TOPIC, event_words(event), by.clause)


def _by_delegate(event: Any) -> bool:
    """Say whether somebody acted in the actor's stead; what came of a mail was recorded at the instant of the mail."""
    said = getattr(event, "heard", None) or event
    return getattr(said, "delegate", None) is not None
