"""What follows by itself and is recorded as an event, without anything leaving the house."""

from dataclasses import dataclass
from datetime import datetime

from domain.interval import Interval


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """Reserve a time.

    `starts` are all feasible starts found (minutes since 1970 UTC), `counters` how many were left after each
    constraint.
    """

    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]
    clause: str


@dataclass(frozen=True, slots=True)
class CancelMeeting:
    """Give up a meeting because one of the two cannot come."""

    ref: str
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class SkipCycle:
    """Leave a cycle out: no time was found, or the charter says to skip.

    `counters` say which constraint emptied the search.
    """

    cycle: int
    generation: int
    target: datetime
    zone: str
    reason: str
    counters: tuple[tuple[str, int], ...]
    clause: str


@dataclass(frozen=True, slots=True)
class PresumeHeld:
    """Nobody said otherwise: count the meeting as held."""

    ref: str
    clause: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """An effect was not done in time and is useless now; `kind`, `occasion` and `recipient` are its name."""

    kind: str
    occasion: str
    recipient: str
    about: str
    reason: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class ExpireRequest:
    """The request or the proposed charter was not answered in time."""

    reason: str
    clause: str


Decision = PlanMeeting | CancelMeeting | SkipCycle | PresumeHeld | Lapse | ExpireRequest
