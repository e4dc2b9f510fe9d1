"""What can happen to one relationship that rests; names and topics are forever."""

from datetime import datetime
from typing import Any

from domain.aggregate import Stream
from domain.by import By
from domain.charter import Role
from domain.relationship_state import RelationshipState, Rest


class RestBegan(Stream.Event):
    """The two rest until that instant, or without one until somebody lets them go on: nothing is sent or arranged
    between them.

    `role` is who asked for it, None for an administrator.
    """

    TOPIC = "relationship.rest-began"
    until: datetime | None
    role: Role | None
    class_version = 2

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """In the first version every rest had an end, which is said the same way today."""

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _begin(aggregate, self.until, self.role, self.by)


class RestEnded(Stream.Event):
    """The rest is over, by itself or because somebody said so; the time that it took counts for nobody."""

    TOPIC = "relationship.rest-ended"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _end(aggregate, self.by)


class PairPaused(Stream.Event):
    """What earlier programs recorded of a rest without an end; never recorded any more."""

    TOPIC = "relationship.paused"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _begin(aggregate, None, None, self.by)


class PairResumed(Stream.Event):
    """What earlier programs recorded of the end of such a rest; never recorded any more."""

    TOPIC = "relationship.resumed"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _end(aggregate, self.by)


def _begin(aggregate: RelationshipState, until: datetime | None, role: Role | None, by: By) -> None:
    since = aggregate.rest.since if aggregate.rest is not None else by.at
    aggregate.rest = Rest(since, until, role)


def _end(aggregate: RelationshipState, by: By) -> None:
    if aggregate.rest is not None and aggregate.rest.since < by.at:
        aggregate.rests = (*aggregate.rests, aggregate.rest.ended(by.at))
    aggregate.rest = None
