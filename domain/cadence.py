"""When the next meeting is meant to be: one cadence later in days or months of the local calendar."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.charter import Charter, Rhythm
from domain.hours import at_wall_clock, zone_named


def next_target(before: Sequence[datetime], charter: Charter, zone: str) -> datetime:
    """Return the instant one cadence after the last of the meetings `before` (in order, at least one).

    It has the same time of day on the wall clock of `zone`. The cadence drifts with the meetings: it counts from where
    the last one was. A month too short for the date or the fifth weekday takes its last one, and the months after it
    return to what was meant, as long as nobody moved a meeting meanwhile.
    """
    locals_ = [instant.astimezone(zone_named(zone)) for instant in before]
    last = locals_[-1]
    if charter.rhythm is Rhythm.DAYS:
        return at_wall_clock(last + timedelta(days=charter.cadence_days), last, zone)
    day = _in_month(_meant([local.date() for local in locals_], charter.rhythm), charter.months, last, charter.rhythm)
    return at_wall_clock(last.replace(year=day.year, month=day.month, day=day.day), last, zone)


def _meant(days: Sequence[date], rhythm: Rhythm) -> date:
    """Return the first of the last run of days that keep to one rhythm, clipped or not."""
    meant = days[0]
    for day in days[1:]:
        if _in_month(meant, 0, day, rhythm) != day:
            meant = day
    return meant


def _in_month(meant: date, months: int, last: date, rhythm: Rhythm) -> date:
    """Return the day that `meant` stands for in the month that is so many after that of `last`."""
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if rhythm is Rhythm.MONTHLY_DATE:
        return date(year, month + 1, min(meant.day, length))
    first = date(year, month + 1, 1)
    day = 1 + (meant.weekday() - first.weekday()) % 7 + 7 * ((meant.day - 1) // 7)
    return date(year, month + 1, day if day <= length else day - 7)


def one_cadence_later(anchor: datetime, charter: Charter, zone: str) -> datetime:
    """Return the same time of day one cadence after a single meeting."""
    return next_target([anchor], charter, zone)
