"""Turns the decisions of a plan into events of the relationship."""

from datetime import datetime

from domain.by import By, by_policy
from domain.decisions import (
    AdoptMeeting,
    CancelMeeting,
    Decision,
    EndAtTerm,
    EndForLeaver,
    EndRest,
    ExpireRequest,
    ForMeeting,
    Lapse,
    LapseProposal,
    NoteFact,
    OfAsking,
    OfferTimes,
    OfHealth,
    OfTerms,
    PlanMeeting,
    PlanMove,
    PresumeHeld,
    SkipCycle,
    SkipMeeting,
    StandByMail,
    SuspectDeadEnd,
    TurnToFallback,
)
from domain.leaving import end_at_term, end_for_leaver
from domain.relationship import Relationship


def carry_out(relationship: Relationship, decision: Decision, tzdata: str, now: datetime) -> None:
    """Record one decision, citing its clause.

    `tzdata` is the version of the time zone rules that it was made with.
    """
    by = by_policy(decision.clause, now)
    match decision:
        case PlanMeeting():
            relationship.plan_meeting(decision, tzdata, by)
        case Lapse():
            name = (decision.kind, decision.occasion, decision.recipient)
            relationship.lapse(name, decision.about, decision.reason, by)
        case ExpireRequest() | TurnToFallback():
            _carry_out_for_asking(relationship, decision, by)
        case OfferTimes():
            relationship.offer_times(decision, tzdata, by)
        case StandByMail():
            relationship.stand_by_mail(decision.ref, decision.ical_uid, by)
        case EndForLeaver() | EndAtTerm() | EndRest() | LapseProposal():
            _carry_out_for_terms(relationship, decision, by)
        case NoteFact() | SuspectDeadEnd():
            _carry_out_for_health(relationship, decision, by)
        case _:
            _carry_out_for_meeting(relationship, decision, by)


def _carry_out_for_asking(relationship: Relationship, decision: OfAsking, by: By) -> None:
    match decision:
        case ExpireRequest():
            relationship.expire_request(decision.reason, by)
        case TurnToFallback():
            relationship.turn_to_fallback("", by)


def _carry_out_for_terms(relationship: Relationship, decision: OfTerms | EndForLeaver, by: By) -> None:
    match decision:
        case EndForLeaver():
            end_for_leaver(relationship, decision.leaver, by)
        case EndAtTerm():
            end_at_term(relationship, by)
        case LapseProposal():
            relationship.lapse_proposal(decision.version, by)
        case EndRest():
            relationship.go_on(by)


def _carry_out_for_health(relationship: Relationship, decision: OfHealth, by: By) -> None:
    match decision:
        case NoteFact():
            relationship.note_fact(decision.fact, by)
        case SuspectDeadEnd():
            relationship.suspect_dead_end(decision.role, decision.evidence, by)


def _carry_out_for_meeting(relationship: Relationship, decision: ForMeeting, by: By) -> None:
    match decision:
        case AdoptMeeting():
            relationship.adopt_meeting(decision, by)
        case PlanMove():
            relationship.plan_move(decision, by)
        case SkipMeeting():
            relationship.skip_meeting(decision, by)
        case CancelMeeting():
            relationship.cancel_meeting(decision.ref, decision.reason, by)
        case SkipCycle():
            relationship.skip_cycle(decision, by)
        case PresumeHeld():
            relationship.presume_held(decision.ref, by)
