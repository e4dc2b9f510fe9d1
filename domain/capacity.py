"""How many mentees a mentor takes, and which relationships take one of the places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import BadInput, Refused
from domain.relationship_state import Status

LONG_PAUSE = timedelta(days=60)
"""Two rounds of a monthly cadence: a pair that has not met for so long keeps nobody else from asking."""

TAKING = (Status.REQUESTED, Status.ACCEPTED, Status.AGREED)
"""A request takes a place too: whoever says yes to it must have one left. What ended and network contacts take none."""


@dataclass(eq=False)
class NoPlace(Refused):
    """The mentor takes no more mentees at present."""


def capacity_in(text: str) -> int | None:
    """Return how many mentees somebody takes, as people write it: a whole number, or "none" for no limit."""
    if text.strip().lower() == "none":
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= len("999")):
        raise BadInput("The capacity is not understood.", "Give a number of mentees, or none for no limit.")
    return int(text)


def takes_place(status: Status, pauses: Iterable[datetime | None], now: datetime) -> bool:
    """Say whether a relationship takes one of its mentor's places; the only answer to that there is.

    `pauses` are since when the mentee is paused and since when the two rest, None where they are not.
    """
    paused_long = any(since is not None and now - since >= LONG_PAUSE for since in pauses)
    return status in TAKING and not paused_long


def refuse_beyond(capacity: int | None, taken: int) -> None:
    """Refuse one more mentee where all places are taken; None is no limit."""
    if capacity is not None and taken >= capacity:
        raise NoPlace(
            f"The mentor takes {capacity}, and has {taken} with those who wait for an answer.",
            "Raise the capacity with person set --capacity, or name another mentor.",
        )
