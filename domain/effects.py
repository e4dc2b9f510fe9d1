"""What should happen outside, as values with a key, a due time, an expiry and the clause that wants it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EffectKind(StrEnum):
    """The kinds of effects; those of mails carry the name of the mail's kind."""

    REQUEST = "request"
    CHARTER = "charter"
    PREPARATION = "preparation"
    AGENDA = "agenda"
    HELD_QUESTION = "held_question"
    FOLLOW_UP = "follow_up"
    CHASE = "chase"
    NOTICE = "notice"
    ECHO = "echo"
    OFFER = "offer"
    INVITATION = "invitation"
    BRIEF = "brief"
    REFERENCE = "reference"
    REFERENCES = "references"
    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    BLANK = "blank"

    @property
    def is_mail(self) -> bool:
        """Say whether it is a mail (else it is a write to a calendar)."""
        return self not in (EffectKind.BOOK, EffectKind.MOVE, EffectKind.CANCEL, EffectKind.BLANK)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to do. `occasion` names the occasion once and for all, `recipient` is a role or "calendar".

    `about` is what it is about: a meeting's "<cycle>.<generation>", an action's number, a charter's version, or a
    notice's topic. Due and expiry are UTC; an effect that is not done by its expiry is not done any more. `carries`
    names mails of the reader that are answered in this mail of ours, `samples` the work samples that it takes along.
    """

    kind: EffectKind
    occasion: str
    recipient: str
    about: str
    due: datetime
    expires: datetime
    clause: str | None
    carries: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, str, str]:
        """Kind, occasion and recipient: what distinguishes it inside its relationship."""
        return (self.kind.value, self.occasion, self.recipient)


def effect_key(relationship: str, effect: Effect) -> str:
    """Return the ledger's key of the effect: the same whenever the same thing is meant."""
    return "/".join((relationship, *effect.name))


def booking_key(relationship: str, ref: str) -> str:
    """Return the key under which a meeting is booked, by its "<cycle>.<generation>"."""
    return "/".join((relationship, EffectKind.BOOK.value, ref, "calendar"))
