"""What follows from private notes: before a meeting each gets back what she noted about the other, and nobody else."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.charter import Role
from domain.effects import Effect, EffectKind
from domain.hours import zone_named
from domain.meeting import Meeting, MeetingState
from domain.notebook import NoteMark
from domain.occasions import of_cycle
from domain.rules_talks import agenda_due, occasion_of, preparation_due
from domain.sheet import Sheet
from domain.situation import Situation

AHEAD = timedelta(days=7)
"""How long before its day a dated note comes back already, when no meeting lies between."""
NOTES_KEPT = "notes_kept"
TELL_TIME = timedelta(days=30)
MOST = 50
"""How many notes without a day one brief holds: the newest."""


def bring_back_notes(sheet: Sheet) -> None:
    """Each gets one brief for each cycle in which something is to come back."""
    for meeting in sheet.situation.relationship.meetings.items:
        if meeting.state is MeetingState.BOOKED and sheet.now < meeting.time.end:
            for role in Role:
                _brief(sheet, meeting, role)


def say_notes_stay(sheet: Sheet) -> None:
    """When one of the two was forgotten, the other hears once that her private notes about him stay hers, if there are
    any, and how to delete them.
    """
    for role in Role:
        forgotten = sheet.situation.person(role.other).forgotten_at
        if forgotten is not None and sheet.situation.hints.get(role):
            effect = (EffectKind.NOTICE, NOTES_KEPT, role, NOTES_KEPT)
            sheet.want(Effect(*effect, forgotten, forgotten + TELL_TIME, sheet.clause("notes")))


def _brief(sheet: Sheet, meeting: Meeting, role: Role) -> None:
    situation, due = sheet.situation, brief_due(sheet.situation, meeting, role)
    if _briefed(situation, meeting, role) or not returning(situation, meeting, role):
        return
    clause = situation.relationship.charter.clause("notes")
    effect = (EffectKind.BRIEF, occasion_of(meeting), role, meeting.ref)
    sheet.want(Effect(*effect, due, meeting.time.start, clause))


def brief_due(situation: Situation, meeting: Meeting, role: Role) -> datetime:
    """Return when a brief is of most use: with the mentee's preparation, and with the mentor's agenda."""
    if role is Role.MENTEE:
        return preparation_due(situation, meeting)
    return agenda_due(meeting, situation.relationship.charter)


def returning(situation: Situation, meeting: Meeting, role: Role) -> tuple[NoteMark, ...]:
    """Return the marks of what comes back to one of the two before a meeting.

    A note without a day comes back each time, one with a day before the first meeting after it, and also before the
    last one ahead of it when it is near. What was noted while this meeting was prepared waits for the next.
    """
    since = max(brief_due(situation, meeting, role), meeting.planned_at)
    known = [mark for mark in situation.hints.get(role, ()) if mark.at <= since]
    dated = [mark for mark in known if mark.hint is not None and _near(situation, meeting, mark)]
    return (*sorted(dated, key=_by_day), *[mark for mark in known if mark.hint is None][-MOST:])


def _by_day(mark: NoteMark) -> tuple[str, int]:
    return (str(mark.hint), mark.number)


def _near(situation: Situation, meeting: Meeting, mark: NoteMark) -> bool:
    zone = zone_named(meeting.zone)
    held = _held_before(situation.relationship.meetings.items, meeting)
    met = max((m.time.start.astimezone(zone).date() for m in held), default=None)
    day = meeting.time.start.astimezone(zone).date()
    return mark.hint is not None and mark.hint <= day + AHEAD and (met is None or met < mark.hint)


def _held_before(meetings: Iterable[Meeting], meeting: Meeting) -> list[Meeting]:
    return [m for m in meetings if m.took_place and m.time.start < meeting.time.start]


def _briefed(situation: Situation, meeting: Meeting, role: Role) -> bool:
    mails = situation.relationship.mails
    return any(
        kind == EffectKind.BRIEF and to == role and of_cycle(occasion, meeting.cycle) for kind, occasion, to in mails
    )
