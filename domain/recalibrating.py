"""How facts are noted, what the mentee makes of a dead end, and how a relationship becomes a contact and returns."""

from domain import health_events as events
from domain.by import By
from domain.charter import Role
from domain.errors import Refused
from domain.facts import Choice, DeadEnd, Fact
from domain.relationship_state import RelationshipState, Status

NETWORK_CONTACT = "the two stay in touch as network contacts"
"""Why what stood or was owed between them is let go."""


class Recalibrating(RelationshipState):
    """The decisions about health; every one may be repeated and then changes nothing."""

    def note_fact(self, fact: Fact, by: By) -> None:
        """Keep something that strained the charter."""
        if fact.name not in {known.name for known in self.facts}:
            self.record(events.FactNoted, fact=fact, by=by)

    def suspect_dead_end(self, role: Role, evidence: tuple[Fact, ...], by: By) -> None:
        """Several cycles in a row led nowhere; the same evidence is spoken of once."""
        if all(one.evidence != evidence for one in self.dead_ends):
            number = len(self.dead_ends) + 1
            self.record(events.DeadEndSuspected, number=number, role=role, evidence=evidence, by=by)

    def answer_dead_end(self, choice: Choice, by: By) -> None:
        """The mentee says what she makes of the last one; a later word takes the place of an earlier one."""
        last = self.last_dead_end()
        if last is None or self.status is not Status.AGREED:
            raise Refused("That question is no longer open.", "Nothing needs to be done.")
        if last.choice is not choice:
            self.record(events.DeadEndAnswered, number=last.number, choice=choice, by=by)

    def recalibrate(self, role: Role, by: By) -> None:
        """The mentee keeps the other as a network contact; what was owed is let go.

        What stands in a calendar is for the caller to give up before.
        """
        if self.status is Status.NETWORK_CONTACT:
            return
        if role is not Role.MENTEE:
            raise Refused("Only the mentee makes a network contact of it.", "Write close to end it.")
        if self.status is not Status.AGREED:
            raise Refused("There is no mentoring to recalibrate.", "Nothing needs to be done.")
        self.record(events.RecalibratedToNetworkContact, by=by)
        for action in self.open_actions():
            self.record(events.ActionLetGo, number=action.number, reason=NETWORK_CONTACT, by=by)

    def keep_after_leaving(self, reachable: bool, by: By) -> None:
        """The mentor has left, and the mentee keeps her as a contact, which takes an address that she agreed to."""
        if self.status is Status.NETWORK_CONTACT:
            return
        if not self.parted:
            raise Refused("Nobody has left of whom a contact could be made.", "Write recalibrate to make one of both.")
        if not reachable:
            problem = "The mentor has left the organisation and agreed to no address at which she can be written to."
            raise Refused(problem, "Ask somebody else: reply with Mentor: and a name, and Why you: and your reasons.")
        self.record(events.ContactKept, by=by)

    def wish_revival(self, role: Role, by: By) -> None:
        """One of the two wants it back; when both do, it is mentoring again."""
        if self.status is Status.AGREED:
            return
        if self.contact is not None and self.contact.after_leaving:
            raise Refused("The mentor has left the organisation.", "Write to her at the address that she agreed to.")
        if self.contact is None or self.status is not Status.NETWORK_CONTACT:
            raise Refused("There is no network contact to revive.", "Start a new request if both still want it.")
        wishing = dict(self.contact.wishes)
        if role not in wishing:
            self.record(events.RevivalWished, role=role, by=by)
        if {*wishing, role} == set(Role):
            self.record(events.Revived, by=by)

    def last_dead_end(self) -> DeadEnd | None:
        """Return the newest suspected dead end, or None."""
        return self.dead_ends[-1] if self.dead_ends else None
