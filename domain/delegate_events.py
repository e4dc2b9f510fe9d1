"""What somebody who acts for one of the two can have done; names and topics are forever."""

from domain.aggregate import Stream
from domain.calendar import Response
from domain.charter import Role
from domain.personal import Personal
from domain.relationship_state import RelationshipState


class DelegateResponded(Stream.Event):
    """A delegate to whom the invitation was passed on answered it, which counts as the answer of who named him."""

    TOPIC = "relationship.delegate-responded"
    ref: str
    role: Role
    response: Response
    delegate: Personal

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.meetings = aggregate.meetings.answered(self.ref, self.role, self.response)
