"""What can happen when a relationship goes quiet: facts, a suspected dead end, recalibration, revival.

Names and topics are forever.
"""

from dataclasses import replace

from domain.aggregate import Stream
from domain.charter import Role
from domain.facts import Choice, Contact, DeadEnd, Fact, Revival
from domain.relationship_state import RelationshipState, Status


class FactNoted(Stream.Event):
    """Something strained the charter, and no leave, pause or outage of ours explains it."""

    TOPIC = "relationship.fact-noted"
    fact: Fact

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.facts = (*aggregate.facts, self.fact)


class DeadEndSuspected(Stream.Event):
    """Several cycles in a row led nowhere for reasons that lie with one of the two; the mentee alone is asked."""

    TOPIC = "relationship.dead-end-suspected"
    number: int
    role: Role
    evidence: tuple[Fact, ...]

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.dead_ends = (*aggregate.dead_ends, DeadEnd(self.number, self.role, self.evidence, self.by.at))


class DeadEndAnswered(Stream.Event):
    """The mentee wants to keep trying, or to say it openly."""

    TOPIC = "relationship.dead-end-answered"
    number: int
    choice: Choice

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.dead_ends = tuple(
            replace(one, choice=self.choice, answered_at=self.by.at) if one.number == self.number else one
            for one in aggregate.dead_ends
        )


class RecalibratedToNetworkContact(Stream.Event):
    """The mentee keeps the other as a contact in place of regular meetings; nothing is arranged any more."""

    TOPIC = "relationship.recalibrated"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.status, aggregate.contact = Status.NETWORK_CONTACT, Contact(self.by.at)


class ContactKept(Stream.Event):
    """The mentor left the organisation, and the mentee keeps her as a contact at the address that she agreed to."""

    TOPIC = "relationship.contact-kept"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.status, aggregate.contact = Status.NETWORK_CONTACT, Contact(self.by.at, after_leaving=True)


class ActionLetGo(Stream.Event):
    """What was owed is not expected any more, for a reason that lies with nobody."""

    TOPIC = "relationship.action-let-go"
    number: int
    reason: str

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.actions = tuple(
            one.lost(self.by.at) if one.number == self.number else one for one in aggregate.actions
        )


class RevivalWished(Stream.Event):
    """One of the two would like to take a network contact up again as mentoring."""

    TOPIC = "relationship.revival-wished"
    role: Role

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        if aggregate.contact is not None:
            wishes = (*aggregate.contact.wishes, (self.role, self.by.at))
            aggregate.contact = replace(aggregate.contact, wishes=wishes)


class Revived(Stream.Event):
    """Both wished it: the network contact is mentoring again, on the charter that it had."""

    TOPIC = "relationship.revived"

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        first = aggregate.contact.wishes[0][0] if aggregate.contact and aggregate.contact.wishes else Role.MENTEE
        aggregate.revival = Revival(self.by.at, first)
        aggregate.status, aggregate.contact = Status.AGREED, None
