"""The promises about hints: how a provider is asked for them, and where they come in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.push import Hint, Subscription, Watch


class Push(Protocol):
    """One provider's readiness to say when a calendar changed; `account` is the address of the calendar's owner.

    It only hastens polls, which find the same without it. Errors as for the writes of Calendar; Broken also when the
    provider does not want our address.
    """

    def watch(self, account: str, watch: Watch) -> Subscription:
        """Begin a subscription to the account's events; it may end before `watch.until`, never after.

        While this lasts the provider may already try the address.
        """
        ...

    def renew(self, account: str, subscription: Subscription, until: datetime) -> Subscription | None:
        """Let the subscription last until `until` at most, or return None when a new one must be made: the provider
        knows none to renew. Doing it again is harmless.
        """
        ...

    def end(self, account: str, subscription: Subscription) -> None:
        """End the subscription; ending what has ended or is unknown is success."""
        ...


class Hints(Protocol):
    """What providers said since it was asked for the last time."""

    def take(self) -> Sequence[Hint]:
        """Return each hint once, in a fixed order, and forget them."""
        ...
