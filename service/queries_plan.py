"""What would happen in one relationship, or in all of them, in the coming weeks, and what that assumes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.effects import EffectKind
from domain.forecast import Foreseen, forecast
from domain.rails import Stop
from domain.relationship import Relationship
from domain.relationship_state import ENDED
from domain.situation import Situation
from service.event_words import count, mail_words, resting
from service.house import House
from service.names import names_of_people, relationship_named
from service.remembering import remembering
from service.situations import situation_of
from service.unreadable import served

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


@dataclass(frozen=True, slots=True)
class PairComing:
    """One thing that would happen to a pair."""

    id: str
    mentor: str
    mentee: str
    coming: Coming


@dataclass(frozen=True, slots=True)
class ProgrammeOutlook:
    """The time ahead of all `relationships` that have not ended, earliest first; `obstacles` are counted by pairs."""

    now: datetime
    until: datetime
    relationships: int
    assumes: str
    obstacles: tuple[str, ...]
    coming: tuple[PairComing, ...]


def outlook(house: House, id_or_prefix: str, span: timedelta) -> Outlook:
    """Return what would happen within that time, or raise NotFound."""
    return _outlook(house, house.streams.relationship(relationship_named(house, id_or_prefix)), span)


def programme_outlook(house: House, span: timedelta) -> ProgrammeOutlook:
    """Return what would happen within that time in all relationships that have not ended."""
    still, now = remembering(house), house.now()
    names = names_of_people(still)
    ids = [one.id for one in still.streams.summaries("relationship") if one.facts["status"] not in ENDED]
    coming, obstacles = [], Counter[str]()
    for id in ids:
        relationship = served(still, id)
        if relationship is None:
            obstacles.update(["a relationship cannot be read: see mentorsync doctor"])
            continue
        ahead = _outlook(still, relationship, span)
        two = names[relationship.mentor_id], names[relationship.mentee_id]
        coming += [PairComing(id, *two, item) for item in ahead.coming]
        obstacles.update(ahead.obstacles)
    told = tuple(f"{why} ({count(number, 'pair')})" for why, number in sorted(obstacles.items()))
    coming.sort(key=lambda one: (one.coming.at, one.id))
    return ProgrammeOutlook(now, now + span, len(ids), ASSUMES, told, tuple(coming))


def _outlook(house: House, relationship: Relationship, span: timedelta) -> Outlook:
    now = house.now()
    until = now + span
    situation = situation_of(house, relationship, ahead=True)
    coming = tuple(_coming(item) for item in forecast(situation, now, until))
    zones = {"mentor": situation.mentor.zone, "mentee": situation.mentee.zone}
    obstacles = tuple(_obstacles(house, relationship, situation))
    return Outlook(str(relationship.id), now, until, zones, ASSUMES, obstacles, coming)


def _obstacles(house: House, relationship: Relationship, situation: Situation) -> list[str]:
    obstacles = []
    stop = house.stopped()
    if stop is Stop.NOT_LIVE:
        obstacles.append("nothing leaves this machine until go-live")
    elif stop is not None:
        obstacles.append(f"nothing leaves: {stop}")
    else:
        obstacles += sorted(set(situation.held.values()))
    if relationship.rest is not None:
        obstacles.append(resting(relationship.rest.until, relationship.rest.role))
    elif situation.paused:
        obstacles.append("one of the two asked for silence")
    if not situation.calendars_known:
        obstacles.append("a calendar of the two was never read, so no time can be chosen")
    return obstacles


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
