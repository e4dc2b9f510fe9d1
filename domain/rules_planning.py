"""When the next meeting of a relationship is: which cycle, around which instant, and the time that is chosen for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.charter import Charter, ConflictPolicy, Role
from domain.decisions import PlanMeeting, SkipCycle
from domain.hours import at_wall_clock, zone_named
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.sheet import DAY, MINUTE, Sheet
from domain.slots import Availability, Found, Search, find_slots

PREPARATION = DAY
LOST_PAUSE = 15 * MINUTE
KICK_OFF_WINDOW = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Turn:
    """The meeting that is to be arranged next.

    Which one it is, around which instant, and up to which start.
    """

    cycle: int
    generation: int
    target: datetime
    earliest: datetime
    latest: datetime


def plan_next(sheet: Sheet) -> None:
    """Find the time for the next meeting, or say which constraint left none and look again tomorrow, or leave the
    cycle out.
    """
    situation, turn = sheet.situation, next_turn(sheet)
    charter = situation.relationship.charter
    pins = situation.person(charter.pins).zone
    if turn.earliest > turn.latest:
        sheet.decide(_skip(turn, pins, "no time was left in its window", (), charter))
        return
    sheet.look_again(sheet.now + DAY)
    sheet.look_again(turn.latest)
    if not situation.calendars_known or _booking_refused_today(sheet) or _just_lost(sheet, turn):
        return
    found = search(sheet, turn)
    start = found.nearest(turn.target)
    if start is not None:
        sheet.decide(_meeting(turn, start, found, pins, charter))
    elif _cycle_declined(sheet, turn):
        sheet.decide(_skip(turn, pins, "no other time was found in its window", found.counters, charter))


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


def _cycle_declined(sheet: Sheet, turn: Turn) -> bool:
    return any(m.state is MeetingState.CANCELLED for m in sheet.situation.relationship.meetings.of_cycle(turn.cycle))


def next_turn(sheet: Sheet) -> Turn:
    """Return which meeting comes next.

    A cancelled one comes again in its own window when the charter says to move it.
    """
    relationship = sheet.situation.relationship
    charter, latest = relationship.charter, relationship.meetings.latest
    earliest = sheet.now + max(charter.notice, charter.agenda_lead + PREPARATION)
    if latest is None:
        return Turn(1, 1, earliest, earliest, sheet.now + KICK_OFF_WINDOW)
    if latest.state is MeetingState.CANCELLED and (charter.conflict is ConflictPolicy.MOVE or not latest.event_id):
        first = relationship.meetings.of_cycle(latest.cycle)[0]
        end = max(first.target, first.time.start) + charter.cadence / 2
        return Turn(latest.cycle, latest.generation + 1, latest.time.start, earliest, end)
    anchor = latest.target if latest.state in (MeetingState.SKIPPED, MeetingState.CANCELLED) else latest.time.start
    target = one_cadence_later(anchor, charter, sheet.situation.person(charter.pins).zone)
    return Turn(latest.cycle + 1, 1, target, max(earliest, target - charter.cadence / 2), target + charter.cadence / 2)


def one_cadence_later(anchor: datetime, charter: Charter, zone: str) -> datetime:
    """Return the same time of day one cadence later in local civil days, on the wall clock that the charter pins."""
    local = anchor.astimezone(zone_named(zone))
    return at_wall_clock(local + timedelta(days=charter.cadence_days), local, zone)


def search(sheet: Sheet, turn: Turn) -> Found:
    """Return all times at which the two can meet in this turn."""
    situation, charter = sheet.situation, sheet.situation.relationship.charter
    people = [
        Availability(f"the {role.value}", situation.person(role).zone, charter.hours_of(role), situation.taken(role))
        for role in Role
    ]
    refused = tuple(m.time for m in situation.relationship.meetings.of_cycle(turn.cycle))
    window = Interval(turn.earliest, turn.latest + charter.length)
    return find_slots(Search(window, charter.length, refused=refused), people)


def _meeting(turn: Turn, start: datetime, found: Found, zone: str, charter: Charter) -> PlanMeeting:
    starts = tuple(int(s.timestamp()) // 60 for s in found.starts)
    time = Interval(start, start + charter.length)
    return PlanMeeting(
        turn.cycle,
        turn.generation,
        time,
        turn.target,
        zone,
        starts,
        found.counters,
        charter.clause("cadence"),
    )


def _skip(turn: Turn, zone: str, reason: str, counters: tuple[tuple[str, int], ...], charter: Charter) -> SkipCycle:
    return SkipCycle(turn.cycle, turn.generation, turn.target, zone, reason, counters, charter.clause("conflict"))
