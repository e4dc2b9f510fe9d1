"""Chooses one of the times at which two people can meet; where there is none, one constraint after the other yields."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.fairness import outside_minutes
from domain.interval import Interval
from domain.slots import FIVE_MINUTES, Availability, Found, Search, find_slots


class Yielding(StrEnum):
    """What had to yield for a time to be found, in this order; each step keeps those before it.

    The values are the clauses of the charter that allow it. Preferences have yielded in the first step already.
    """

    NOTHING = "cadence"
    WINDOW = "slack"
    TENTATIVE = "tentative"
    HOURS = "stretch"
    LENGTH = "shorten"


@dataclass(frozen=True, slots=True)
class Leeway:
    """What may yield when nothing is left: the `window` to a wider one, tentative time, hours by `stretch` minutes,
    the length down to `shortest`. What is None, false or 0 does not.
    """

    window: Interval | None = None
    tentative: bool = False
    stretch: int = 0
    shortest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome of a search: the chosen time, or None; what had to yield; and what it was chosen from.

    Without a time `found` is the most generous search, whose counters say what emptied it.
    """

    time: Interval | None
    yielded: Yielding
    found: Found
    length: timedelta


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a meeting would best be: near `target`, and where it stands already (`standing`) if that is possible.

    `debts` are the minutes that each of the people has lately met outside her hours, in the order of the people.
    """

    target: datetime
    standing: datetime | None = None
    debts: tuple[int, ...] = ()


def choose(search: Search, people: Sequence[Availability], aim: Aim, leeway: Leeway = Leeway()) -> Choice:
    """Return the best time: what stands stays; else of those that most people prefer the nearest to the target, of two
    equally near ones the one that is fairer, of equally fair ones the earlier.
    """
    return chosen(widest(search, people, aim, leeway), people, aim)


def widest(search: Search, people: Sequence[Availability], aim: Aim, leeway: Leeway) -> Choice:
    """Return the first search that finds anything, or the last one; nothing is chosen from it yet."""
    for yielded, asked, who in _steps(search, people, aim, leeway):
        choice = Choice(None, yielded, find_slots(asked, who), asked.duration)
        if choice.found.starts:
            return choice
    return choice


def chosen(choice: Choice, people: Sequence[Availability], aim: Aim) -> Choice:
    """Return the choice with the best of its starts chosen."""
    if aim.standing in choice.found.starts:
        best: datetime | None = aim.standing
    else:
        burden = _burden(people, aim, choice.length)
        best = min(choice.found.best(aim.target), key=lambda start: (burden(start), start), default=None)
    return replace(choice, time=Interval(best, best + choice.length) if best is not None else None)


def _steps(
    search: Search, people: Sequence[Availability], aim: Aim, leeway: Leeway
) -> Iterator[tuple[Yielding, Search, Sequence[Availability]]]:
    yield Yielding.NOTHING, search, people
    if leeway.window is not None and leeway.window != search.window:
        search = replace(search, window=leeway.window, label=", wider")
        yield Yielding.WINDOW, search, people
    if leeway.tentative and any(person.soft for person in people):
        search = replace(search, tentative=True)
        yield Yielding.TENTATIVE, search, people
    if leeway.stretch:
        for stretched in _stretched(people, aim, leeway.stretch):
            yield Yielding.HOURS, search, stretched
        people = stretched
    for length in _lengths(search.duration, leeway.shortest):
        window = Interval(search.window.start, max(search.window.end - (search.duration - length), search.window.start))
        label = f"{search.label}, {length // timedelta(minutes=1)} minutes long"
        yield Yielding.LENGTH, replace(search, window=window, duration=length, label=label), people


def _stretched(people: Sequence[Availability], aim: Aim, minutes: int) -> Iterator[Sequence[Availability]]:
    """Whoever has met less outside her hours goes first, the last one where all are equal; then all together."""
    debts = aim.debts or (0,) * len(people)
    for place in sorted(range(len(people)), key=lambda place: (debts[place], -place)):
        yield [replace(p, stretch=minutes) if place == other else p for other, p in enumerate(people)]
    yield [replace(person, stretch=minutes) for person in people]


def _lengths(duration: timedelta, shortest: timedelta | None) -> Iterator[timedelta]:
    length = duration - FIVE_MINUTES
    while shortest is not None and length > shortest:
        yield length
        length -= FIVE_MINUTES
    if shortest is not None and shortest < duration:
        yield shortest


def _burden(people: Sequence[Availability], aim: Aim, length: timedelta) -> Callable[[datetime], int]:
    """Return how much the one who carries most would have met outside her hours, for each start."""
    debts = aim.debts or (0,) * len(people)

    def after(start: datetime) -> int:
        time = Interval(start, start + length)
        return max(debt + outside_minutes(person.timetable, time) for debt, person in zip(debts, people, strict=True))

    return after
