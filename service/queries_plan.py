"""What would happen in one relationship in the coming weeks, and what that assumes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.effects import EffectKind
from domain.forecast import Foreseen, forecast
from domain.rails import Stop
from service.event_words import mail_words, moment
from service.house import House
from service.names import relationship_named
from service.situations import situation_of

ASSUMES = "everybody says yes, every mail arrives, nobody moves anything, and calendars stay as they were last read"


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that would happen at `at`; `start` is that of the meeting it is about (both UTC)."""

    at: datetime
    what: str
    meeting: str
    start: datetime | None
    clause: str | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The weeks ahead; `obstacles` say why nothing or less would happen."""

    id: str
    now: datetime
    until: datetime
    zones: dict[str, str]
    assumes: str
    obstacles: tuple[str, ...]
    coming: tuple[Coming, ...]


def outlook(house: House, id_or_prefix: str, weeks: int) -> Outlook:
    """Return what would happen in the next `weeks`, or raise NotFound."""
    now = house.now()
    until = now + timedelta(weeks=weeks)
    relationship = house.streams.relationship(relationship_named(house, id_or_prefix))
    situation = situation_of(house, relationship, ahead=True)
    obstacles = []
    stop = house.stopped()
    if stop is Stop.NOT_LIVE:
        obstacles.append("nothing leaves this machine until go-live")
    elif stop is not None:
        obstacles.append(f"nothing leaves: {stop}")
    else:
        obstacles += sorted(set(situation.held.values()))
    if relationship.rest is not None:
        obstacles.append(f"the mentoring rests until {moment(relationship.rest.until)}")
    if relationship.paused:
        obstacles.append("the pair is paused")
    elif situation.paused:
        obstacles.append("one of the two asked for silence")
    if not situation.calendars_known:
        obstacles.append("a calendar of the two was never read, so no time can be chosen")
    zones = {"mentor": situation.mentor.zone, "mentee": situation.mentee.zone}
    coming = tuple(_coming(item) for item in forecast(situation, now, until))
    return Outlook(str(relationship.id), now, until, zones, ASSUMES, tuple(obstacles), coming)


def _coming(item: Foreseen) -> Coming:
    return Coming(item.at, _what(item), item.meeting if item.start else "", item.start, item.clause, item.assumed)


def _what(item: Foreseen) -> str:
    if item.what not in tuple(EffectKind):
        return item.what
    if item.what == EffectKind.BOOK:
        return "meeting put into the calendar"
    if item.what == EffectKind.MOVE:
        return "meeting moved in the calendar"
    if item.what == EffectKind.CANCEL:
        return "meeting taken out of the calendar"
    if item.what == EffectKind.BLANK:
        return "names taken out of a past meeting's entry"
    if item.what == EffectKind.CHASE:
        return f"reminder of action {item.meeting} to the {item.recipient}"
    return mail_words(item.what, item.recipient)
