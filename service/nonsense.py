"""Sets aside what calendars hold and nobody can understand, so that an administrator hears of it, until it is well."""

import hashlib
import re

import structlog

from domain.calendar import CalendarChanges, ParkedItem
from domain.ledger import LedgerRow, Work, WorkState
from service.house import House

log = structlog.get_logger()
PARKED_ENTRY = "parked-entry"
_PLAIN = re.compile(r"[A-Za-z0-9_=+-]{1,200}")


def to_park(house: House, owner: str, changes: CalendarChanges) -> tuple[Work, ...]:
    """Return the rows of what a round could not understand, one for each item and reason, however often it comes.

    The rows are the record and are never claimed; they name the item by the provider's id and say no word of it.
    """
    rows = tuple(_row(house, owner, item) for item in changes.parked)
    for row in rows:
        log.warning("calendar.nonsense", owner=owner, reason=row.recipient)
    return rows


def now_well(house: House, owner: str, changes: CalendarChanges) -> tuple[str, ...]:
    """Return the keys of what was set aside earlier and is gone or understood by now."""
    parked = house.ledger.rows([WorkState.OPEN], owner, [PARKED_ENTRY])
    if not parked:
        return ()
    still = {_name(item) for item in changes.parked}
    seen = {_id(id) for id in (*changes.gone, *(entry.event_id for entry in changes.entries))}
    return tuple(
        row.work.key
        for row in parked
        if (row.work.occasion, row.work.recipient) not in still and (changes.complete or row.work.occasion in seen)
    )


def nonsense(house: House) -> tuple[LedgerRow, ...]:
    """Return all that is set aside now, the oldest first."""
    return house.ledger.rows([WorkState.OPEN], None, [PARKED_ENTRY])


def _row(house: House, owner: str, item: ParkedItem) -> Work:
    id, reason = _name(item)
    return Work(f"{owner}/{PARKED_ENTRY}/{id}/{reason}", owner, PARKED_ENTRY, id, reason, PARKED_ENTRY, house.now())


def _name(item: ParkedItem) -> tuple[str, str]:
    return _id(item.event_id), item.reason


def _id(event_id: str) -> str:
    """Return the id, or a digest of one that may hold words or addresses: whoever makes an event may choose it."""
    if _PLAIN.fullmatch(event_id):
        return event_id
    return f"digest-{hashlib.sha256(event_id.encode()).hexdigest()[:16]}" if event_id else "none"
