"""Tells a stream again from its events: all of it, or up to an instant."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any, cast


def until(stream: Iterable[object], instant: datetime) -> tuple[object, ...]:
    """Return the events up to and at `instant`.

    A stream's order is its truth: what stands behind a later event was recorded later, whatever its clock said.
    """
    return tuple(takewhile(lambda event: bool(cast(Any, event).by.at <= instant), stream))


def replayed(stream: Iterable[object]) -> object | None:
    """Return what the events make, or None when there are none."""
    told: object | None = None
    for event in stream:
        told = cast(Any, event).mutate(told)
    return told
