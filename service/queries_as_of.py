"""A relationship as it was known at an earlier instant, told again from the events up to then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from domain.errors import BadInput, NotFound
from domain.plan import plan
from domain.relationship import Relationship
from domain.relationship_state import Status
from service.event_words import effect_words
from service.house import House
from service.instants import instant_meant
from service.names import relationship_named
from service.past import house_at
from service.queries_relationship import RelationshipView, view_of_relationship
from service.situations import situation_of

CALENDARS = "what the calendars showed then: busy times are a copy of the present and never recorded"
NEXT_MEETING = "when the next meeting would have been planned: no time was chosen yet, and no other was kept"


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that had left by then; `at` is UTC."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A choice of a time that had been made: all starts that were possible then (UTC), and what each constraint left.

    `chosen` is the start that was taken, None where the times were offered by mail.
    """

    at: datetime
    meeting: str
    chosen: datetime | None
    starts: tuple[datetime, ...]
    counters: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the plan would have said then: what is due when (UTC), for which meeting, on which clause."""

    due: datetime
    what: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class AsOf:
    """All that was known at `at` (UTC); `day` is the day that was asked for, when one was, to its end in UTC.

    `not_known` says what cannot be told again.
    """

    id: str
    at: datetime
    day: date | None
    relationship: RelationshipView
    mails: tuple[Sent, ...]
    searches: tuple[Searched, ...]
    plan: tuple[Wanted, ...]
    not_known: tuple[str, ...]


def as_of(house: House, when: str, id_or_prefix: str) -> AsOf:
    """Return the relationship as known at an instant or at the end of a day; what is to come is cut at the present.

    Raises BadInput for what is no instant or has not come yet, NotFound where nothing was known then.
    """
    id = relationship_named(house, id_or_prefix)
    instant, day = instant_meant(when)
    present = _present(house, id)
    if (day or instant.date()) > present.date():
        raise BadInput("That day has not come yet.", f"See what is to come with: mentorsync plan {id}")
    return known_at(house, id, min(instant, present), day)


def _present(house: House, id: str) -> datetime:
    """Return now; or when the last event was, for a daemon may be told another time than it is."""
    *_, last = house.streams.events(id)
    at: datetime = cast(Any, last).by.at
    return max(house.now(), at).astimezone(UTC)


def known_at(house: House, id: str, instant: datetime, day: date | None = None) -> AsOf:
    """Return the relationship of that id as known at `instant` (UTC), which is not later than now."""
    past = house_at(house, instant)
    try:
        relationship = past.streams.relationship(id)
    except NotFound:
        raise NotFound("That relationship was not known then.", "Ask for a later day.") from None
    return AsOf(
        id,
        instant,
        day,
        view_of_relationship(past, id),
        tuple(Sent(mail.at, effect_words(*mail.name)) for mail in relationship.mails.values()),
        tuple(_searched(event) for event in past.streams.events(id) if getattr(event, "starts", None)),
        _wanted(past, relationship),
        _not_known(relationship),
    )


def _searched(recorded: object) -> Searched:
    event = cast(Any, recorded)
    ref = getattr(event, "ref", None) or f"{event.cycle}.{event.generation}"
    time = getattr(event, "time", None)
    starts = tuple(start if time is None else datetime.fromtimestamp(start * 60, UTC) for start in event.starts)
    return Searched(event.by.at, ref, time.start if time else None, starts, event.counters)


def _wanted(past: House, relationship: Relationship) -> tuple[Wanted, ...]:
    effects = plan(situation_of(past, relationship), past.now()).effects
    return tuple(Wanted(effect.due, effect_words(*effect.name), effect.clause) for effect in effects)


def _not_known(relationship: Relationship) -> tuple[str, ...]:
    unplanned = relationship.status is Status.AGREED and relationship.meetings.current is None
    return (CALENDARS, NEXT_MEETING) if unplanned else (CALENDARS,)
