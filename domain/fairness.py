"""Keeps an account of who meets outside the own hours for the other's sake."""

from collections.abc import Iterable

from domain.interval import Interval
from domain.meeting import Meeting
from domain.row import seconds
from domain.timetable import Timetable

REMEMBERED = 6


def outside_minutes(timetable: Timetable, time: Interval) -> int:
    """Return how many minutes of that time lie outside a person's hours, by her hours as they are now."""
    inside = sum(seconds(item.end) - seconds(item.start) for item in timetable.working(time))
    return (seconds(time.end) - seconds(time.start) - inside) // 60


def debt(timetable: Timetable, meetings: Iterable[Meeting]) -> int:
    """Return the minutes that a person met outside her hours in the last meetings that took place."""
    held = sorted((meeting.time for meeting in meetings if meeting.took_place), reverse=True)
    return sum(outside_minutes(timetable, time) for time in held[:REMEMBERED])
