"""How a mentee's goals become clearer from meeting to meeting."""

from domain import goal_events
from domain.by import By
from domain.errors import Refused
from domain.goals import Goal, GoalKind, GoalReaders
from domain.personal import Personal
from domain.relationship_state import RelationshipState
from domain.reply import SaidGoal


class Aiming(RelationshipState):
    """The decisions about goals; every one may be repeated and then changes nothing."""

    def say_goals(self, said: tuple[SaidGoal, ...], by: By) -> None:
        """The mentee says which goals are other or new, and which are reached or dropped; all or nothing."""
        for one in said:
            if one.number and self.aims.get(one.number) is None:
                raise Refused(f"There is no goal {one.number}.", "Give one of the numbers of your goals, or none.")
        for one in said:
            known = self.aims.get(one.number) or self.aims.saying(Personal(self.mentee_id, one.text))
            if one.ended is not None:
                self._end(known, one.ended, by)
            elif known is not None:
                self._refine(known, one, by)
            elif one.text:
                self._set(one, by)

    def _end(self, goal: Goal | None, reached: bool, by: By) -> None:
        if goal is not None and goal.open:
            self.record(goal_events.GoalEnded, number=goal.number, reached=reached, by=by)

    def _refine(self, goal: Goal, said: SaidGoal, by: By) -> None:
        """What is not said stays as it was; a goal that had ended is aimed at again."""
        facts = {
            "text": Personal(self.mentee_id, said.text) if said.text else goal.text,
            "kind": said.kind or goal.kind,
            "test": Personal(self.mentee_id, said.test) if said.test else goal.test,
            "readers": said.readers or goal.readers,
        }
        if not goal.open or any(getattr(goal, name) != value for name, value in facts.items()):
            self.record(goal_events.GoalRefined, number=goal.number, by=by, **facts)

    def _set(self, said: SaidGoal, by: By) -> None:
        test = Personal(self.mentee_id, said.test) if said.test else None
        kind, readers = said.kind or GoalKind.OWN, said.readers or GoalReaders.MENTOR
        number = max((goal.number for goal in self.aims.items), default=0) + 1
        facts = {"number": number, "text": Personal(self.mentee_id, said.text), "kind": kind}
        self.record(goal_events.GoalSet, test=test, readers=readers, by=by, **facts)
