"""What the end of a relationship means for what stands in it, when one of the two has left the organisation."""

from domain.by import By
from domain.charter import Role
from domain.ending import TERM
from domain.relationship import Relationship
from domain.relationship_state import LEFT


def end_at_term(relationship: Relationship, by: By) -> None:
    """Give up what would come after the term, and end the relationship; what the two owe each other stays open."""
    current = relationship.meetings.current
    if current is not None and current.time.end > by.at:
        relationship.cancel_meeting(current.ref, "the term of the charter is over", by)
    relationship.end(TERM, by)


def end_for_leaver(relationship: Relationship, leaver: Role, by: By) -> None:
    """Give up the standing meeting and what the leaver owes, and end the relationship."""
    current = relationship.meetings.current
    if current is not None and current.time.end > by.at:
        relationship.cancel_meeting(current.ref, f"the {leaver.value} has left", by)
    relationship.lose_actions(leaver, by)
    relationship.end(LEFT, by)
