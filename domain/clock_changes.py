"""Finds the weeks in which two places have not both changed their clocks, so that a mail can say so beforehand."""

from datetime import datetime, timedelta

from domain.charter import Role
from domain.desk import Desk
from domain.hours import zone_named
from domain.letters import ClockChange, LocalClock


def clock_change(desk: Desk) -> ClockChange | None:
    """Return on whose clock the meeting shows at another hour than the last one would make her expect, or None.

    It is the clock of the one whose wall clock does not hold; the hour is moved by as much as the two places have
    drifted apart since the two met last.
    """
    relationship = desk.situation.relationship
    held = [m.time.start for m in relationship.meetings.items if m.took_place]
    start = desk.meeting.time.start
    drift = _apart(desk, start) - _apart(desk, max(held)) if held else timedelta()
    if not drift or _travelling(desk, (start, max(held))):
        return None
    other = relationship.charter.pins.other
    zone = desk.situation.person(other).zone
    usual = start.astimezone(zone_named(zone)).replace(tzinfo=None) + drift
    return ClockChange(LocalClock(desk.name(other), zone), usual.time())


def _travelling(desk: Desk, instants: tuple[datetime, ...]) -> bool:
    """Somebody who is elsewhere expects another hour anyway."""
    return any(desk.zone(role, instant) != desk.situation.person(role).zone for role in Role for instant in instants)


def _apart(desk: Desk, instant: datetime) -> timedelta:
    """Return how far the clock that holds is ahead of the other one."""
    pins = desk.situation.relationship.charter.pins
    return _offset(desk, pins, instant) - _offset(desk, pins.other, instant)


def _offset(desk: Desk, role: Role, instant: datetime) -> timedelta:
    local = instant.astimezone(zone_named(desk.situation.person(role).zone))
    return local.utcoffset() or timedelta()
