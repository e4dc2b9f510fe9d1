"""Looks ahead.

Folds assumed outcomes over the plan, so that the coming weeks can be read before they happen.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime

from domain.agreeing import answer_charter
from domain.by import By, by_policy
from domain.calendar import Booked
from domain.carrying_out import carry_out
from domain.charter import Role
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
from domain.effects import Effect, EffectKind
from domain.mail import Sent
from domain.plan import plan
from domain.relationship import Relationship
from domain.rules_proposals import time_of_move
from domain.situation import Situation

STEPS = 2_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One thing that would happen at `at` (UTC).

    `assumed` says that it rests on an assumed outcome of something before it.
    """

    at: datetime
    what: str
    meeting: str
    start: datetime | None
    recipient: str
    clause: str | None
    assumed: bool


def forecast(situation: Situation, now: datetime, until: datetime) -> tuple[Foreseen, ...]:
    """Return what would happen from `now` to `until` if everybody says yes, every mail arrives and nobody moves
    anything.
    """
    ahead = replace(situation, relationship=deepcopy(situation.relationship), hears=None)
    out: list[Foreseen] = []
    for _ in range(STEPS):
        if now > until:
            break
        planned = plan(ahead, now)
        assumed = bool(out)
        for decision in planned.decisions:
            carry_out(ahead.relationship, decision, "", now)
            out.append(_decided(ahead.relationship, decision, now, assumed))
            # Whoever else needs a time now has got one by the next cycle.
            ahead = replace(ahead, siblings=()) if isinstance(decision, PlanMeeting) else ahead
        for effect in () if planned.decisions else planned.due(now):
            _assume(ahead.relationship, effect, now)
            out.append(_done(ahead.relationship, effect, now, assumed))
        if not planned.decisions and not planned.due(now):
            if planned.next_review is None:
                break
            now = planned.next_review
    return tuple(out)


def _assume(relationship: Relationship, effect: Effect, now: datetime) -> None:
    by = by_policy(effect.clause, now)
    if effect.kind is EffectKind.BOOK:
        relationship.book(effect.about, Booked("assumed", "assumed", relationship.meeting(effect.about).time, ""), by)
        for role in Role:
            relationship.see_copy(effect.about, role, True, by)
    elif effect.kind is EffectKind.MOVE:
        time = time_of_move(relationship.meeting(effect.about), effect.occasion)
        relationship.move_meeting(effect.about, time or relationship.meeting(effect.about).time, by)
    elif effect.kind is EffectKind.CANCEL:
        relationship.confirm_cancelled(effect.about, by)
    elif effect.kind is EffectKind.BLANK:
        relationship.blank_event(effect.about, by)
    else:
        relationship.mail_left(*effect.name, Sent("assumed"), by, effect.carries, effect.samples)
        _assume_yes(relationship, effect, by)


def _assume_yes(relationship: Relationship, effect: Effect, by: By) -> None:
    if effect.kind is EffectKind.REQUEST:
        relationship.accept(by)
    elif effect.kind is EffectKind.CHARTER:
        answer_charter(relationship, effect.occasion, Role(effect.recipient), True, by)


def _done(relationship: Relationship, effect: Effect, now: datetime, assumed: bool) -> Foreseen:
    meeting = relationship.meetings.get(effect.about)
    start = meeting.time.start if meeting else None
    name = effect.kind.value
    return Foreseen(now, name, effect.about, start, effect.recipient, effect.clause, assumed)


def _decided(relationship: Relationship, decision: Decision, now: datetime, assumed: bool) -> Foreseen:
    what, ref = _words(decision)
    meeting = relationship.meetings.get(ref)
    return Foreseen(now, what, ref, meeting.time.start if meeting else None, "", decision.clause, assumed)


def _words(decision: Decision) -> tuple[str, str]:
    """Return what is decided, and about which meeting."""
    match decision:
        case PlanMeeting():
            return "meeting planned", f"{decision.cycle}.{decision.generation}"
        case Lapse():
            return f"{decision.kind} lapsed", decision.about
        case ExpireRequest() | TurnToFallback():
            return _words_for_asking(decision), ""
        case OfferTimes():
            return "times offered by mail", f"{decision.cycle}.{decision.generation}"
        case StandByMail():
            return "meeting stands by mail", decision.ref
        case EndForLeaver() | EndAtTerm() | EndRest() | LapseProposal():
            return _words_for_terms(decision), ""
        case NoteFact() | SuspectDeadEnd():
            return "it is noted how it goes", ""
        case _:
            return _words_for_meeting(decision)


def _words_for_terms(decision: OfTerms | EndForLeaver) -> str:
    match decision:
        case EndForLeaver():
            return "relationship ended: one of the two has left"
        case EndRest():
            return "relationship goes on after its pause"
        case EndAtTerm():
            return "relationship ended: its term is over"
        case LapseProposal():
            return f"version {decision.version} of the charter came to nothing: it was not answered"


def _words_for_asking(decision: OfAsking) -> str:
    match decision:
        case ExpireRequest():
            return f"request expired: {decision.reason}"
        case TurnToFallback():
            return "the second mentor is asked"


def _words_for_meeting(decision: ForMeeting) -> tuple[str, str]:
    match decision:
        case AdoptMeeting():
            return "appointment of the two taken as the meeting", f"{decision.cycle}.{decision.generation}"
        case SkipCycle():
            return f"cycle skipped: {decision.reason}", f"{decision.cycle}.{decision.generation}"
        case PlanMove():
            return f"meeting to be moved: {decision.reason}", decision.ref
        case CancelMeeting():
            return f"meeting cancelled: {decision.reason}", decision.ref
        case SkipMeeting():
            return f"meeting left out: {decision.reason}", decision.ref
        case PresumeHeld():
            return "meeting presumed held", decision.ref
