"""Finds the event that an effect follows from: the plan wanted it with that event, and not before."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from domain.decisions import Lapse
from domain.person import Person
from domain.plan import plan
from domain.relationship import Relationship
from domain.situation_then import situation_then
from domain.told_time import ToldTime, told_time

People = Callable[[datetime], tuple[Person, Person]]


@dataclass(frozen=True, slots=True)
class Causes:
    """The states of one relationship after each of its events, and what these tell about time."""

    stream: Sequence[object]
    states: Sequence[Relationship]
    told: ToldTime
    people: People

    def of(self, name: tuple[str, str, str], at: datetime, before: object | None) -> object | None:
        """Return the event since which the plan wants the effect of that name, as it wanted it at `at`.

        `before` is the event that ended it, None when nothing has. None when the plan wants it for what no event tells.
        """
        place = self.stream.index(before) if before is not None else len(self.stream)
        found: object | None = None
        while place > 0 and self._wanted(self.states[place - 1], name, at):
            place -= 1
            found = self.stream[place]
        return found

    def _wanted(self, state: Relationship, name: tuple[str, str, str], at: datetime) -> bool:
        planned = plan(situation_then(state, self.people(at), self.told, at), at)
        lapsed = [one for one in planned.decisions if isinstance(one, Lapse)]
        lost = ((one.kind, one.occasion, one.recipient) for one in lapsed)
        return name in [*(effect.name for effect in planned.effects), *lost]


def causes(stream: Iterable[object], people: People) -> Causes:
    """Read a relationship's events, in order; `people` gives the mentor and the mentee as of an instant."""
    told = tuple(stream)
    states: list[Relationship] = []
    state: Relationship | None = None
    for event in told:
        state = cast(Any, event).mutate(state)
        # Its events only assign new values, so that a copy of the whole keeps the old ones.
        states.append(copy(cast(Relationship, state)))
    return Causes(told, states, told_time(told), people)
