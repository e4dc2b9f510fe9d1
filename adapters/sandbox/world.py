"""The one world of the sandbox: accounts, virtual clock, what is still under way, and what was counted."""

import heapq
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.sandbox.records import Account, Entry, Hours, Json, Mail
from adapters.sandbox.watches import Watches

DELIVERY = timedelta(minutes=1)
"""How long a mail, an invitation, its update or an answer to it is under way."""

CANCELLED_STAYS = timedelta(days=1)
"""How long Outlook shows a cancelled meeting on a guest's calendar before it is removed."""

Action = Callable[[], Iterable[str]]
"""Something that happens later; answers the addresses of the accounts it changed."""

Arrival = Callable[[Account, "Entry | Mail", bool], None]
"""Told when an entry or a mail appears on an account; the flag: it was there before, at another time."""

Carrier = Callable[[str, Account], timedelta | None]
"""Says how much longer than usual something is under way to an account; None when it never arrives."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token that the sandbox issued; without a subject it acts for any address of its provider."""

    provider: str
    subject: str = ""
    scopes: tuple[str, ...] = ()


@dataclass
class World:
    """Accounts, virtual time and what is under way, ordered by (instant, order of queueing)."""

    now: datetime
    until: datetime | None = None
    seed: int = 0
    accounts: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    service_key: bytes = b""
    checked: Json = field(default_factory=lambda: {"requests": 0, "responses": 0, "violations": []})
    requests: dict[str, dict[str, int]] = field(default_factory=lambda: {"microsoft": {}, "google": {}})
    batched: dict[str, int] = field(default_factory=dict)
    carrier: Carrier = field(default=lambda _kind, _account: timedelta())
    watches: Watches = field(default_factory=Watches)
    token_calls: int = 0
    acts: list[Json] = field(default_factory=list)
    watchers: list[Arrival] = field(default_factory=list)
    _queue: list[tuple[datetime, int, Action]] = field(default_factory=list)
    _queued: int = 0

    def add(self, address: str, provider: str, name: str, zone: str, hours: Hours | None = None) -> Account:
        """Open an account; the address is its key on either cloud."""
        week = Hours(("mon", "tue", "wed", "thu", "fri"), "09:00", "17:00")
        account = Account(address.lower(), provider, name, zone, hours or week)
        self.accounts[account.address] = account
        return account

    def account(self, address: str) -> Account | None:
        """The account that receives what is sent to an address, in any case and under any alias; or None."""
        wanted = address.strip().lower()
        return self.accounts.get(wanted) or next((a for a in self.accounts.values() if wanted in a.aliases), None)

    def known(self, address: str, provider: str) -> Account | None:
        """The account that this cloud knows by its own address and still has a mailbox for, or None."""
        account = self.accounts.get(address.strip().lower())
        return account if account is not None and account.provider == provider and not account.removed else None

    def owner(self, calendar: str, provider: str) -> Account | None:
        """The account that a calendar's id belongs to, a primary calendar being named by its address; or None."""
        known = self.known(calendar, provider)
        if known is not None:
            return known
        return next((a for a in self.accounts.values() if calendar in a.others and not a.removed), None)

    def issue(self, provider: str, subject: str = "", scopes: tuple[str, ...] = ()) -> str:
        """A new bearer token; it is a secret and shows in no mail, world or report."""
        bearer = secrets.token_urlsafe(32)
        self.tokens[bearer] = Token(provider, subject, scopes)
        return bearer

    def at(self, when: datetime, action: Action) -> None:
        """Queue something for an instant; one in the past happens at the next advance."""
        self._queued += 1
        heapq.heappush(self._queue, (max(when, self.now), self._queued, action))

    def later(self, delay: timedelta, action: Action) -> None:
        """Queue something for so long after now."""
        self.at(self.now + delay, action)

    def send(self, kind: str, there: Account, action: Action) -> None:
        """Send an `invitation`, an `answer` or a `mail` on its way to an account, unless it gets lost."""
        delay = self.carrier(kind, there)
        if delay is not None:
            self.later(DELIVERY + delay, action)

    def advance(self, target: datetime) -> list[str]:
        """Let time pass up to the target (never beyond `until`, never back), stopping at the first change.

        Answers the addresses of the accounts that changed at the instant where time stopped, sorted.
        """
        goal = target if self.until is None else min(target, self.until)
        while self._queue and self._queue[0][0] <= goal:
            changed = self._run_instant(self._queue[0][0])
            if changed:
                return sorted(changed)
        self.now = max(self.now, goal)
        return []

    def _run_instant(self, instant: datetime) -> set[str]:
        self.now = max(self.now, instant)
        changed: set[str] = set()
        while self._queue and self._queue[0][0] <= self.now:
            changed.update(heapq.heappop(self._queue)[2]())
        return changed

    def appeared(self, account: Account, thing: Entry | Mail, renewed: bool = False) -> None:
        """Tell the watchers that something appeared on an account."""
        for watcher in list(self.watchers):
            watcher(account, thing, renewed)

    def count(self, provider: str, operation: str, batched: bool = False) -> None:
        """Count one call of an operation; token calls and the inner requests of a batch are counted apart."""
        if operation == "token":
            self.token_calls += 1
            return
        counts = self.batched if batched else self.requests[provider]
        counts[operation] = counts.get(operation, 0) + 1

    def report(self) -> Json:
        """Counters and violations, operations sorted by name.

        `requests` counts what came over HTTP, a whole batch as one; `batched` what stood inside batches.
        """
        return {
            "checked": self.checked,
            "requests": {provider: dict(sorted(counts.items())) for provider, counts in self.requests.items()},
            "batched": {"microsoft": dict(sorted(self.batched.items()))},
            "tokens": self.token_calls,
            "notifications": dict(sorted(self.watches.counted.items())),
            "acts": self.acts,
        }
