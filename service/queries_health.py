"""What strains a relationship, as the programme may see it: plain facts of both, and never a score."""

from dataclasses import dataclass
from datetime import datetime

from domain.absence import absences
from domain.charter import Role
from domain.health import open_facts
from domain.legs import Reach, leg_of
from domain.situation import Situation
from service.event_words import fact_words
from service.house import House
from service.names import relationship_named
from service.situations import situation_of


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact: when it was noted (UTC), whose it is, what it is, of which cycle, and in words."""

    at: datetime
    who: str
    kind: str
    cycle: int
    says: str


@dataclass(frozen=True, slots=True)
class HealthView:
    """A relationship's facts in their order.

    `status` is how it stands, `suspended` says for each of the two why nothing is noted at present, where that is so.
    What one of the two did not answer is shown from a dead end on only: the silent one hears of it first.
    """

    id: str
    status: str
    suspended: dict[str, str]
    facts: tuple[FactView, ...]


def health_view(house: House, id_or_prefix: str) -> HealthView:
    """Return the facts of one relationship, or raise NotFound."""
    id = relationship_named(house, id_or_prefix)
    relationship = house.streams.relationship(id)
    situation = situation_of(house, relationship)
    reasons = {role.value: why for role in Role if (why := _suspended(situation, role, house.now()))}
    seen = sorted((fact for _, fact in open_facts(relationship)), key=lambda fact: (fact.at, fact.name))
    facts = (FactView(fact.at, fact.role.value, fact.kind.value, fact.cycle, fact_words(fact)) for fact in seen)
    return HealthView(id, relationship.status.value, reasons, tuple(facts))


def _suspended(situation: Situation, role: Role, now: datetime) -> str:
    if situation.relationship.rest is not None:
        return "the two rest"
    if situation.paused:
        return "one of the two is paused"
    if any(stretch.start <= now < stretch.end for stretch in absences(situation, role)):
        return "away"
    return "the calendar cannot be read" if leg_of(situation.person(role)).reach is Reach.LOST else ""
