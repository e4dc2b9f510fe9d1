"""How the two change the terms of their charter while it counts: one proposes, the other agrees or does not."""

from dataclasses import replace
from datetime import timedelta

from domain import charter_events
from domain.by import By
from domain.charter import Charter, Organiser, ProposedCharter, Role
from domain.counter import countered
from domain.errors import BadInput, Refused
from domain.relationship_state import RelationshipState
from domain.reply import SaidTerms

EXTENSION = timedelta(days=182)
"""For how much longer a term is that is extended without naming a day."""
_OPEN = "That proposal is no longer open."
_ANOTHER = "Write which terms you would like instead."


class Renegotiating(RelationshipState):
    """The decisions about other terms; every one may be repeated and then changes nothing."""

    def propose_terms(self, terms: SaidTerms, role: Role, by: By) -> None:
        """One of the two would like these terms from now on; a new proposal takes the place of one that is open.

        What the other has proposed already is agreed by that. Terms that are those of the charter propose nothing.
        """
        if not self.running:
            raise Refused(
                "There is no charter that counts at the moment.", "Start a new request if both still want it."
            )
        charter = _on_terms(self.charter, terms, role, self.versions + 1)
        if replace(charter, version=self.charter.version) == self.charter:
            raise Refused("These are the terms of your charter already.", _ANOTHER)
        open_ = self.proposed
        if open_ is not None and replace(open_.charter, version=charter.version) == charter:
            if open_.role is not role:
                self.record(charter_events.CharterChanged, charter=open_.charter, by=by)
            return
        self.record(charter_events.CharterProposed, charter=charter, role=role, by=by)

    def agree_to_version(self, version: int, role: Role, by: By) -> None:
        """One of the two agrees to a proposed version; its author has agreed already."""
        if version <= self.charter.version:
            return
        proposed = self._proposed(version)
        if proposed.role is not role:
            self.record(charter_events.CharterChanged, charter=proposed.charter, by=by)

    def refuse_version(self, version: int, role: Role, by: By) -> None:
        """One of the two does not want a proposed version; saying it again changes nothing."""
        done = self.outcome
        if done is not None and (done.version, done.by, done.agreed) == (version, role, False):
            return
        self.record(charter_events.CharterRefused, version=self._proposed(version).charter.version, role=role, by=by)

    def lapse_proposal(self, version: int, by: By) -> None:
        """Nobody answered the proposal in time."""
        if self.proposed is not None and self.proposed.charter.version == version:
            self.record(charter_events.CharterProposalLapsed, version=version, by=by)

    def charter_of(self, version: int) -> Charter | None:
        """Return the charter that counted under that number, or None."""
        return next((c for c in (*self.former, self.charter) if c.version == version), None)

    def _proposed(self, version: int) -> ProposedCharter:
        if self.proposed is None or self.proposed.charter.version != version:
            raise Refused(_OPEN, _ANOTHER)
        return self.proposed


def _on_terms(charter: Charter, terms: SaidTerms, role: Role, version: int) -> Charter:
    """Return the charter with what was named; what hangs on it gives way. Refused for terms that cannot be."""
    new = countered(charter, terms)
    if terms.agenda_lead_hours:
        new = replace(new, agenda_lead_hours=terms.agenda_lead_hours)
    if terms.conflict is not None:
        new = replace(new, conflict=terms.conflict)
    if terms.organiser:
        new = replace(new, organiser=_organiser(terms.organiser, role))
    if terms.until is not None:
        new = replace(new, until=terms.until)
    if terms.extend:
        if charter.until is None:
            raise Refused("Your charter has no end, so there is nothing to extend.", _ANOTHER)
        new = replace(new, until=charter.until + EXTENSION)
    try:
        return replace(new, version=version).checked()
    except BadInput as wrong:
        raise Refused(wrong.problem, wrong.remedy) from None


def _organiser(word: str, role: Role) -> Organiser:
    """Return who is meant by "me", "you" or a role, as said by one of the two."""
    return Organiser({"me": role.value, "you": role.other.value}.get(word, word))
