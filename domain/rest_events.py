"""What can happen to one relationship that rests for a while; names and topics are forever."""

from datetime import datetime

from domain.aggregate import Stream
from domain.charter import Role
from domain.interval import Interval
from domain.relationship_state import RelationshipState, Rest


class RestBegan(Stream.Event):
    """The two rest until that instant: nothing is sent or arranged between them.

    `role` is who asked for it, None for an administrator.
    """

    TOPIC = "relationship.rest-began"
    until: datetime
    role: Role | None

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        began = aggregate.rest.since if aggregate.rest is not None else self.by.at
        aggregate.rest = Rest(began, self.until, self.role)


class RestEnded(Stream.Event):
    """The rest is over, by itself or because somebody said so; the time that it took counts for nobody."""

    TOPIC = "relationship.rest-ended"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        if aggregate.rest is not None and aggregate.rest.since < self.by.at:
            aggregate.rests = (*aggregate.rests, Interval(aggregate.rest.since, self.by.at))
        aggregate.rest = None
