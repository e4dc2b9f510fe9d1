"""Finds the time for a turn from all that is known of the two people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
GRID = timedelta(minutes=15)


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
    quests = [own, *others]
    if not others or not own.widest.found.starts or _live_together(quests):
        return own.choice()
    room = _room(quests)
    enough = None if room else enough_for(quests)
    given = assign([quest.want(enough) for quest in quests], room)
    mine = given.pop(own.name, None)
    if mine is not None:
        return replace(own.widest, time=mine.time)
    taken = {role: own.taken_by(role, others, given) for role in Role}
    return Quest.of(replace(sheet.situation, commitments=taken), turn).choice()


def _live_together(quests: Sequence["Quest"]) -> bool:
    """Say whether each can have what is best for it alone, which then is best for all."""
    wants = [quest.best() for quest in quests]
    return len(assign(wants, _room(quests))) == sum(bool(want.options) for want in wants)


def enough_for(quests: Sequence["Quest"]) -> int:
    """Return how many of its best times a meeting needs at most, however the others are placed.

    While days have no limit, another meeting is in the way of no more times than begin in twice its length and buffer.
    """
    widest_of_all = max(2 * (quest.widest.length + quest.situation.relationship.charter.buffer) for quest in quests)
    return 1 + (len(quests) - 1) * (2 + widest_of_all // GRID)


def _waiting(sheet: Sheet) -> Iterator[tuple[Situation, Turn]]:
    """Give the other relationships of the two that take a time now if there is one."""
    for sibling in sheet.situation.siblings:
        theirs = Sheet(sibling, sheet.now)
        rests = sibling.paused or sibling.relationship.rest is not None
        if sibling.relationship.running and not rests and sibling.relationship.meetings.current is None:
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

    def best(self) -> Want:
        """Return the one time that it would have if it were alone."""
        time, ids = self.choice().time, self._ids()
        options = (Option(time, 0, self._days(time.start)),) if time is not None else ()
        return Want(self.name, frozenset(ids), options, self.situation.relationship.charter.buffer)

    def want(self, enough: int | None = None) -> Want:
        """Return its times, or `enough` of the best, with what they cost: first whom it does not suit, then how far
        from the target.
        """
        found, length = self.widest.found, self.widest.length
        ranks = found.ranks or (0,) * len(found.starts)
        away = (abs(start - self.aim.target) // MINUTE for start in found.starts)
        priced = sorted((rank * WORSE + far, s) for rank, far, s in zip(ranks, away, found.starts, strict=True))
        options = (Option(Interval(s, s + length), price, self._days(s)) for price, s in priced[:enough])
        return Want(self.name, frozenset(self._ids()), tuple(options), self.situation.relationship.charter.buffer)

    def room(self) -> dict[Day, int]:
        """Return how many more meetings the days of those take that have a limit."""
        room: dict[Day, int] = {}
        for side, id in zip(self.people, self._ids(), strict=True):
            if side.per_day:
                held = [day for meeting in side.meetings for day in side.timetable.days_at(meeting.start)]
                days = {day for start in self.widest.found.starts for day in side.timetable.days_at(start)}
                room |= {(id, day): side.per_day - held.count(day) for day in days}
        return room

    def taken_by(self, role: Role, others: Sequence["Quest"], given: Assignment) -> tuple[Interval, ...]:
        """Return one person's commitments with the times that the others were given."""
        id = self.situation.relationship.person_id(role)
        more = (given[other.name].time for other in others if id in other._ids() and other.name in given)
        return (*self.situation.commitments.get(role, ()), *more)

    def _days(self, start: datetime) -> tuple[Day, ...]:
        limited = [(side, id) for side, id in zip(self.people, self._ids(), strict=True) if side.per_day]
        return tuple((id, day) for side, id in limited for day in side.timetable.days_at(start))

    def _ids(self) -> tuple[str, ...]:
        return tuple(self.situation.relationship.person_id(role) for role in Role)


def _room(quests: Iterable[Quest]) -> dict[Day, int]:
    room: dict[Day, int] = {}
    for quest in quests:
        for day, left in quest.room().items():
            room[day] = min(left, room.get(day, left))
    return room


def search_of(situation: Situation, turn: Turn) -> Search:
    """Return what is looked for in this turn; times of this cycle are not offered again."""
    charter = situation.relationship.charter
    opens = min(turn.opens or turn.earliest, turn.earliest)
    return Search(
        Interval(opens, max(turn.latest, opens) + charter.length),
        charter.length,
        buffer=charter.buffer,
        refused=tuple(m.time for m in situation.relationship.meetings.of_cycle(turn.cycle)),
        earliest=turn.earliest if opens < turn.earliest else None,
    )


def people_of(situation: Situation) -> tuple[Availability, ...]:
    """Return the sides of both, the mentor first."""
    return tuple(side_of(situation, role) for role in Role)


def side_of(situation: Situation, role: Role) -> Availability:
    """Return one person's side: all that is known of when she can meet."""
    charter, person = situation.relationship.charter, situation.person(role)
    return Availability(
        f"the {role.value}",
        person.zone,
        situation.hours_of(role),
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
