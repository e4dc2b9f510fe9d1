"""What stands of each calendar's subscription: kept beside the cursors, without a secret and without an address."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.ports import Ledger
from domain.push import Hook, Subscription
from domain.summary import Summary
from service.house import SERVICE_OWNER, House

STREAM = "push"


@dataclass(frozen=True, slots=True)
class Kept:
    """A subscription and since when (UTC) it has its present end; half of that time later it is renewed."""

    subscription: Subscription
    since: datetime

    @property
    def renewal(self) -> datetime:
        """When to renew it."""
        return self.since + (self.subscription.ends - self.since) / 2


@dataclass(frozen=True, slots=True)
class Standing:
    """An owner's subscriptions, the newest first; all others are to be ended.

    `mark` is that of the hook which the newest was made for. `asked` means that the provider wants it renewed before
    its time. `trouble` says why there is none, `refused` that only a person can change that.
    """

    mark: str = ""
    kept: tuple[Kept, ...] = ()
    asked: bool = False
    trouble: str = ""
    refused: bool = False

    def current(self, hook: Hook | None, now: datetime) -> Kept | None:
        """Return the newest subscription if it reaches this hook and has not ended."""
        if hook is None or self.mark != hook.mark or not self.kept or self.kept[0].subscription.ends <= now:
            return None
        return self.kept[0]

    def knows(self, name: str) -> bool:
        """Say whether a subscription of that name stands."""
        return any(one.subscription.name == name for one in self.kept)

    def without(self, name: str) -> "Standing":
        """Return it without the subscription of that name."""
        return replace(self, kept=tuple(one for one in self.kept if one.subscription.name != name))

    def with_newest(self, subscription: Subscription, mark: str, now: datetime) -> "Standing":
        """Return it with a subscription that is new or has a new end; whatever was wrong is over."""
        others = tuple(one for one in self.kept if one.subscription.name != subscription.name)
        return Standing(mark, (Kept(subscription, now), *others))

    def text(self) -> str:
        """Return it as JSON."""
        kept = [
            {
                "name": one.subscription.name,
                "id": one.subscription.id,
                "ends": one.subscription.ends.isoformat(),
                "since": one.since.isoformat(),
            }
            for one in self.kept
        ]
        rest = {"mark": self.mark, "asked": self.asked, "trouble": self.trouble, "refused": self.refused}
        return json.dumps({**rest, "kept": kept}, sort_keys=True)


def standing_of(ledger: Ledger, owner: str) -> Standing:
    """Return what stands for an owner (a person id or "service")."""
    return _standing(ledger.cursor(owner, STREAM))


def _standing(text: str | None) -> Standing:
    if text is None:
        return Standing()
    told: dict[str, Any] = json.loads(text)
    kept = tuple(_kept(one) for one in told["kept"])
    return Standing(told["mark"], kept, told["asked"], told["trouble"], told["refused"])


def _kept(told: dict[str, str]) -> Kept:
    subscription = Subscription(told["name"], told["id"], datetime.fromisoformat(told["ends"]))
    return Kept(subscription, datetime.fromisoformat(told["since"]))


def is_wanted(house: House, owner: str) -> bool:
    """Say whether an owner's calendar should have a subscription: there is a hook, and the calendar can be read."""
    if house.hook is None:
        return False
    if owner == SERVICE_OWNER:
        return True
    person = house.streams.person(owner)
    return not person.left and person.connection is None


@dataclass(frozen=True, slots=True)
class PushAccount:
    """An owner who should have a subscription: until when (UTC) it holds, or what is in its way."""

    owner: str
    ends: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class PushReport:
    """Whether providers may say what changed, and how it stands with each calendar; without it polls find all."""

    on: bool
    accounts: tuple[PushAccount, ...]

    @property
    def missing(self) -> tuple[PushAccount, ...]:
        """The accounts without a subscription that holds."""
        return tuple(account for account in self.accounts if account.ends is None)

    @property
    def first_end(self) -> datetime | None:
        """The earliest end (UTC) of those that hold, or None."""
        return min((account.ends for account in self.accounts if account.ends is not None), default=None)


def push_report(house: House, people: Sequence[Summary]) -> PushReport:
    """Return how push stands now with the service and these people."""
    if house.hook is None:
        return PushReport(False, ())
    there = (one.id for one in people if not one.facts.get("left") and one.facts.get("connection") is None)
    kept = house.ledger.cursors(STREAM)
    return PushReport(True, tuple(_account(house, owner, kept.get(owner)) for owner in (SERVICE_OWNER, *there)))


def _account(house: House, owner: str, text: str | None) -> PushAccount:
    standing = _standing(text)
    current = standing.current(house.hook, house.now())
    return PushAccount(owner, current.subscription.ends if current else None, standing.trouble)
