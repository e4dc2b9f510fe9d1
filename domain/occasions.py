"""How the occasion of an effect names the meeting, and the day or instant, that it is about."""

from datetime import datetime

from domain.interval import Interval
from domain.meeting import Meeting

HEALTH = "health"


def at_time(meeting: Meeting, time: Interval, topic: str = "") -> str:
    """Return the occasion "<ref>@<start>", with "~<topic>" where several things may be said of one time."""
    name = f"{meeting.ref}@{time.start.isoformat(timespec='minutes')}"
    return f"{name}~{topic}" if topic else name


def meeting_ref(occasion: str) -> str:
    """Return the "<cycle>.<generation>" that an occasion of a meeting begins with."""
    return occasion.split("@")[0]


def of_health(topic: str, mark: str) -> str:
    """Return the occasion "health~<topic>~<mark>" of what is said about the relationship as a whole."""
    return f"{HEALTH}~{topic}~{mark}"


def topic_of_health(occasion: str) -> str:
    """Return the topic of such an occasion, "" for any other."""
    opening, _, rest = occasion.partition("~")
    return rest.partition("~")[0] if opening == HEALTH else ""


def instant_in(occasion: str) -> datetime | None:
    """Return the instant that an occasion names; a day alone is none."""
    mark = occasion.partition("@")[2].partition("~")[0]
    instant = datetime.fromisoformat(mark) if mark else None
    return instant if instant is not None and instant.tzinfo is not None else None
