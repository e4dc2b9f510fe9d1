"""The fault table: which coming call of which operation goes wrong, and how."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from adapters.sandbox.records import Json
from adapters.sandbox.wire import Operation

BEFORE = frozenset(
    (
        "401",
        "403",
        "404",
        "409",
        "412",
        "429",
        "500",
        "502",
        "503",
        "quotaExceeded",
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "dailyLimitExceeded",
        "expired_cursor",
        "refused",
        "stuck",
    )
)
"""Faults of a request that was not applied."""

AFTER = frozenset({"504", "answer_lost", "silent", "truncated", "truncated_json"})
"""Faults of a request that was applied: a gateway gave up waiting, or the answer was lost or cut on the way or never
begun."""

NO_ANSWER = frozenset({"stuck", "silent"})
"""The request is taken and never answered, before it was applied or after: the client's own patience ends it."""

ODD = frozenset({"delay_ms", "short_page", "empty_page", "repeated_items", "late_success"})
"""What is no failure and yet trips clients: a slow answer, a page of one item or of none that is not the last,
items that come twice, a success that carries Retry-After."""

GOOGLE_ONLY = frozenset({"quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded"})
PAGES = frozenset({"short_page", "empty_page"})
PAGED = frozenset(
    (
        "calendarView.delta",
        "calendarView.list",
        "calendars.delta",
        "calendars.view",
        "events.list",
        "messages.delta",
        "history.list",
    )
)
"""The operations whose pages a fault can shorten or empty."""

SPOILT = frozenset({"unknown_zone", "swapped_times", "malformed_item"})
"""What a page of events may hold at its first event; everything else on it is well."""

EVENT_LISTS = PAGED - {"messages.delta", "history.list"}
REPEATING = frozenset({"calendarView.delta", "calendars.delta", "messages.delta"})
"""The operations that may bring an item twice in one round."""

NOTIFIED = frozenset(
    {
        "notification_lost",
        "notification_doubled",
        "notification_reordered",
        "notification_missed",
        "subscription_removed",
        "reauthorization_required",
    }
)
"""Faults of a `notification`: what becomes of it on its way, or what Graph says instead of it or beside it."""

UNDER_WAY = frozenset({"invitation", "answer", "mail"})
ASTRAY = frozenset({"lost", "late"})
"""What becomes of an invitation (its updates and its cancellation too), of an answer to one, or of a mail."""

BY_HAND = frozenset({"hand_first", "hand_after"})
"""A person acts in the moment between the client's last look and its request, or right after the request."""

CONNECTION = frozenset({"refused", "stuck", "answer_lost", "silent", "truncated", "truncated_json"})
"""Faults of the connection; on a request inside a batch they strike the whole batch."""

FIELDS = frozenset(
    (
        "operation",
        "nth",
        "times",
        "account",
        "provider",
        "fault",
        "retry_after",
        "delay_ms",
        "delay_minutes",
        "act",
    )
)


@dataclass
class Fault:
    """One line of the table; `seen` counts the matching calls since it was queued."""

    operation: str
    fault: str
    nth: int = 1
    times: int = 1
    account: str = ""
    provider: str = ""
    retry_after: str = ""
    delay_ms: int = 0
    delay_minutes: float = 60
    act: Callable[[], object] | None = None
    seen: int = 0

    def strikes(self, operation: Operation, account: str, has_cursor: bool) -> bool:
        """Count this call if it matches, and say whether it is one that goes wrong."""
        if self.operation != operation.name or self.provider not in ("", operation.provider):
            return False
        if self.account not in ("", account) or (self.fault == "expired_cursor" and not has_cursor):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


@dataclass
class Faults:
    """All faults that were queued."""

    lines: list[Fault] = field(default_factory=list)

    def add(self, order: Json, operations: frozenset[str], hand: Callable[[Json], Callable[[], object]]) -> None:
        """Queue one fault; ValueError says in a sentence what is wrong with it. `hand` prepares a person's act."""
        unknown = sorted(set(order) - FIELDS)
        if unknown:
            raise ValueError(f"A fault has no field {unknown[0]!r}.")
        if order.get("operation") not in operations:
            raise ValueError(f"There is no operation {order.get('operation')!r}.")
        known = _known(str(order["operation"]))
        if order.get("fault") not in known:
            raise ValueError(f"There is no fault {order.get('fault')!r} here; there are {', '.join(sorted(known))}.")
        if order["fault"] in GOOGLE_ONLY and order.get("provider", "google") != "google":
            raise ValueError(f"Only Google says {order['fault']}.")
        if ("act" in order) is not (order["fault"] in BY_HAND):
            raise ValueError("The faults hand_first and hand_after have an 'act', the others have none.")
        self.lines.append(replace(_fault(order), act=hand(order["act"]) if "act" in order else None))

    def strike(self, operation: Operation, account: str, has_cursor: bool) -> Fault | None:
        """The fault that hits this call, or None; every matching line counts the call."""
        hits = [line for line in self.lines if line.strikes(operation, account, has_cursor)]
        return hits[0] if hits else None


def _known(operation: str) -> frozenset[str]:
    """The faults that can strike an operation."""
    if operation == "notification" or operation in UNDER_WAY:
        return NOTIFIED if operation == "notification" else ASTRAY
    pages = PAGES if operation in PAGED else frozenset()
    twice = {"repeated_items"} if operation in REPEATING else set()
    spoilt = SPOILT if operation in EVENT_LISTS else frozenset()
    return (BEFORE | AFTER | ODD | BY_HAND) - PAGES - {"repeated_items"} | pages | twice | spoilt


def _fault(order: Json) -> Fault:
    return Fault(
        operation=str(order["operation"]),
        fault=str(order["fault"]),
        nth=int(order.get("nth", 1)),
        times=int(order.get("times", 1)),
        account=str(order.get("account", "")).lower(),
        provider="google" if order["fault"] in GOOGLE_ONLY else str(order.get("provider", "")),
        retry_after=str(order.get("retry_after", "")),
        delay_ms=int(order.get("delay_ms", 0)),
        delay_minutes=float(order.get("delay_minutes", 60)),
    )
