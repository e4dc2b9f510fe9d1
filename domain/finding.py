"""Finds the time for a turn from all that is known of the two people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.charter import Role
from domain.choosing import Aim, Choice, Leeway, chosen, widest
from domain.fairness import debt
from domain.interval import Interval
from domain.joint import Assignment, Day, Option, Want, assign
from domain.sheet import MINUTE, Sheet
from domain.situation import Situation
from domain.slots import Availability, Found, Search, find_slots
from domain.turns import Turn, next_turn, waits

WORSE = 10**7


def search(sheet: Sheet, turn: Turn) -> Found:
    """Return all times at which the two can meet in this turn, while nothing yields."""
    return find_slots(search_of(sheet.situation, turn), people_of(sheet.situation))


def choose_time(sheet: Sheet, turn: Turn, standing: datetime | None = None) -> Choice:
    """Return the best time for this turn; `standing` is a start that stays if it is possible.

    Where other relationships of the two need a time as well, all get one together and this one takes its own part of
    that. Every one of them computes the same, so that none takes what another needs more.
    """
    own = Quest.of(sheet.situation, turn, standing)
    others = [Quest.of(other, theirs) for other, theirs in _waiting(sheet)] if standing is None else []
    if not others or not own.widest.found.starts:
        return own.choice()
    given = assign([own.want(), *(other.want() for other in others)], _room([own, *others]))
    mine = given.pop(own.name, None)
    if mine is not None:
        return replace(own.widest, time=mine.time)
    taken = {role: own.taken_by(role, others, given) for role in Role}
    return Quest.of(replace(sheet.situation, commitments=taken), turn).choice()


def _waiting(sheet: Sheet) -> Iterator[tuple[Situation, Turn]]:
    """Give the other relationships of the two that take a time now if there is one."""
    for sibling in sheet.situation.siblings:
        theirs = Sheet(sibling, sheet.now)
        if sibling.relationship.running and not sibling.paused and sibling.relationship.meetings.current is None:
            turn = next_turn(theirs)
            if not turn.over and not waits(theirs, turn):
                yield sibling, turn


@dataclass(frozen=True, slots=True)
class Quest:
    """The search for the time of one relationship's turn."""

    situation: Situation
    aim: Aim
    people: tuple[Availability, ...]
    widest: Choice

    @classmethod
    def of(cls, situation: Situation, turn: Turn, standing: datetime | None = None) -> "Quest":
        """Search until something is found, or nothing more yields."""
        people, aim = people_of(situation), aim_of(situation, turn, standing)
        return cls(situation, aim, people, widest(search_of(situation, turn), people, aim, leeway_of(situation, turn)))

    @property
    def name(self) -> str:
        """The relationship's id."""
        return str(self.situation.relationship.id)

    def choice(self) -> Choice:
        """Return the best time for this one alone."""
        return chosen(self.widest, self.people, self.aim)

    def want(self) -> Want:
        """Return all its times with what they cost: first whom it does not suit, then how far from the target."""
        found, length, ids = self.widest.found, self.widest.length, self._ids()
        options = []
        for place, start in enumerate(found.starts):
            price = (found.ranks[place] if found.ranks else 0) * WORSE + abs(start - self.aim.target) // MINUTE
            days = tuple(day for side, id in zip(self.people, ids, strict=True) for day in _days(side, id, start))
            options.append(Option(Interval(start, start + length), price, days))
        return Want(self.name, frozenset(ids), tuple(options), self.situation.relationship.charter.buffer)

    def room(self) -> dict[Day, int]:
        """Return how many more meetings the days of those take that have a limit."""
        room: dict[Day, int] = {}
        for side, id in zip(self.people, self._ids(), strict=True):
            held = [day for meeting in side.meetings for day in _days(side, id, meeting.start)]
            for start in self.widest.found.starts if side.per_day else ():
                room |= {day: side.per_day - held.count(day) for day in _days(side, id, start)}
        return room

    def taken_by(self, role: Role, others: Sequence["Quest"], given: Assignment) -> tuple[Interval, ...]:
        """Return one person's commitments with the times that the others were given."""
        id = self.situation.relationship.person_id(role)
        more = (given[other.name].time for other in others if id in other._ids() and other.name in given)
        return (*self.situation.commitments.get(role, ()), *more)

    def _ids(self) -> tuple[str, ...]:
        return tuple(self.situation.relationship.person_id(role) for role in Role)


def _days(side: Availability, id: str, start: datetime) -> tuple[Day, ...]:
    return tuple((id, day) for day in side.timetable.days_at(start)) if side.per_day else ()


def _room(quests: Iterable[Quest]) -> dict[Day, int]:
    room: dict[Day, int] = {}
    for quest in quests:
        for day, left in quest.room().items():
            room[day] = min(left, room.get(day, left))
    return room


def search_of(situation: Situation, turn: Turn) -> Search:
    """Return what is looked for in this turn; times of this cycle are offered again only when somebody asked for it."""
    charter = situation.relationship.charter
    opens = min(turn.opens or turn.earliest, turn.earliest)
    return Search(
        Interval(opens, max(turn.latest, opens) + charter.length),
        charter.length,
        buffer=charter.buffer,
        refused=tuple(m.time for m in situation.relationship.meetings.of_cycle(turn.cycle) if not m.wanted_again),
        earliest=turn.earliest if opens < turn.earliest else None,
    )


def people_of(situation: Situation) -> tuple[Availability, ...]:
    """Return the sides of both, the mentor first."""
    return tuple(_side(situation, role) for role in Role)


def _side(situation: Situation, role: Role) -> Availability:
    charter, person = situation.relationship.charter, situation.person(role)
    return Availability(
        f"the {role.value}",
        person.zone,
        charter.hours_of(role),
        situation.busy.get(role),
        soft=situation.soft.get(role, ()),
        preferred=charter.preferred_of(role),
        travels=person.travels,
        leaves=person.leaves,
        special=person.special_hours,
        meetings=situation.commitments.get(role, ()),
        per_day=person.meetings_per_day or 0,
    )


def aim_of(situation: Situation, turn: Turn, standing: datetime | None = None) -> Aim:
    """Return what the turn is after, with what each of the two gave lately."""
    held = situation.relationship.meetings.items
    return Aim(turn.target, standing, tuple(debt(side.timetable, held) for side in people_of(situation)))


def leeway_of(situation: Situation, turn: Turn) -> Leeway:
    """Return what the charter lets yield."""
    charter = situation.relationship.charter
    window = Interval(turn.wide[0], max(turn.wide) + charter.length) if turn.wide else None
    shortest = charter.shortest if charter.shortest_minutes else None
    return Leeway(window, charter.tentative_yields, charter.stretch_minutes, shortest)
