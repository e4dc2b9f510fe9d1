"""Polls: reads what is new in a calendar or in the service's inbox from the stored cursor.

Polling is the truth, hints only hasten it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.calendar import CalendarChanges, CalendarEntry
from domain.errors import Broken, CursorExpired, MentorsyncError, TryLater
from domain.ledger import Claim, LedgerWrite, Settlement, StaleLease, StaleStream, WorkState
from service.house import SERVICE_OWNER, House
from service.inbox import park, receive

log = structlog.get_logger()
LOOK_BACK = timedelta(days=14)
TRIES = 8


def poll_calendar(house: House, claim: Claim) -> None:
    """Bring the copy of one calendar up to date and wake the relationships that it concerns."""
    owner, now = claim.work.subject, house.now()
    changes = _changes(house, owner)
    if not (changes.complete or changes.entries or changes.gone):
        cursors = ((owner, "calendar", changes.cursor),)
        house.streams.save(now=now, write=LedgerWrite(settle=_next(house, claim), cursors=cursors))
        return
    known = house.cache.entries(owner)
    changes = _with_tombstones(changes, known or {}, now)
    news = [entry for entry in changes.entries if (known or {}).get(entry.event_id) != entry]
    woken = _concerned(house, owner, news, known is None)
    if woken:
        # Once they stand in the copy they are news no more, so whoever must look at them is woken before and after.
        house.streams.save(now=now, write=LedgerWrite(wake=woken))
    house.cache.replace(owner, changes)
    house.streams.save(now=now, write=LedgerWrite(settle=_next(house, claim), wake=woken))


def _changes(house: House, owner: str) -> CalendarChanges:
    calendar, account = house.calendar_of(owner)
    cursor = house.ledger.cursor(owner, "calendar")
    try:
        return calendar.changes(account, cursor, house.now())
    except CursorExpired:
        return calendar.changes(account, None, house.now())


def _with_tombstones(changes: CalendarChanges, known: Mapping[str, CalendarEntry], now: datetime) -> CalendarChanges:
    """Keep what is gone as a cancelled entry, so that a deletion can be told from an event that was never seen."""
    mentioned = {entry.event_id for entry in changes.entries}
    gone = set(changes.gone)
    if changes.complete:
        gone |= {id for id, entry in known.items() if id not in mentioned and entry.time.end > now}
    buried = tuple(replace(known[id], cancelled=True) for id in sorted(gone - mentioned) if id in known)
    return replace(changes, entries=(*changes.entries, *buried), gone=())


def _concerned(house: House, owner: str, news: list[CalendarEntry], first: bool) -> tuple[str, ...]:
    """The relationships of a person whose calendar changed, and those whose meeting is among the changed events."""
    found = {ref[0] for entry in news if (ref := house.ledger.reference(f"event:{entry.ical_uid}"))}
    if owner != SERVICE_OWNER and (news or first):
        found.update(house.streams.relationships_of(owner))
    return tuple(sorted(found))


def poll_inbox(house: House, claim: Claim) -> None:
    """Receive every mail that arrived in the service's inbox; the cursor is stored after all of them."""
    account = house.identity.address
    cursor = house.ledger.cursor(SERVICE_OWNER, "mail")
    try:
        arrivals = house.mailbox.arrivals(account, cursor)
    except CursorExpired:
        arrivals = house.mailbox.recent(account, house.now() - LOOK_BACK)
    for message_id in arrivals.message_ids:
        _receive(house, message_id, claim.attempts)
    cursors = ((SERVICE_OWNER, "mail", arrivals.cursor),)
    house.streams.save(now=house.now(), write=LedgerWrite(settle=_next(house, claim), cursors=cursors))


def _receive(house: House, message_id: str, attempts: int) -> None:
    """A mail that our program cannot take is set aside, so that the mails after it are not held up by it.

    So is one that the provider names but does not give out, when it was asked for often enough.
    """
    try:
        receive(house, message_id)
    except (Broken, TryLater) as trouble:
        if attempts < TRIES:
            raise
        log.warning("mail.withheld", problem=trouble.problem)
        park(house, message_id, "withheld-by-provider")
    except (MentorsyncError, StaleStream, StaleLease):
        raise
    except Exception as bug:
        log.exception("mail.bug")
        park(house, message_id, f"bug-{type(bug).__name__}")


def _next(house: House, claim: Claim) -> Settlement:
    return Settlement(claim.work.key, claim.token, WorkState.OPEN, house.now() + house.identity.poll)
