"""Asks the second mentor whom a mentee named, in a relationship of its own, when the first does not take it on."""

from datetime import datetime
from typing import Any

import structlog

from domain.by import by_policy
from domain.charter import Venue
from domain.errors import BadInput, NotFound, Refused
from domain.relationship import Relationship
from domain.told_goals import in_numbers, taken_along
from service.house import House
from service.requests import AS_ASKED, Ask, requested

log = structlog.get_logger()
HERS = ("mentor_preferred",)
"""Terms that were the first mentor's own, beside the place."""


def ask_fallback(house: House, relationship: Relationship, clause: str, now: datetime) -> tuple[Relationship, ...]:
    """Record that the second mentor is asked, or why she cannot be; return the new request, still to be saved with it.

    The goals, what the mentee brings and the terms are those of the first request.
    """
    by = by_policy(clause, now)
    try:
        again = requested(house, _ask(relationship), by)
    except (Refused, BadInput, NotFound) as refusal:
        relationship.turn_to_fallback(refusal.problem, by)
        log.info("fallback.refused", relationship=str(relationship.id))
        return ()
    relationship.turn_to_fallback("", by)
    log.info("fallback.asked", relationship=str(relationship.id), next=str(again.id))
    return (again,)


def _ask(relationship: Relationship) -> Ask:
    charter, asking = relationship.asked or relationship.charter, relationship.asking
    terms: dict[str, Any] = {name: getattr(charter, name) for name in AS_ASKED if name not in HERS}
    chosen = ("organiser", "pins", "conflict", "rhythm")
    terms |= {name: getattr(charter, name).value for name in chosen}
    if charter.venue is not Venue.NOT_SAID:
        terms["venue"] = Venue.ONLINE.value
    goals, aims = in_numbers(taken_along(relationship.aims))
    why, bring = (asking.fallback_why or relationship.why).reveal(), relationship.bring.reveal()
    terms |= {"cadence_days": charter.cadence_days, "answer_days": asking.answer_days}
    return Ask(asking.fallback, relationship.mentee_id, goals, why, bring, aims=aims, **terms)
