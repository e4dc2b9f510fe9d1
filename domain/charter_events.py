"""What can happen to a charter after it counts: other terms are proposed, refused or agreed; topics are forever."""

from domain.aggregate import Stream
from domain.charter import Charter, Outcome, ProposedCharter, Role
from domain.relationship_state import RelationshipState


class CharterProposed(Stream.Event):
    """One of the two proposes another version of the charter, and agrees to it by that; until the other does too, the
    present one counts.
    """

    TOPIC = "relationship.charter-proposed"
    charter: Charter
    role: Role

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.proposed = ProposedCharter(self.charter, self.role, self.by.at)
        aggregate.versions = max(aggregate.versions, self.charter.version)


class CharterRefused(Stream.Event):
    """The other of the two did not agree to the proposed version, or its author took it back."""

    TOPIC = "relationship.charter-refused"
    version: int
    role: Role

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        author = aggregate.proposed.role if aggregate.proposed is not None else self.role
        aggregate.proposed, aggregate.outcome = None, Outcome(self.version, author, self.role, self.by.at)


class CharterProposalLapsed(Stream.Event):
    """The proposed version was not answered in time."""

    TOPIC = "relationship.charter-proposal-lapsed"
    version: int

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        if aggregate.proposed is not None:
            aggregate.outcome = Outcome(self.version, aggregate.proposed.role, None, self.by.at)
        aggregate.proposed = None


class CharterChanged(Stream.Event):
    """Both agreed: from now on this version counts, and the one before is history."""

    TOPIC = "relationship.charter-changed"
    charter: Charter

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.former = (*aggregate.former, aggregate.charter)
        if aggregate.proposed is not None:
            author = aggregate.proposed.role
            aggregate.outcome = Outcome(self.charter.version, author, author.other, self.by.at, agreed=True)
        aggregate.charter, aggregate.proposed = self.charter, None
        aggregate.versions = max(aggregate.versions, self.charter.version)
