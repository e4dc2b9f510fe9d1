"""Gives times to several meetings that share people, so that none stands in the way of another.

Scarcest first, then improved by moving one aside at a time; with few meetings the best of all assignments is found.
Everything is counted in whole numbers, and the outcome does not depend on the order in which the meetings are given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.interval import Interval

UNPLACED = 10**10
EXACT = 6
NODES = 20_000
Day = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Option:
    """A time that a meeting could have, what it costs (less is better), and which days of whose it would be on."""

    time: Interval
    cost: int
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Want:
    """A meeting that needs a time: its name, the people in it, its options, and the time around it that stays free."""

    name: str
    people: frozenset[str]
    options: tuple[Option, ...]
    buffer: timedelta = timedelta()

    @property
    def cheapest(self) -> int:
        """What it costs at least."""
        return min((option.cost for option in self.options), default=UNPLACED)


Assignment = dict[str, Option]


def assign(wants: Iterable[Want], room: Mapping[Day, int] | None = None) -> Assignment:
    """Return a time for as many meetings as possible, at the least cost that was found; who is left out is missing.

    `room` says how many more meetings some days of some people take; all others take any number.
    """
    table = _Table(sorted(wants, key=_scarcity), room or {})
    found = table.improved(table.greedy())
    return table.exact(found) if len(table.wants) <= EXACT else found


def cost(wants: Iterable[Want], found: Assignment) -> int:
    """Return what an assignment costs; who is left out costs more than any time."""
    return sum(found[want.name].cost if want.name in found else UNPLACED for want in wants)


def _scarcity(want: Want) -> tuple[int, tuple[tuple[Interval, int], ...], tuple[str, ...], timedelta, str]:
    """Order by the fewest options; the name decides only between those that are alike in everything else."""
    options = tuple(sorted((option.time, option.cost) for option in want.options))
    return len(options), options, tuple(sorted(want.people)), want.buffer, want.name


def _meets(want: Want, option: Option, placed: Iterable[tuple[Want, Option]]) -> bool:
    return any(_clash(want, option, other, theirs) for other, theirs in placed)


def _clash(one: Want, mine: Option, two: Want, theirs: Option) -> bool:
    """Say whether two meetings share a person and come nearer than the longer of their buffers."""
    if one.people.isdisjoint(two.people):
        return False
    free = max(one.buffer, two.buffer)
    return mine.time.start < theirs.time.end + free and theirs.time.start < mine.time.end + free


class _Table:
    """The wants in order of their scarcity, and what each day still takes."""

    def __init__(self, wants: Sequence[Want], room: Mapping[Day, int]) -> None:
        self.wants = wants
        self.room = room
        self.by_name = {want.name: want for want in wants}
        self.ranked = {w.name: sorted(w.options, key=lambda option: (option.cost, option.time)) for w in wants}
        self.nodes = 0

    def fits(self, want: Want, option: Option, found: Assignment) -> bool:
        """Say whether the option is possible beside what is placed."""
        placed = ((self.by_name[name], theirs) for name, theirs in found.items())
        return self.takes(option, found) and not _meets(want, option, placed)

    def takes(self, option: Option, found: Assignment) -> bool:
        """Say whether all days of an option still have room."""
        limited = [day for day in option.days if day in self.room]
        return all(sum(day in o.days for o in found.values()) < self.room[day] for day in limited)

    def greedy(self) -> Assignment:
        """Place the meeting with the fewest possible times first, each at its cheapest."""
        found: Assignment = {}
        left = {want.name: self.ranked[want.name] for want in self.wants}
        while left:
            possible = {name: self._fitting(name, options, found) for name, options in left.items()}
            left = {name: options for name, options in possible.items() if options}
            if left:
                name = min(left, key=lambda name: len(left[name]))
                found[name] = left.pop(name)[0]
        return found

    def _fitting(self, name: str, options: Sequence[Option], found: Assignment) -> list[Option]:
        return [option for option in options if self.fits(self.by_name[name], option, found)]

    def improved(self, found: Assignment) -> Assignment:
        """Take a better time for one meeting while that helps, moving at most one other aside for it."""
        while (better := next(self._better(found), None)) is not None:
            found = better
        return found

    def _better(self, found: Assignment) -> Iterator[Assignment]:
        now = cost(self.wants, found)
        for want in self.wants:
            others = {name: option for name, option in found.items() if name != want.name}
            mine = found[want.name].cost if want.name in found else UNPLACED
            for option in self.ranked[want.name]:
                if option.cost >= mine:
                    break
                changed = self._with(want, option, others)
                if changed is not None and cost(self.wants, changed) < now:
                    yield changed

    def _with(self, want: Want, option: Option, others: Assignment) -> Assignment | None:
        """Return the others and this option, one of them moved aside if need be, or None."""
        in_way = [n for n, theirs in others.items() if _clash(want, option, self.by_name[n], theirs)]
        if not in_way and self.takes(option, others):
            return {**others, want.name: option}
        if len(in_way) > 1:
            return None
        aside = in_way or [n for n, o in others.items() if set(o.days) & set(option.days)]
        tried = (self._aside(want, option, others, name) for name in aside)
        return min(filter(None, tried), key=lambda changed: cost(self.wants, changed), default=None)

    def _aside(self, want: Want, option: Option, others: Assignment, name: str) -> Assignment | None:
        changed = {n: theirs for n, theirs in others.items() if n != name}
        if not self.takes(option, changed):
            return None
        changed[want.name] = option
        place = next((o for o in self.ranked[name] if self.fits(self.by_name[name], o, changed)), None)
        return changed if place is None else {**changed, name: place}

    def exact(self, found: Assignment) -> Assignment:
        """Return the best assignment, by looking at every one that may still be better than the one found."""
        least = [min(want.cheapest, UNPLACED) for want in self.wants]
        bounds = [sum(least[place:]) for place in range(len(self.wants) + 1)]
        self.nodes = 0
        return self._search(0, {}, 0, bounds, found)

    def _search(self, place: int, part: Assignment, spent: int, bounds: Sequence[int], best: Assignment) -> Assignment:
        self.nodes += 1
        if place == len(self.wants):
            return dict(part) if spent < cost(self.wants, best) else best
        want = self.wants[place]
        for option in (*self.ranked[want.name], None):
            price = UNPLACED if option is None else option.cost
            if self.nodes > NODES or spent + price + bounds[place + 1] >= cost(self.wants, best):
                return best
            if option is None:
                best = self._search(place + 1, part, spent + price, bounds, best)
            elif self.fits(want, option, part):
                best = self._search(place + 1, {**part, want.name: option}, spent + price, bounds, best)
        return best
