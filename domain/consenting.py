"""Whether a mentee may be asked how it works with the mentor, and which of her words count."""

from datetime import datetime

from domain.personal import Personal
from domain.references import LASTING
from domain.relationship_state import RelationshipState, Status

CONSIDERED = (Status.REQUESTED, Status.ACCEPTED)
"""While a charter is not agreed a mentee can still change her mind."""


def consented(relationship: RelationshipState) -> bool:
    """Say whether both agreed in their charter to references, and neither took it back."""
    return relationship.charter.references and not relationship.references.withdrawn_by


def told(relationship: RelationshipState, now: datetime) -> tuple[Personal, ...]:
    """Return the words that count now: given with consent within a year, and not forgotten with their author."""
    given = relationship.references
    fresh = given.at is not None and now < given.at + LASTING
    kept = all(text.text is not None for text in given.texts)
    return given.texts if fresh and kept and consented(relationship) else ()


def may_be_asked(relationship: RelationshipState, now: datetime) -> bool:
    """Say whether the mentee can say how it works: they have met, agreed to it, and no answer of a year is there."""
    met = any(meeting.took_place for meeting in relationship.meetings.items)
    refused = relationship.references.refused_at
    lately = refused is not None and now < refused + LASTING
    return relationship.running and met and consented(relationship) and not lately and not told(relationship, now)
