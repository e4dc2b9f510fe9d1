"""What can happen between a request and its charter beyond a plain yes or no; names and topics are forever."""

from dataclasses import replace

from domain.aggregate import Stream
from domain.charter import Charter, Role
from domain.personal import Personal
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


class AnswerTimeSet(Stream.Event):
    """Whoever is asked has so many days to answer."""

    TOPIC = "relationship.answer-time-set"
    days: int

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.asking = replace(aggregate.asking, answer_days=self.days)


class FallbackNamed(Stream.Event):
    """The mentee named a second mentor, who is asked when the first one does not take it on, and said why her.

    Without `why` the words for the first one are used.
    """

    TOPIC = "relationship.fallback-named"
    mentor_id: str
    why: Personal | None

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.asking = replace(aggregate.asking, fallback=self.mentor_id, fallback_why=self.why)


class FallbackAsked(Stream.Event):
    """The second mentor is asked, in a relationship of its own."""

    TOPIC = "relationship.fallback-asked"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.asking = replace(aggregate.asking, turned_to=True)


class FallbackRefused(Stream.Event):
    """The second mentor cannot be asked; `reason` says why in our words."""

    TOPIC = "relationship.fallback-refused"
    reason: str

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.asking = replace(aggregate.asking, turned_to=True, refused=self.reason)


class CharterDeclined(Stream.Event):
    """One of the two said no to the first charter, so that nothing begins; `reason` are the words to the other."""

    TOPIC = "relationship.charter-declined"
    version: int
    role: Role
    reason: Personal | None

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.status, aggregate.settled_at = Status.DECLINED, self.by.at
        aggregate.asking = replace(aggregate.asking, reason=self.reason, against=self.role)
