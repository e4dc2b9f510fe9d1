"""What can happen when an administrator lets one pair rest. Names and topics are forever."""

from domain.aggregate import Stream
from domain.relationship_state import RelationshipState


class PairPaused(Stream.Event):
    """An administrator let the pair rest: nothing is sent, booked or planned for the two, and what stands stays."""

    TOPIC = "relationship.paused"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.paused = True


class PairResumed(Stream.Event):
    """An administrator ended the rest."""

    TOPIC = "relationship.resumed"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.paused, aggregate.resumed_at = False, self.by.at
