"""Says what a clause of the charter means, with the numbers that the two agreed on."""

from collections.abc import Callable

from domain.charter import Charter, ConflictPolicy, Organiser

WORDS: dict[str, Callable[[Charter], str]] = {
    "request": lambda _: "the mentor has 14 days to answer, and the mentee hears how it ended",
    "charter": lambda _: "the charter counts once both agreed, within 14 days",
    "cadence": lambda c: f"they meet every {_count(c.cadence_days, 'day')} for {_count(c.minutes, 'minute')}",
    "hours": lambda c: f"the mentor meets {c.mentor_hours}, the mentee {c.mentee_hours}, each on their own clock",
    "pins": lambda c: f"when the clocks change, the {c.pins.value}'s wall clock holds",
    "organiser": lambda c: f"meetings are created in the calendar of {_organiser(c.organiser)}",
    "conflict": lambda c: _CONFLICTS[c.conflict],
    "notice": lambda c: f"a meeting is arranged at least {_count(c.notice_hours, 'hour')} before its start",
    "agenda-lead": lambda c: f"the agenda reaches the mentor {_count(c.agenda_lead_hours, 'hour')} before the start",
    "follow-up": lambda _: (
        "after a meeting both are asked what was decided; without an answer in 2 days it counts as held"
    ),
    "actions": lambda _: "whoever owes something is reminded when its date has passed, at most twice",
    "reply": lambda c: f"each answers the other within {_count(c.reply_promise_days, 'working day')}",
}
TERMS = ("cadence", "hours", "pins", "organiser", "conflict", "notice", "agenda-lead", "follow-up", "actions", "reply")
_CONFLICTS: dict[ConflictPolicy, str] = {
    ConflictPolicy.MOVE: "a meeting that one of the two cannot keep is moved inside its cycle",
    ConflictPolicy.SKIP: "when one of the two cannot keep a meeting, its cycle is left out",
}


def clause_says(charter: Charter, citation: str | None) -> str:
    """Return what a citation such as "v1/agenda-lead" says, or "" for none; one of another version is only named."""
    if citation is None:
        return ""
    version, _, name = citation.partition("/")
    if version != f"v{charter.version}":
        return f"clause {name} of an earlier version of the charter"
    return WORDS[name](charter)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _organiser(organiser: Organiser) -> str:
    return "mentorsync" if organiser is Organiser.SERVICE else f"the {organiser.value}"
