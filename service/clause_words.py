"""Says what a clause of the charter means, with the numbers that the two agreed on."""

from collections.abc import Callable, Sequence

from domain.charter import Charter, ConflictPolicy, Organiser, Rhythm, Role, Venue

WORDS: dict[str, Callable[[Charter], str]] = {
    "request": lambda _: "the mentor has some days to answer, with reminders, and the mentee hears how it ended",
    "charter": lambda _: "the charter counts once both agreed, within as many days",
    "cadence": lambda c: f"they meet {_rhythm(c)} for {_count(c.minutes, 'minute')}",
    "kick-off": lambda _: "the first meeting is within 10 days of the charter, or later when nothing else is left",
    "slack": lambda c: f"a meeting is at most {_days(c)} from its date, a quarter more when nothing else is left",
    "venue": lambda c: _VENUES[c.venue],
    "preferred": lambda c: _preferred(c),
    "buffer": lambda c: f"{_minutes(c.buffer_minutes)} free before and after a meeting",
    "quiet": lambda c: f"no mail arrives {c.quiet} on its reader's clock" if c.quiet else "mails arrive at any hour",
    "weekly-mails": lambda c: (
        f"nobody gets more than {_count(c.weekly_mails, 'mail')} in a week"
        if c.weekly_mails
        else "mails are not counted"
    ),
    "references": lambda c: (
        "the mentee may be asked how it works with the mentor, for others who consider asking her"
        if c.references
        else "nobody is asked how it works"
    ),
    "tentative": lambda c: (
        f"tentative time {'may be used when nothing else is left' if c.tentative_yields else 'is busy'}"
    ),
    "stretch": lambda c: _stretch(c),
    "shorten": lambda c: _shorten(c),
    "hours": lambda c: f"the mentor meets {c.mentor_hours}, the mentee {c.mentee_hours}, each on their own clock",
    "pins": lambda c: f"when the clocks change, the {c.pins.value}'s wall clock holds",
    "organiser": lambda c: f"meetings are created in the calendar of {_organiser(c.organiser)}",
    "conflict": lambda c: _CONFLICTS[c.conflict],
    "notice": lambda c: f"a meeting is arranged at least {_count(c.notice_hours, 'hour')} before its start",
    "agenda-lead": lambda c: f"the agenda reaches the mentor {_count(c.agenda_lead_hours, 'hour')} before the start",
    "until": lambda c: (
        f"the mentoring ends with {c.until.isoformat()} unless both extend it" if c.until else "it has no end"
    ),
    "follow-up": lambda _: (
        "after a meeting both are asked what was decided; without an answer in 2 days it counts as held"
    ),
    "actions": lambda _: "whoever owes something is reminded when its date has passed, at most twice",
    "notes": lambda _: "what somebody noted privately comes back before a meeting, to its author alone",
    "health": lambda _: (
        "what strains it is noted as facts of both, unless leave, a pause or an outage explains it; after three rounds "
        "in a row that came to nothing the mentee is asked, first and privately"
    ),
    "reply": lambda c: f"each answers the other within {_count(c.reply_promise_days, 'working day')}",
}
TERMS = (
    "until",
    "cadence",
    "kick-off",
    "slack",
    "hours",
    "preferred",
    "stretch",
    "pins",
    "venue",
    "organiser",
    "conflict",
    "shorten",
    "notice",
    "buffer",
    "tentative",
    "quiet",
    "weekly-mails",
    "references",
    "agenda-lead",
    "follow-up",
    "actions",
    "reply",
    "health",
)
_CONFLICTS: dict[ConflictPolicy, str] = {
    ConflictPolicy.MOVE: "a meeting that one of the two cannot keep is moved inside its cycle",
    ConflictPolicy.SKIP: "when one of the two cannot keep a meeting, its cycle is left out",
    ConflictPolicy.SHORTEN: "a meeting is shortened to what is left of its time, or moved inside its cycle",
    ConflictPolicy.ASK: "both are asked what to do when one of the two cannot keep a meeting",
}
_VENUES: dict[Venue, str] = {
    Venue.NOT_SAID: "the charter does not say where they meet",
    Venue.ONLINE: "they meet online",
    Venue.IN_PERSON: "they meet in person at the place of the charter",
}


def clause_says(charter: Charter, citation: str | None, former: Sequence[Charter] = ()) -> str:
    """Return what a citation such as "v1/agenda-lead" says, or "" for none.

    One of a version that counted before is looked up among the `former` ones; one that is not there is only named.
    """
    if citation is None:
        return ""
    version, _, name = citation.partition("/")
    cited = next((known for known in (charter, *former) if version == f"v{known.version}"), None)
    return WORDS[name](cited) if cited is not None else f"clause {name} of an earlier version of the charter"


def _rhythm(charter: Charter) -> str:
    if charter.rhythm is Rhythm.DAYS:
        return f"every {_count(charter.cadence_days, 'day')}"
    on = "weekday of the month" if charter.rhythm is Rhythm.MONTHLY_WEEKDAY else "date"
    return f"every {_count(charter.months, 'month')} on the same {on}"


def _days(charter: Charter) -> str:
    return f"{charter.slack.total_seconds() / 86_400:g} days"


def _preferred(charter: Charter) -> str:
    said = [f"the {role.value} prefers {hours}" for role in Role if (hours := charter.preferred_of(role))]
    return ", ".join(said) or "none of their hours are preferred"


def _minutes(minutes: int) -> str:
    return f"{_count(minutes, 'minute')} {'stays' if minutes == 1 else 'stay'}" if minutes else "no time is kept"


def _stretch(charter: Charter) -> str:
    if not charter.stretch_minutes:
        return "no meeting lies outside their hours"
    return f"a meeting may lie up to {_count(charter.stretch_minutes, 'minute')} outside when nothing else is left"


def _shorten(charter: Charter) -> str:
    if not charter.shortest_minutes:
        return "no meeting is shortened"
    return f"a meeting may be as short as {_count(charter.shortest_minutes, 'minute')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _organiser(organiser: Organiser) -> str:
    return "mentorsync" if organiser is Organiser.SERVICE else f"the {organiser.value}"
