"""What can happen to times that are offered by mail; names and topics are forever."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.aggregate import Stream
from domain.charter import Organiser, Role
from domain.offers import Offer
from domain.relationship_state import RelationshipState


class TimesOffered(Stream.Event):
    """A few times for the meeting of a cycle are offered by mail, because a calendar cannot be read."""

    TOPIC = "relationship.times-offered"
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
    tzdata: str

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        names = ("cycle", "generation", "role", "starts", "target", "zone", "organiser", "expires", "counters")
        facts: dict[str, Any] = {name: getattr(self, name) for name in (*names, "tzdata", "final")}
        aggregate.offers = (*aggregate.offers, Offer(**facts, at=self.by.at))


class TimeChosen(Stream.Event):
    """One of the offered times was chosen."""

    TOPIC = "relationship.time-chosen"
    cycle: int
    role: Role
    start: datetime

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _answered(aggregate, self.cycle, self.role, chosen=self.start)


class TimesRefused(Stream.Event):
    """None of the offered times suited."""

    TOPIC = "relationship.times-refused"
    cycle: int
    role: Role

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _answered(aggregate, self.cycle, self.role, refused=True)


def _answered(state: RelationshipState, cycle: int, role: Role, **answer: Any) -> None:
    mine = [(offer.cycle, offer.role) == (cycle, role) for offer in state.offers]
    pairs = zip(state.offers, mine, strict=True)
    state.offers = tuple(replace(offer, **answer) if own else offer for offer, own in pairs)
