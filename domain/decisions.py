"""What follows by itself and is recorded as an event, without anything leaving the house."""

from dataclasses import dataclass
from datetime import datetime

from domain.charter import Organiser, Role
from domain.facts import Fact
from domain.interval import Interval


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """Reserve a time.

    `starts` are all feasible starts found (minutes since 1970 UTC), `counters` how many were left after each
    constraint. `organiser` None is the one of the charter.
    """

    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]
    clause: str
    organiser: Organiser | None = None


@dataclass(frozen=True, slots=True)
class AdoptMeeting:
    """Take an appointment that the two made by themselves for the meeting of a cycle; `ours` as in HandMade."""

    cycle: int
    generation: int
    time: Interval
    target: datetime
    zone: str
    organiser: Organiser
    event_id: str
    ical_uid: str
    ours: bool
    clause: str


@dataclass(frozen=True, slots=True)
class PlanMove:
    """Move the standing meeting, because one of the two cannot keep it; `starts` and `counters` as in PlanMeeting."""

    ref: str
    time: Interval
    reason: str
    starts: tuple[int, ...]
    counters: tuple[tuple[str, int], ...]
    clause: str


@dataclass(frozen=True, slots=True)
class SkipMeeting:
    """Give up the standing meeting and leave its cycle out."""

    ref: str
    reason: str
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


@dataclass(frozen=True, slots=True)
class TurnToFallback:
    """The first mentor does not take it on: ask the second one whom the mentee named."""

    clause: str


@dataclass(frozen=True, slots=True)
class OfferTimes:
    """Offer a few starts (UTC) by mail to one whose calendar cannot be read; the rest as in Offer."""

    cycle: int
    generation: int
    role: Role
    starts: tuple[datetime, ...]
    target: datetime
    zone: str
    organiser: Organiser
    expires: datetime
    counters: tuple[tuple[str, int], ...]
    final: bool
    clause: str


@dataclass(frozen=True, slots=True)
class StandByMail:
    """Both were sent the meeting by mail, so it stands under that uid although no calendar of ours holds it."""

    ref: str
    ical_uid: str
    clause: str


@dataclass(frozen=True, slots=True)
class LapseProposal:
    """Another version of the charter was proposed and not answered in time."""

    version: int
    clause: str


@dataclass(frozen=True, slots=True)
class EndRest:
    """The pause of the relationship is over."""

    clause: str


@dataclass(frozen=True, slots=True)
class EndAtTerm:
    """The term that the two agreed on is over, and they did not extend it."""

    clause: str


@dataclass(frozen=True, slots=True)
class EndForLeaver:
    """One of the two has left: give up what is arranged and what is owed, and end it."""

    leaver: Role
    clause: None = None


@dataclass(frozen=True, slots=True)
class NoteFact:
    """Keep a fact that strains the charter."""

    fact: Fact
    clause: str


@dataclass(frozen=True, slots=True)
class SuspectDeadEnd:
    """Several cycles in a row led nowhere for reasons that lie with one of the two; ask the mentee what she wants."""

    number: int
    role: Role
    evidence: tuple[Fact, ...]
    clause: str


ForMeeting = AdoptMeeting | PlanMove | CancelMeeting | SkipMeeting | SkipCycle | PresumeHeld
WithoutCalendar = OfferTimes | StandByMail | EndForLeaver
OfAsking = ExpireRequest | TurnToFallback
OfHealth = NoteFact | SuspectDeadEnd
OfTerms = LapseProposal | EndAtTerm | EndRest
Decision = PlanMeeting | ForMeeting | WithoutCalendar | OfHealth | OfAsking | Lapse | OfTerms
