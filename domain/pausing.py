"""How one pair is let rest and goes on, while everybody else goes on."""

from domain import pausing_events as events
from domain.by import By
from domain.errors import Refused
from domain.relationship_state import ENDED, RelationshipState


class Pauses(RelationshipState):
    """The decisions about a rest; every one may be repeated and then changes nothing."""

    def pause(self, by: By) -> None:
        """Let the pair rest: nothing is sent, booked or planned; what is to be taken out of a calendar still is."""
        if self.status in ENDED:
            raise Refused("That relationship has ended.", "There is nothing to pause.")
        if not self.paused:
            self.record(events.PairPaused, by=by)

    def resume(self, by: By) -> None:
        """Go on; what became useless meanwhile is not made up for."""
        if self.paused:
            self.record(events.PairResumed, by=by)
