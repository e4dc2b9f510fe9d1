"""Names what happens by itself, so that what was planned can be held against what was recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from domain.by import POLICY
from domain.decisions import Decision
from domain.effects import Effect, EffectKind

Name = tuple[str, ...]
GIVEN = (
    "Requested",
    "AnswerTimeSet",
    "GoalRefined",
    "MeetingAdopted",
    "ZoneRulesChanged",
    "CopySeen",
    "FactNoted",
)
"""The events that do not follow from others, whoever is said to have caused them: calendars showed them, or silence, or
they came with the request that was taken along to a second mentor.
"""

FROM_OTHERS = ("reference", "references")
"""The mails that what happens in other relationships brings about."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened by itself at `at` (UTC): the name of its event, what it is about, and on which clause.

    `start` is that of the meeting, where the act sets one.
    """

    at: datetime
    what: str
    about: Name
    start: datetime | None
    clause: str | None


def acts_of(stream: Iterable[object]) -> tuple[Act, ...]:
    """Return what of a stream happened by itself, in order."""
    return tuple(_act(event) for event in stream if is_own(event))


def is_own(event: Any) -> bool:
    """Say whether it happened by itself and follows from the rest; what a calendar showed does not, nor a mail that
    follows from other relationships.
    """
    elsewhere = getattr(event, "kind", "") in FROM_OTHERS
    return bool(event.by.channel == POLICY and type(event).__name__ not in GIVEN and not elsewhere)


def _act(event: Any) -> Act:
    time = getattr(event, "time", None)
    return Act(event.by.at, type(event).__name__, name_of(event)[1:], time.start if time else None, event.by.clause)


def name_of(event: Any) -> Name:
    """Return what an event is called: its class, and what it is about."""
    what = type(event).__name__
    if hasattr(event, "recipient"):
        return (what, str(event.kind), event.occasion, str(event.recipient))
    if hasattr(event, "cycle"):
        return (what, f"{event.cycle}.{getattr(event, 'generation', '')}", str(getattr(event, "role", "")))
    return (what, str(getattr(event, "ref", getattr(event, "number", ""))))


def done_name(effect: Effect) -> Name:
    """Return the name of the event that records that an effect was done."""
    match effect.kind:
        case EffectKind.BOOK:
            return ("MeetingBooked", effect.about)
        case EffectKind.MOVE:
            return ("MeetingMoved", effect.about)
        case EffectKind.CANCEL:
            return ("BookingCancelled", effect.about)
        case EffectKind.BLANK:
            return ("EventBlanked", effect.about)
    return ("MailSent", *effect.name)


def decided_name(decision: Decision) -> Name:
    """Return the name of the first event that a decision becomes."""
    kind = type(decision).__name__
    what = _BECOMES.get(kind, kind)
    if kind == "Lapse":
        lapse = cast(Any, decision)
        return (what, lapse.kind, lapse.occasion, lapse.recipient)
    if hasattr(decision, "cycle"):
        planned = cast(Any, decision)
        return (what, f"{planned.cycle}.{planned.generation}", str(getattr(planned, "role", "")))
    return (what, str(getattr(decision, "ref", getattr(decision, "number", ""))))


_BECOMES = {
    "PlanMeeting": "MeetingPlanned",
    "AdoptMeeting": "MeetingAdopted",
    "PlanMove": "MovePlanned",
    "SkipMeeting": "MeetingCancelled",
    "CancelMeeting": "MeetingCancelled",
    "SkipCycle": "CycleSkipped",
    "PresumeHeld": "MeetingPresumedHeld",
    "Lapse": "EffectLapsed",
    "ExpireRequest": "RequestExpired",
    "TurnToFallback": "FallbackAsked",
    "OfferTimes": "TimesOffered",
    "StandByMail": "MeetingBooked",
    "EndForLeaver": "Ended",
    "EndAtTerm": "Ended",
    "EndRest": "RestEnded",
    "LapseProposal": "CharterProposalLapsed",
    "NoteFact": "FactNoted",
    "SuspectDeadEnd": "DeadEndSuspected",
}
