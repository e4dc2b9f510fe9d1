"""Polls of calendars: reads what is new in them from the stored cursor.

Polling is the truth, hints only hasten it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from domain.calendar import Ask, CalendarChanges, CalendarEntry
from domain.errors import CursorExpired, MentorsyncError, NoMailbox
from domain.ledger import Claim, LedgerWrite, Settlement, WorkState
from domain.ports import Calendar
from service.house import SERVICE_OWNER, House
from service.nonsense import now_well, to_park
from service.reach import note_loss, noting_return, person_of

log = structlog.get_logger()
TOGETHER = 20
"""So many calendars of one provider are asked for in one go; Graph takes no more in one request."""


@dataclass(frozen=True, slots=True)
class Polled:
    """A claimed poll and what it brought: news, or the trouble that kept them away."""

    claim: Claim
    found: CalendarChanges | Exception


@dataclass(frozen=True, slots=True)
class _Question:
    """A claimed poll, where to ask, and what."""

    claim: Claim
    calendar: Calendar
    ask: Ask


def polled(house: House, claims: Sequence[Claim]) -> Iterator[Polled]:
    """Ask for the news of many calendars, those of one provider together; nothing is recorded here.

    The next calendars are asked only when the news of the last ones were taken, so that few are held at a time.
    """
    groups: dict[int, list[_Question]] = {}
    for claim in claims:
        try:
            question = _question(house, claim)
        except Exception as trouble:
            yield Polled(claim, trouble)
        else:
            groups.setdefault(id(question.calendar), []).append(question)
    for group in groups.values():
        for start in range(0, len(group), TOGETHER):
            yield from _answered(house, group[start : start + TOGETHER])


def _question(house: House, claim: Claim) -> _Question:
    owner = claim.work.subject
    person = person_of(house, owner)
    if person is not None and person.left:
        raise NoMailbox("The owner of the calendar has left.", "Nothing is asked of it any more.")
    calendar, account = house.calendar_for(person)
    # After a time in which nothing could be read, the whole window is.
    lost = person is not None and person.connection is not None
    cursor = None if lost else house.ledger.cursor(owner, "calendar")
    if person is None:
        return _Question(claim, calendar, Ask(account, cursor))
    further = tuple(one.reveal() for one in person.calendars)
    return _Question(claim, calendar, Ask(account, cursor, further, person.free_busy_only))


def _answered(house: House, questions: Sequence[_Question]) -> Iterator[Polled]:
    calendar, asks = questions[0].calendar, [question.ask for question in questions]
    found = _changes(house, calendar, asks)
    forgotten = [place for place, one in enumerate(found) if isinstance(one, CursorExpired)]
    if forgotten:
        anew = _changes(house, calendar, [replace(asks[place], cursor=None) for place in forgotten])
        for place, one in zip(forgotten, anew, strict=True):
            found[place] = one
    return (Polled(question.claim, one) for question, one in zip(questions, found, strict=True))


def _changes(house: House, calendar: Calendar, asks: Sequence[Ask]) -> list[CalendarChanges | Exception]:
    """An error of our program says nothing about whose calendar it was, so each is asked by itself then."""
    try:
        return list(calendar.changes_of(asks, house.now()))
    except Exception as bug:
        if len(asks) == 1:
            return [bug]
        log.exception("calendars.bug", together=len(asks))
    return [one for ask in asks for one in _changes(house, calendar, [ask])]


def take_news(house: House, polled: Polled) -> None:
    """Bring the copy of one calendar up to date and wake the relationships that it concerns.

    Raises the trouble that kept the news away.
    """
    claim, changes = polled.claim, polled.found
    owner, now = claim.work.subject, house.now()
    if isinstance(changes, Exception):
        if isinstance(changes, MentorsyncError) and _noted(house, claim, changes):
            return
        raise changes
    if not (changes.complete or changes.entries or changes.gone or changes.parked):
        cursors = ((owner, "calendar", changes.cursor),)
        house.streams.save(now=now, write=LedgerWrite(settle=_next(house, claim), cursors=cursors))
        return
    aside, well = to_park(house, owner, changes), now_well(house, owner, changes)
    known = _known(house, owner, changes)
    if not changes.times_only:
        changes = _with_tombstones(changes, known or {}, now)
    news = _news(changes, known or {})
    woken = _concerned(house, owner, news, known is None)
    if woken:
        # Once they stand in the copy they are news no more, so whoever must look at them is woken before and after.
        house.streams.save(now=now, write=LedgerWrite(wake=woken))
    if news or known is None or not changes.times_only:
        house.cache.replace(owner, changes)
    person = person_of(house, owner)
    returned = () if person is None else (noting_return(house, person),)
    house.streams.save(
        *returned, now=now, write=LedgerWrite(settle=_next(house, claim), open=aside, wake=woken, drop=well)
    )


def _noted(house: House, claim: Claim, trouble: MentorsyncError) -> bool:
    """Say whether the trouble is one person's lost calendar, which is recorded then."""
    person = person_of(house, claim.work.subject)
    return person is not None and note_loss(house, claim, person, trouble)


def _known(house: House, owner: str, changes: CalendarChanges) -> Mapping[str, CalendarEntry] | None:
    """Return what the copy shows of the events concerned: all of it only when a read is complete."""
    if changes.complete:
        return house.cache.entries(owner)
    return house.cache.entries_of(owner, {*changes.gone, *(entry.event_id for entry in changes.entries)})


def _news(changes: CalendarChanges, known: Mapping[str, CalendarEntry]) -> list[CalendarEntry]:
    """Return the entries that are new or other than known; of mere times, which have no identity, what vanished too."""
    fresh = [entry for entry in changes.entries if known.get(entry.event_id) != entry]
    if not changes.times_only:
        return fresh
    still = {entry.event_id for entry in changes.entries}
    return [*fresh, *(entry for id, entry in known.items() if id not in still)]


def _with_tombstones(changes: CalendarChanges, known: Mapping[str, CalendarEntry], now: datetime) -> CalendarChanges:
    """Keep what is gone as a cancelled entry, so that a deletion can be told from an event that was never seen.

    A complete read says nothing about what lies beyond its window (a meeting that a person moved far ahead): that
    stays as it was.
    """
    mentioned = {entry.event_id for entry in changes.entries}
    gone, beyond = set(changes.gone) - mentioned, []
    if changes.complete:
        for id, entry in known.items():
            if id not in mentioned and entry.time.end > now:
                if changes.window is None or entry.time.overlaps(changes.window):
                    gone.add(id)
                elif id not in gone:
                    beyond.append(entry)
    buried = [replace(known[id], cancelled=True) for id in sorted(gone) if id in known]
    return replace(changes, entries=(*changes.entries, *buried, *beyond), gone=())


def _concerned(house: House, owner: str, news: list[CalendarEntry], first: bool) -> tuple[str, ...]:
    """The relationships of a person whose calendar changed, and those whose meeting is among the changed events."""
    found = {ref[0] for entry in news if (ref := house.ledger.reference(f"event:{entry.ical_uid}"))}
    if owner != SERVICE_OWNER and (news or first):
        found.update(house.streams.relationships_of(owner))
    return tuple(sorted(found))


def _next(house: House, claim: Claim) -> Settlement:
    return Settlement(claim.work.key, claim.token, WorkState.OPEN, house.now() + house.identity.poll)
