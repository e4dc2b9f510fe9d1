"""What a mentee wants to reach: goals of a kind, perhaps with a test of success, each with its readers and its past."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.personal import Personal


class GoalKind(StrEnum):
    """What a goal is about; OWN is the mentee's own words, which fit none of the others."""

    PERCEPTION = "perception"
    ACCESS = "access"
    PROJECTS = "projects"
    NEXT_LEVEL = "next_level"
    BREADTH = "breadth"
    VISIBILITY = "visibility"
    LATERAL = "lateral"
    OWN = "own"


class GoalReaders(StrEnum):
    """Who reads a goal: its author alone, the mentor too, or the programme as well."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    PROGRAMME = "programme"


class GoalState(StrEnum):
    """Whether a goal is still aimed at."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal as it stands since `at` (UTC); `number` stays, and `former` are its earlier wordings, oldest first."""

    number: int
    text: Personal
    kind: GoalKind
    test: Personal | None
    readers: GoalReaders
    at: datetime
    state: GoalState = GoalState.OPEN
    former: tuple[Personal, ...] = ()

    @property
    def open(self) -> bool:
        """Say whether it is still aimed at."""
        return self.state is GoalState.OPEN


@dataclass(frozen=True, slots=True)
class GoalBook:
    """All goals of one relationship, also those that are past; changing returns a new value."""

    items: tuple[Goal, ...] = ()

    @classmethod
    def begun(cls, texts: Iterable[Personal], readers: GoalReaders, at: datetime) -> "GoalBook":
        """Return the goals of a request, in the mentee's own words."""
        return cls(tuple(Goal(n, text, GoalKind.OWN, None, readers, at) for n, text in enumerate(texts, 1)))

    def get(self, number: int) -> Goal | None:
        """Return the goal of that number, or None."""
        return next((goal for goal in self.items if goal.number == number), None)

    def saying(self, text: Personal) -> Goal | None:
        """Return the open goal with these very words, or None."""
        return next((goal for goal in self.items if goal.open and goal.text == text), None)

    def with_goal(self, goal: Goal) -> "GoalBook":
        """Return these with one that is new, or one of them in another wording."""
        before = self.get(goal.number)
        if before is None:
            return GoalBook((*self.items, goal))
        former = (*before.former, before.text) if before.text != goal.text else before.former
        return self._with(replace(goal, former=former))

    def ended(self, number: int, reached: bool, at: datetime) -> "GoalBook":
        """Return these with one of them reached, or dropped."""
        goal = self.get(number)
        state = GoalState.REACHED if reached else GoalState.DROPPED
        return self._with(replace(goal, state=state, at=at)) if goal is not None else self

    def shared(self) -> tuple[Personal, ...]:
        """Return the words of the open goals that the mentor reads."""
        return tuple(goal.text for goal in self.items if goal.open and goal.readers is not GoalReaders.MENTEE)

    def _with(self, changed: Goal) -> "GoalBook":
        return GoalBook(tuple(changed if goal.number == changed.number else goal for goal in self.items))
