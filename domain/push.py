"""What a provider and we agree on so that it says when a calendar changed: only ever a hint, never a fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HintKind(StrEnum):
    """What a provider says: the calendar changed, news was lost, the subscription is gone, it wants to be renewed."""

    CHANGED = "changed"
    MISSED = "missed"
    REMOVED = "removed"
    RENEW = "renew"


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """One thing that a provider said about an owner's calendar (a person id or "service").

    `name` is the subscription through which it was said. It may come twice, late, out of order, or never.
    """

    owner: str
    name: str
    kind: HintKind


@dataclass(frozen=True, slots=True)
class Watch:
    """A subscription that is asked for.

    `name` is ours: never used before, not to be guessed, 32 characters. `token` (at most 128) comes back with every
    hint and proves it. `address` is the https URL where the provider's hints go; `until` (UTC) is how long at most.
    """

    name: str
    token: str
    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription as the provider keeps it under `id`; it says nothing after `ends` (UTC)."""

    name: str
    id: str
    ends: datetime


@dataclass(frozen=True, slots=True)
class Hook:
    """Where our own listener is found from outside.

    `address` is its public URL without a slash at its end. `token` makes the proof of an owner's subscription of that
    name. `mark` differs when address or secret do, so that subscriptions made for another one are known.
    """

    address: str
    mark: str
    token: Callable[[str, str], str]
