"""Whose turn it is: which meeting of a relationship comes next, around which instant, and what it has to wait for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.cadence import next_target
from domain.charter import ConflictPolicy
from domain.meeting import Meeting, MeetingState
from domain.sheet import DAY, MINUTE, Sheet

PREPARATION = DAY
LOST_PAUSE = 15 * MINUTE
KICK_OFF = timedelta(days=10)
"""Two who have just agreed meet while both remember what on: a day to prepare, a working week, a weekend's grace."""
KICK_OFF_WINDOW = timedelta(days=28)
"""So late a first meeting may be when nothing else is left."""
LEFT_OUT = (MeetingState.SKIPPED, MeetingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Turn:
    """The meeting that is to be arranged next.

    Which one it is, around which instant, and up to which start. `opens` is when its window opens, also where that is
    before anything may still be arranged; `wide` is the first and the last start when nothing else is left (None: no
    others). `kick_off` says that with it the two begin.
    """

    cycle: int
    generation: int
    target: datetime
    earliest: datetime
    latest: datetime
    opens: datetime | None = None
    wide: tuple[datetime, datetime] | None = None
    kick_off: bool = False

    @property
    def over(self) -> bool:
        """Say whether nothing can be arranged in it any more."""
        return self.earliest > (self.wide[1] if self.wide else self.latest)


def next_turn(sheet: Sheet) -> Turn:
    """Return which meeting comes next; two who rested for longer than its window meet as soon as they can."""
    turn, relationship = _regular(sheet), sheet.situation.relationship
    rested, latest = relationship.rests[-1].span.end if relationship.rests else None, relationship.meetings.latest
    if not turn.over or rested is None or latest is None or latest.time.start >= rested:
        return turn
    anew = _kick_off(sheet, latest.cycle + 1, rested)
    return turn if anew.over else anew


def _regular(sheet: Sheet) -> Turn:
    """A cancelled one comes again in its own window, unless the charter says to leave its cycle out."""
    relationship, soonest = sheet.situation.relationship, _soonest(sheet)
    charter, latest = relationship.charter, relationship.meetings.latest
    if latest is None and relationship.since is not None:
        return Turn(1, 1, soonest, soonest, sheet.now + KICK_OFF_WINDOW)
    if latest is None:
        return _kick_off(sheet, 1, relationship.settled_at)
    if relationship.revival is not None and latest.planned_at < relationship.revival.at:
        # What lay between does not count: two who begin anew meet soon.
        return _kick_off(sheet, latest.cycle + 1, relationship.revival.at)
    if latest.state is MeetingState.CANCELLED and (charter.conflict is not ConflictPolicy.SKIP or not latest.event_id):
        first = relationship.meetings.of_cycle(latest.cycle)[0]
        middle = max(first.target, first.time.start)
        again = Turn(latest.cycle, latest.generation + 1, latest.time.start, soonest, middle + charter.slack)
        return _apart(sheet, again, middle)
    target = next_target(_anchors(sheet), charter, sheet.situation.person(charter.pins).zone)
    opens = target - charter.slack
    turn = Turn(latest.cycle + 1, 1, target, max(soonest, opens), target + charter.slack, opens)
    return _apart(sheet, turn, target)


def _kick_off(sheet: Sheet, cycle: int, since: datetime) -> Turn:
    """Two who begin meet as soon as they can, within days, and later only when nothing else is left."""
    soonest = _soonest(sheet)
    latest = max(since + KICK_OFF, soonest)
    wide = (soonest, max(sheet.now + KICK_OFF_WINDOW, latest))
    return Turn(cycle, 1, soonest, soonest, latest, wide=wide, kick_off=True)


def _soonest(sheet: Sheet) -> datetime:
    """Return the first start for which notice and agenda leave time."""
    charter = sheet.situation.relationship.charter
    return sheet.now + max(charter.notice, charter.agenda_lead + PREPARATION)


def _apart(sheet: Sheet, turn: Turn, middle: datetime) -> Turn:
    """Keep meetings half a cadence apart at least, and say how much wider the window may become.

    A quarter wider, but no nearer to the last meeting than that, and no further from it than a cadence and a half.
    """
    charter = sheet.situation.relationship.charter
    held = max((m.time.start for m in sheet.situation.relationship.meetings.items if m.took_place), default=None)
    low, high = middle - charter.slack * 5 / 4, middle + charter.slack * 5 / 4
    earliest, soonest = turn.earliest, _soonest(sheet)
    if held is not None:
        nearest = held + charter.cadence / 2
        earliest, soonest = max(earliest, nearest), max(soonest, nearest)
        high = min(high, held + charter.cadence * 3 / 2)
    wide = min(earliest, max(low, soonest)), max(turn.latest, high)
    return replace(turn, earliest=earliest, wide=None if wide == (earliest, turn.latest) else wide)


def waits(sheet: Sheet, turn: Turn) -> bool:
    """Say whether the turn has to wait although there may be times."""
    return not sheet.situation.calendars_known or _booking_refused_today(sheet) or _just_lost(sheet, turn)


def _anchors(sheet: Sheet) -> list[datetime]:
    """Return where the meeting of each cycle was, in order; one that was left out counts where it was meant to be."""
    by_cycle: dict[int, Meeting] = {}
    for meeting in sheet.situation.relationship.meetings.items:
        by_cycle[meeting.cycle] = meeting
    return [m.target if m.state in LEFT_OUT else m.time.start for _, m in sorted(by_cycle.items())]


def _booking_refused_today(sheet: Sheet) -> bool:
    """A calendar that refuses bookings is not asked again within a day."""
    latest = sheet.situation.relationship.meetings.latest
    refused = latest is not None and ("book", latest.ref, "calendar") in sheet.situation.relationship.given_up
    return bool(refused and latest and latest.resolved_at and sheet.now < latest.resolved_at + DAY)


def _just_lost(sheet: Sheet, turn: Turn) -> bool:
    """Say whether a second time was taken before it was booked, a little while ago.

    What is known of a calendar is wrong then. It is read anew first, and one that stays wrong is tried ever less.
    """
    past = sheet.situation.relationship.meetings.of_cycle(turn.cycle)
    lost = [m.resolved_at for m in past if not m.event_id and m.resolved_at and m.resolved_at < m.time.start]
    if len(lost) < 2:
        return False
    again = max(lost) + min(LOST_PAUSE * (1 << min(len(lost) - 2, 7)), DAY)
    sheet.look_again(again)
    return sheet.now < again
