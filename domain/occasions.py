"""How the occasion of an effect is written and read: which meeting, version, action or time it is about.

    <cycle>.<generation>@<day or instant>[~<topic>]   a meeting, or times offered for one
    v<version>[.<reminder>]                           a charter
    <action>.<nudge>                                  an action that is owed
    health~<topic>~<mark>                             the relationship as a whole

These names stand in events and ledgers for ever. Nothing else takes one apart.
"""

from datetime import date, datetime

from domain.interval import Interval
from domain.meeting import Meeting

HEALTH = "health"


def at_mark(ref: str, mark: date | datetime, topic: str = "") -> str:
    """Return the occasion of a meeting at a day or at an instant (aware, to the minute)."""
    when = mark.isoformat(timespec="minutes") if isinstance(mark, datetime) else mark.isoformat()
    return with_topic(f"{ref}@{when}", topic)


def at_time(meeting: Meeting, time: Interval, topic: str = "") -> str:
    """Return the occasion of a meeting at that time, with a topic where several things may be said of one time."""
    return at_mark(meeting.ref, time.start, topic)


def with_topic(occasion: str, topic: str) -> str:
    """Return the occasion of one of several things that are said of the same."""
    return f"{occasion}~{topic}" if topic else occasion


def names_meeting(occasion: str) -> bool:
    """Say whether it is about one meeting."""
    return "@" in occasion


def meeting_ref(occasion: str) -> str:
    """Return the "<cycle>.<generation>" that an occasion of a meeting begins with."""
    return occasion.partition("@")[0]


def cycle_in(occasion: str) -> int:
    """Return the cycle of the meeting that an occasion, or a meeting's own name, begins with."""
    return int(occasion.partition(".")[0])


def of_cycle(occasion: str, cycle: int) -> bool:
    """Say whether it is about a meeting of that cycle, whatever else occasions are about."""
    return occasion.startswith(f"{cycle}.")


def topic_in(occasion: str) -> str:
    """Return the topic of an occasion of a meeting, "" where there is none."""
    return occasion.partition("~")[2]


def without_topic(occasion: str) -> str:
    """Return the occasion that several topics have in common."""
    return occasion.partition("~")[0]


def day_in(occasion: str) -> date | None:
    """Return the day that an occasion of a meeting names, also by an instant; None for any other."""
    mark = _mark(occasion)
    return date.fromisoformat(mark[: len("2027-02-22")]) if mark else None


def instant_in(occasion: str) -> datetime | None:
    """Return the instant that an occasion names; a day alone is none."""
    mark = _mark(occasion)
    instant = datetime.fromisoformat(mark) if mark else None
    return instant if instant is not None and instant.tzinfo is not None else None


def _mark(occasion: str) -> str:
    return without_topic(occasion.partition("@")[2])


def of_charter(version: int) -> str:
    """Return the occasion of a version of the charter."""
    return f"v{version}"


def version_in(occasion: str) -> int:
    """Return the version of the charter that it is about."""
    return int(occasion.removeprefix("v").partition(".")[0])


def reminding(occasion: str, number: int) -> str:
    """Return the occasion of a reminder, counted from 1, of what had that occasion."""
    return f"{occasion}.{number}"


def reminded(occasion: str) -> str:
    """Return the occasion of what a reminder reminds of, "" for what is none."""
    return occasion.rpartition(".")[0]


def reminder_in(occasion: str) -> int:
    """Return which reminder it is, 0 for what is none."""
    number = occasion.rpartition(".")[2]
    return int(number) if number.isdigit() else 0


def of_action(number: int, nudge: int) -> str:
    """Return the occasion of a nudge, counted from 1, about an action."""
    return reminding(str(number), nudge)


def action_in(occasion: str) -> int:
    """Return the number of the action that it is about."""
    return int(occasion.partition(".")[0])


def of_health(topic: str, mark: str) -> str:
    """Return the occasion "health~<topic>~<mark>" of what is said about the relationship as a whole."""
    return f"{HEALTH}~{topic}~{mark}"


def topic_of_health(occasion: str) -> str:
    """Return the topic of such an occasion, "" for any other."""
    opening, _, rest = occasion.partition("~")
    return rest.partition("~")[0] if opening == HEALTH else ""


def mark_of_health(occasion: str) -> str:
    """Return the last mark of such an occasion."""
    return occasion.rpartition("~")[2]
