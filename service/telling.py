"""How one unit of work ended, and the one canonical line that the log gets for it."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from domain.effects import EffectKind
from domain.ledger import Claim
from service.rows import LETTER, POLL_CALENDAR, POLL_INBOX, PROBE, REVIEW, SUBSCRIPTION

log = structlog.get_logger()
FAMILIES = {
    REVIEW: "review",
    POLL_CALENDAR: "poll",
    POLL_INBOX: "poll",
    SUBSCRIPTION: "subscription",
    LETTER: "letter",
    PROBE: "probe",
    **{kind.value: "effect" for kind in EffectKind},
}
"""The names of canonical lines begin so, and end with the outcome: "effect.done", "poll.failed"."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a claimed row was left.

    `outcome` is done, found (an earlier attempt had done it), held (by the rails), dropped, postponed, given-up,
    unknown, overtaken, failed or bug. `reason` is a sentence of ours without words of people, `trouble` the kind of
    error.
    """

    outcome: str = "done"
    reason: str = ""
    trouble: str = ""
    bug: Exception | None = None


DONE = Told()
ROUTINE = ("review.done", "poll.done", "subscription.done")
"""What a large programme does several times a second: told when somebody asks for every line, and always counted."""
_WARNED = ("given-up", "unknown", "failed")


def canonical(claim: Claim, told: Told, now: datetime, seconds: float) -> None:
    """Log the line of one unit of work: what it was, how it ended, how late it began and how long it took."""
    work = claim.work
    fields = {
        "kind": work.kind,
        "subject": work.subject,
        "occasion": work.occasion,
        "recipient": work.recipient,
        "attempts": claim.attempts,
        "late_seconds": round(max(0.0, (now - work.due).total_seconds()), 3),
        "took_seconds": round(seconds, 3),
        "reason": told.reason,
        "trouble": told.trouble,
    }
    name = f"{FAMILIES.get(work.kind, 'work')}.{told.outcome}"
    said = {key: value for key, value in fields.items() if value != ""}
    if told.bug is not None:
        log.error(name, exc_info=told.bug, **said)
    elif told.outcome in _WARNED:
        log.warning(name, **said)
    elif name in ROUTINE:
        log.debug(name, **said)
    else:
        log.info(name, **said)
