"""How a relationship ends although nobody said so: one of the two has left."""

from domain import erasure_events
from domain import relationship_events as events
from domain.by import By
from domain.charter import Role
from domain.relationship_state import ENDED, RelationshipState

CLOSED = "closed"
"""Why a relationship ended that one of the two closed."""
TERM = "term"
"""Why a relationship ended whose term is over."""


class Ending(RelationshipState):
    """The decisions about an end; every one may be repeated and then changes nothing."""

    def end(self, reason: str, by: By) -> None:
        """Nothing more is arranged."""
        if self.status not in ENDED:
            self.record(events.Ended, reason=reason, by=by)

    def blank_event(self, ref: str, by: By) -> None:
        """The event of a meeting that is over names nobody any more."""
        meeting = self.meetings.get(ref)
        if meeting is not None and not meeting.blanked:
            self.record(erasure_events.EventBlanked, ref=ref, by=by)

    def lose_actions(self, owner: Role, by: By) -> None:
        """What that person still owes will not come any more."""
        for action in self.open_actions():
            if action.owner is owner:
                self.record(events.ActionUnreachable, number=action.number, by=by)
