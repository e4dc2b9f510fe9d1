"""Turns the decisions of a plan into events of the relationship."""

from datetime import datetime

from domain.by import By, by_policy
from domain.decisions import (
    CancelMeeting,
    Decision,
    ExpireRequest,
    Lapse,
    PlanMeeting,
    PresumeHeld,
    SkipCycle,
)
from domain.relationship import Relationship


def carry_out(relationship: Relationship, decision: Decision, tzdata: str, now: datetime) -> None:
    """Record one decision, citing its clause.

    `tzdata` is the version of the time zone rules that it was made with.
    """
    by: By = by_policy(decision.clause, now)
    match decision:
        case PlanMeeting():
            relationship.plan_meeting(decision, tzdata, by)
        case CancelMeeting():
            relationship.cancel_meeting(decision.ref, decision.reason, by)
        case SkipCycle():
            relationship.skip_cycle(decision, by)
        case PresumeHeld():
            relationship.presume_held(decision.ref, by)
        case Lapse():
            name = (decision.kind, decision.occasion, decision.recipient)
            relationship.lapse(name, decision.about, decision.reason, by)
        case ExpireRequest():
            relationship.expire_request(decision.reason, by)
