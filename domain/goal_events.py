"""What can happen to the goals of a relationship; names and topics are forever."""

from domain.aggregate import Stream
from domain.goals import Goal, GoalKind, GoalReaders
from domain.personal import Personal
from domain.relationship_state import RelationshipState


class GoalSet(Stream.Event):
    """The mentee has one goal more."""

    TOPIC = "relationship.goal-set"
    number: int
    text: Personal
    kind: GoalKind
    test: Personal | None
    readers: GoalReaders

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _assign(aggregate, self)


class GoalRefined(Stream.Event):
    """The mentee says more exactly what a goal is, how its success shows, or who may read it."""

    TOPIC = "relationship.goal-refined"
    number: int
    text: Personal
    kind: GoalKind
    test: Personal | None
    readers: GoalReaders

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        _assign(aggregate, self)


class GoalEnded(Stream.Event):
    """The mentee reached a goal, or lets it go."""

    TOPIC = "relationship.goal-ended"
    number: int
    reached: bool

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.aims = aggregate.aims.ended(self.number, self.reached, self.by.at)
        aggregate.goals = aggregate.aims.shared()


def _assign(state: RelationshipState, said: GoalSet | GoalRefined) -> None:
    goal = Goal(said.number, said.text, said.kind, said.test, said.readers, said.by.at)
    state.aims = state.aims.with_goal(goal)
    state.goals = state.aims.shared()
