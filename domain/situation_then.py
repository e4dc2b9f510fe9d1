"""A situation of the past, made of what events tell: what no event tells of calendars is not in it."""

from datetime import datetime

from domain.charter import Role
from domain.interval import Interval
from domain.person import Person
from domain.relationship import Relationship
from domain.sheet import Sheet
from domain.situation import Situation
from domain.told_time import ToldTime, mails_to
from domain.turns import next_turn

Busy = dict[Role, tuple[Interval, ...] | None]


def situation_then(
    relationship: Relationship, people: tuple[Person, Person], told: ToldTime, now: datetime
) -> Situation:
    """Return the situation of a relationship that stands so at `now`, with the mentor and the mentee as they were."""
    known = {role: told.engaged(role, now) for role in Role}
    away = {role: told.engaged(role, now, away=True) for role in Role}
    mailed = dict(mails_to(relationship)) if relationship.charter.weekly_mails else {}
    busy: Busy = dict(known)
    bare = Situation(relationship, *people, busy, away=away, mailed=mailed)
    if not relationship.running:
        return bare
    current = relationship.meetings.current
    target = next_turn(Sheet(bare, now)).target if current is None else current.time.start
    blocked = told.blocked(target, now) if current is None or any(known.values()) else ()
    if current is not None:
        blocked = tuple(time for time in blocked if not time.overlaps(current.time))
    busy = {role: tuple(sorted((*known[role], *blocked))) for role in Role}
    return Situation(relationship, *people, busy, away=away, mailed=mailed)
