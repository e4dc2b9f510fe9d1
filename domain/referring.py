"""The decisions about references: what the mentee says, that she would rather not, and taking the consent back."""

from domain import reference_events as events
from domain.by import By
from domain.charter import Role
from domain.consenting import consented
from domain.errors import Refused
from domain.personal import Personal
from domain.relationship_state import RelationshipState


class Referring(RelationshipState):
    """Every one may be repeated and then changes nothing."""

    def give_reference(self, texts: tuple[Personal, ...], by: By) -> None:
        """The mentee says how it works with the mentor."""
        if not consented(self):
            raise Refused("The consent to references was taken back.", "Nothing needs to be said.")
        if texts and texts != self.references.texts:
            self.record(events.ReferenceGiven, texts=texts, by=by)

    def refuse_reference(self, by: By) -> None:
        """The mentee would rather not say anything; she is left alone for a year."""
        if self.references.refused_at is None or self.references.refused_at < by.at:
            self.record(events.ReferenceRefused, by=by)

    def withdraw_references(self, role: Role, by: By) -> None:
        """One of the two takes the consent back."""
        if not self.charter.references:
            raise Refused("Your charter says nothing of references.", "Nothing needs to be withdrawn.")
        if role not in self.references.withdrawn_by:
            self.record(events.ReferencesWithdrawn, role=role, by=by)
