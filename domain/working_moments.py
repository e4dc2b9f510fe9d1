"""When a reader works: the last moment of hers before a mail is due, and the next day on which she works at all."""

from datetime import datetime, timedelta

from domain.absence import absences
from domain.charter import Role
from domain.discretion import quiet_hours
from domain.finding import side_of
from domain.hours import DAY
from domain.interval import Interval, without
from domain.situation import Situation

SEARCHED = 14 * DAY
"""How far working time is looked for; whoever has none in it gets her mail when it is due."""
BEFORE_SHE_STOPS = timedelta(hours=1)


def last_moment(situation: Situation, reader: Role, due: datetime, since: datetime) -> datetime | None:
    """Return when a mail that is due then leaves, so that its reader sees it at work, but not before `since`.

    That is the moment itself where she works then, else an hour before she stopped last; None where there is no such.
    """
    opens = max(since, due - SEARCHED)
    work = _at_work(situation, reader, Interval(opens, due)) if opens < due else []
    if not work:
        return None
    return due if work[-1].end == due else max(work[-1].start, work[-1].end - BEFORE_SHE_STOPS)


def next_moment(situation: Situation, reader: Role, due: datetime) -> datetime:
    """Return the first moment from then on at which the reader works, `due` where there is none."""
    work = _at_work(situation, reader, Interval(due, due + SEARCHED))
    return work[0].start if work else due


def working_day(situation: Situation, reader: Role, due: datetime) -> datetime:
    """Return the same moment on a day on which the reader works, however late, else when she works again."""
    hours = side_of(situation, reader).timetable
    days = [hours.day(day) for day in hours.days_at(due)]
    works = any(_at_work(situation, reader, day) for day in days)
    return due if works else next_moment(situation, reader, due)


def _at_work(situation: Situation, reader: Role, window: Interval) -> list[Interval]:
    """Return the stretches of the window at which a mail finds her at work: not away, and not in quiet hours."""
    closed = (*absences(situation, reader), *quiet_hours(situation, reader, window))
    working = side_of(situation, reader).timetable.working(window)
    return [part for stretch in working for part in without(stretch, closed)]
