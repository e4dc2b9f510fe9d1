"""What is cleaned up outside after somebody was forgotten; names and topics are forever."""

from domain.aggregate import Stream
from domain.relationship_state import RelationshipState


class EventBlanked(Stream.Event):
    """The event of a meeting that is over says no more who met."""

    TOPIC = "relationship.event-blanked"
    ref: str

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.meetings = aggregate.meetings.changed(self.ref, blanked=True)
