"""The day by which a mail names its meeting: where that stands, or stood then, by the reader's own clock."""

from datetime import date, datetime

from domain.charter import Role
from domain.effects import EffectKind
from domain.hours import zone_named
from domain.interval import Interval
from domain.meeting import Meeting
from domain.occasions import day_in, instant_in, meeting_ref, topic_in
from domain.situation import Situation
from domain.timetable import Timetable

_NEW_TIMES = ("moved", "shortened", "zone_rules_changed")
_WISHES = ("", "wish_question")


def day_of(situation: Situation, reader: Role, kind: str, occasion: str) -> date | None:
    """Return the reader's day of the meeting that a mail of that kind and occasion is about, None where there is none.

    Of a meeting that was moved it is the day to which it was, also in the mail that says so. It is the day on the clock
    by which the mails tell the reader the time: at home, or where she travels then.
    """
    named = day_in(occasion)
    if named is None:
        return None
    meeting = situation.relationship.meetings.get(meeting_ref(occasion))
    instant = instant_in(occasion)
    start = _meant(meeting, kind, occasion, named) if meeting is not None else instant
    return _local_day(situation, reader, start) if start is not None else named


def _meant(meeting: Meeting, kind: str, occasion: str, named: date) -> datetime | None:
    """Return the start that an occasion means; None where it names a day at which the meeting never stood."""
    instant, stood = instant_in(occasion), (*meeting.earlier, meeting.time)
    if instant is None:
        zone = zone_named(meeting.zone)
        return next((t.start for t in reversed(stood) if t.start.astimezone(zone).date() == named), None)
    if topic_in(occasion) in _NEW_TIMES:
        return _after(stood, instant)
    if kind == EffectKind.NOTICE and topic_in(occasion) in _WISHES:
        wish = next((w for w in reversed(meeting.proposals) if w.time.start == instant), None)
        return wish.instead_of.start if wish is not None else instant
    return instant


def _after(stood: tuple[Interval, ...], instant: datetime) -> datetime:
    """Return where the meeting went from the time that it left last at that instant."""
    left = [place for place, time in enumerate(stood[:-1]) if time.start == instant]
    return stood[left[-1] + 1].start if left else instant


def _local_day(situation: Situation, reader: Role, instant: datetime) -> date:
    person = situation.person(reader)
    zone = Timetable(person.zone, person.hours, person.travels).zone_at(instant)
    return instant.astimezone(zone_named(zone)).date()
