"""What an administrator sees of how a mentor was asked: the time to answer, the second choice, and the references."""

from dataclasses import dataclass
from datetime import datetime

from domain.charter import Role
from domain.consenting import CONSIDERED
from domain.effects import EffectKind
from domain.relationship import Relationship
from service.house import House
from service.names import named
from service.references import told_of_mentor


@dataclass(frozen=True, slots=True)
class AskingView:
    """How the mentor was asked, in UTC; no word of anybody is shown.

    `second` is the name of the second mentor, "" for none, and `second_came_to` says what became of asking her.
    `reminders` are those that left. `references` is "told", "withheld" while fewer than three of the mentor's mentees
    have answered, or "" where nobody considers the mentor any more.
    """

    asked_at: datetime
    answer_days: int
    reminders: int
    second: str
    second_came_to: str
    references: str


def asking_view(house: House, relationship: Relationship) -> AskingView:
    """Return how the mentor was asked."""
    asking, asked = relationship.asking, (EffectKind.REQUEST, EffectKind.CHARTER)
    reminders = sum(1 for kind, occasion, _ in relationship.mails if kind in asked and "." in occasion)
    second = house.streams.person(asking.fallback).name.reveal() if asking.fallback else ""
    came_to = asking.refused or ("asked" if asking.turned_to else "")
    return AskingView(
        relationship.requested_at,
        asking.answer_days,
        reminders,
        named(second, Role.MENTOR) if second else "",
        came_to,
        _references(house, relationship),
    )


def _references(house: House, relationship: Relationship) -> str:
    if (EffectKind.REFERENCES, "references", Role.MENTEE) in relationship.mails:
        return "told"
    considers = relationship.status in CONSIDERED and bool(told_of_mentor(house, relationship))
    return "withheld" if considers else ""
