"""Whose calendars can be read and whose cannot, person by person."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.ledger import WorkState
from service.house import House
from service.rows import POLL_CALENDAR

SHOWN = 5
LOST = {"consent": "consent ended", "gone": "mailbox is gone", "never": "never connected"}


def unread(house: House) -> frozenset[str]:
    """Return the ids of those (the service's own name included) whose calendars could not be read at the last try."""
    rows = house.ledger.rows([WorkState.OPEN], None, [POLL_CALENDAR], troubled=True)
    return frozenset(row.work.subject for row in rows)


def standing(id: str, facts: Mapping[str, Any], failing: frozenset[str], read: Iterable[str]) -> str:
    """Say how a person's calendar stands; `failing` holds whose cannot be read now, `read` whose ever was."""
    if facts.get("left"):
        return "left"
    if facts.get("connection"):
        return LOST[facts["connection"]]
    if id in failing:
        return "cannot be read"
    return "read" if id in read else "not read yet"


def ids_in_short(ids: Iterable[str]) -> str:
    """Return the beginnings of the ids, as every command takes them, in order and the first few alone."""
    known = sorted({id[:8] for id in ids})
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"{', '.join(known[:SHOWN])}{more}"
