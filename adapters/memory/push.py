"""The subscriptions of a memory world; who is told what, and when, is left to whoever plays the provider."""

from datetime import datetime, timedelta

from adapters.memory.world import MemoryWorld
from domain.push import Subscription, Watch

LONGEST = timedelta(days=3)


class MemoryPush:
    """Keeps the promises of `Push` on a memory world. With `renewable` False a subscription can only be replaced."""

    def __init__(self, world: MemoryWorld, renewable: bool = True) -> None:
        self.standing: dict[str, tuple[str, Watch]] = {}
        self.calls: list[tuple[str, str]] = []
        self._world = world
        self._renewable = renewable

    def watch(self, account: str, watch: Watch) -> Subscription:
        """See the port."""
        self.calls.append(("watch", account))
        with self._world.call("push.watch"):
            self._world.account(account)
            self.standing[watch.name] = (account, watch)
            return self._subscription(watch.name, watch.until)

    def renew(self, account: str, subscription: Subscription, until: datetime) -> Subscription | None:
        """See the port."""
        if not self._renewable:
            return None
        self.calls.append(("renew", account))
        with self._world.call("push.renew"):
            known = subscription.name in self.standing
            return self._subscription(subscription.name, until) if known else None

    def end(self, account: str, subscription: Subscription) -> None:
        """See the port."""
        self.calls.append(("end", account))
        with self._world.call("push.end"):
            self.standing.pop(subscription.name, None)

    def watches_of(self, account: str) -> list[Watch]:
        """Return what stands for an account, the oldest first."""
        return [watch for owner, watch in self.standing.values() if owner == account]

    def _subscription(self, name: str, until: datetime) -> Subscription:
        return Subscription(name, f"provider-{name}", min(until, self._world.now + LONGEST))
