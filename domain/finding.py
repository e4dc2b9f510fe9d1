"""Finds the time for a turn from all that is known of the two people."""

from datetime import datetime

from domain.charter import Role
from domain.choosing import Aim, Choice, Leeway, choose
from domain.fairness import debt
from domain.interval import Interval
from domain.sheet import Sheet
from domain.situation import Situation
from domain.slots import Availability, Found, Search, find_slots
from domain.turns import Turn


def search(sheet: Sheet, turn: Turn) -> Found:
    """Return all times at which the two can meet in this turn, while nothing yields."""
    return find_slots(search_of(sheet.situation, turn), people_of(sheet.situation))


def choose_time(sheet: Sheet, turn: Turn, standing: datetime | None = None) -> Choice:
    """Return the best time for this turn; `standing` is a start that stays if it is possible."""
    situation, people = sheet.situation, people_of(sheet.situation)
    return choose(search_of(situation, turn), people, aim_of(situation, turn, standing), leeway_of(situation, turn))


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


def people_of(situation: Situation) -> list[Availability]:
    """Return the sides of both, the mentor first."""
    return [_side(situation, role) for role in Role]


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
