"""While somebody is away: which stretches that is, until when a mail waits, and how long a silence may last."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.charter import Role
from domain.effects import Effect
from domain.hours import DAY
from domain.interval import Interval, merged
from domain.situation import Situation
from domain.timetable import midnight

LONG_ENOUGH = timedelta(days=1)
AWAY = "its reader was away for as long as it was of use"


def absences(situation: Situation, role: Role) -> tuple[Interval, ...]:
    """Return the stretches of a day or more in which that person is away, in order and disjoint.

    They come from planned leave, on her own calendar days, from what her calendar shows as out of office, and from the
    pauses of the relationship, in which nobody is silent.
    """
    person = situation.person(role)
    leaves = (
        Interval(midnight(leave.first, person.zone), midnight(leave.last + DAY, person.zone)) for leave in person.leaves
    )
    seen = situation.away.get(role, ())
    known = merged((*leaves, *seen, *(rest.span for rest in situation.relationship.rests)))
    return tuple(stretch for stretch in known if stretch.end - stretch.start >= LONG_ENOUGH)


def put_off(situation: Situation, effect: Effect, now: datetime) -> Effect:
    """Return the effect with the due time at which its reader is there: a mail waits for the end of an absence.

    A mail that is late already does not catch up with a reader who has gone since.
    """
    if not effect.kind.is_mail:
        return effect
    away = absences(situation, Role(effect.recipient))
    due = _present(away, effect.due)
    here = _present(away, max(due, now))
    return replace(effect, due=due if here == max(due, now) else here)


def missed_while_away(situation: Situation, effect: Effect) -> bool:
    """Say whether its reader was away from its due time until it was of no use any more."""
    mail = effect.kind.is_mail
    return mail and _present(absences(situation, Role(effect.recipient)), effect.due) >= effect.expires


def departures(situation: Situation, effect: Effect) -> tuple[datetime, ...]:
    """Return the moments at which the reader of a mail goes away while it is still of use."""
    if not effect.kind.is_mail:
        return ()
    away = absences(situation, Role(effect.recipient))
    return tuple(stretch.start for stretch in away if stretch.start < effect.expires)


def prolonged(situation: Situation, role: Role, start: datetime, length: timedelta) -> datetime:
    """Return when so much time has passed since `start` in which that person was not away.

    Silence counts against nobody who is away.
    """
    end = start + length
    for stretch in absences(situation, role):
        if start < stretch.end and stretch.start < end:
            end += stretch.end - max(stretch.start, start)
    return end


def _present(away: tuple[Interval, ...], moment: datetime) -> datetime:
    """Return the first moment from then on at which the person is there."""
    return next((stretch.end for stretch in away if stretch.start <= moment < stretch.end), moment)
