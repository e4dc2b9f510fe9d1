"""What clients have asked to be told about: Graph's subscriptions, Google's channels, and notices on their way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Subscription:
    """One Graph subscription; `seen` is the number of the last change that it has been told of.

    `folder` is empty for a calendar's events. `reminded` is whether it was asked to be authorised again.
    """

    id: str
    resource: str
    account: str
    folder: str
    kinds: frozenset[str]
    url: str
    lifecycle_url: str
    client_state: str | None
    expires: datetime
    immutable: bool
    seen: int
    reminded: bool = False


@dataclass(slots=True)
class Channel:
    """One Google channel on a calendar; a stopped one may still fire once."""

    id: str
    resource_id: str
    uri: str
    account: str
    calendar: str
    url: str
    token: str
    expires: datetime
    seen: int
    number: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One POST to a client; `since` is when it was first tried."""

    provider: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    since: datetime


@dataclass
class Watches:
    """All subscriptions and channels of a world, notices held back, and what was counted."""

    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    used_ids: set[str] = field(default_factory=set)
    held: list[Notice] = field(default_factory=list)
    made: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """Count one notice that was `sent`, `failed`, or struck by a fault."""
        self.counted[what] = self.counted.get(what, 0) + 1
