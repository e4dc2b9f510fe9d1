"""What can happen between a request and its charter beyond a plain yes or no; names and topics are forever."""

from domain.aggregate import Stream
from domain.charter import Charter, Role
from domain.relationship_state import RelationshipState, Status


class AcceptedWithCounter(Stream.Event):
    """The mentor said yes to the mentee on other terms than were asked for; hers is this charter, and she agrees to it.

    Only the mentee is still to agree.
    """

    TOPIC = "relationship.accepted-with-counter"
    charter: Charter

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.asked, aggregate.charter = aggregate.charter, self.charter
        aggregate.status, aggregate.settled_at = Status.ACCEPTED, self.by.at
        aggregate.approved = (Role.MENTOR,)
