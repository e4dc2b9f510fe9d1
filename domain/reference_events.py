"""What can be said of working with a mentor, for others who consider asking her; names and topics are forever."""

from dataclasses import replace

from domain.aggregate import Stream
from domain.charter import Role
from domain.personal import Personal
from domain.relationship_state import RelationshipState


class ReferenceGiven(Stream.Event):
    """The mentee said how it works with the mentor; what she said before is replaced."""

    TOPIC = "relationship.reference-given"
    texts: tuple[Personal, ...]

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.references = replace(aggregate.references, texts=self.texts, at=self.by.at)


class ReferenceRefused(Stream.Event):
    """The mentee would rather not say anything this time."""

    TOPIC = "relationship.reference-refused"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.references = replace(aggregate.references, refused_at=self.by.at)


class ReferencesWithdrawn(Stream.Event):
    """One of the two takes back the consent to references: nobody is asked, and what was said is shown no more."""

    TOPIC = "relationship.references-withdrawn"
    role: Role

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.references = aggregate.references.withdrawn(self.role)
