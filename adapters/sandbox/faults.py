"""The fault table: which coming call of which operation goes wrong, and how."""

from dataclasses import dataclass, field

from adapters.sandbox.records import Json
from adapters.sandbox.wire import Operation, Reject, google_error, graph_error

BEFORE = frozenset({"429", "503", "401", "refused", "expired_cursor", "delay_ms"})
"""Faults of a request that was not applied; `delay_ms` only holds it up."""

AFTER = frozenset({"504", "answer_lost", "truncated"})
"""Faults of a request that was applied: a gateway gave up waiting, or the answer was lost on the way."""

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

CONNECTION = frozenset({"refused", "answer_lost", "truncated"})
"""Faults of the connection; on a request inside a batch they strike the whole batch."""

FIELDS = frozenset({"operation", "nth", "times", "account", "provider", "fault", "retry_after", "delay_ms"})


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

    def add(self, order: Json, operations: frozenset[str]) -> None:
        """Queue one fault; ValueError says in a sentence what is wrong with it."""
        unknown = sorted(set(order) - FIELDS)
        if unknown:
            raise ValueError(f"A fault has no field {unknown[0]!r}.")
        if order.get("operation") not in operations:
            raise ValueError(f"There is no operation {order.get('operation')!r}.")
        known = NOTIFIED if order["operation"] == "notification" else BEFORE | AFTER
        if order.get("fault") not in known:
            raise ValueError(f"There is no fault {order.get('fault')!r} here; there are {', '.join(sorted(known))}.")
        self.lines.append(_fault(order))

    def strike(self, operation: Operation, account: str, has_cursor: bool) -> Fault | None:
        """The fault that hits this call, or None; every matching line counts the call."""
        hits = [line for line in self.lines if line.strikes(operation, account, has_cursor)]
        return hits[0] if hits else None


def _fault(order: Json) -> Fault:
    return Fault(
        operation=str(order["operation"]),
        fault=str(order["fault"]),
        nth=int(order.get("nth", 1)),
        times=int(order.get("times", 1)),
        account=str(order.get("account", "")).lower(),
        provider=str(order.get("provider", "")),
        retry_after=str(order.get("retry_after", "")),
        delay_ms=int(order.get("delay_ms", 0)),
    )


def refusal(fault: Fault, operation: Operation) -> Reject:
    """The answer that this fault gives in its cloud's own words."""
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    return (_graph if operation.provider == "microsoft" else _google)(fault, operation, headers)


def _graph(fault: Fault, _: Operation, headers: dict[str, str]) -> Reject:
    if fault.fault == "429":
        return graph_error(
            429,
            "ApplicationThrottled",
            "Application is over its MailboxConcurrency limit.",
            {"Retry-After": "1"} | headers,
        )
    if fault.fault == "401":
        return graph_error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
    if fault.fault == "expired_cursor":
        return sync_state_gone()
    if fault.fault == "504":
        return graph_error(504, "UnknownError", "The gateway did not answer in time.")
    return graph_error(503, "serviceNotAvailable", "The service is temporarily unavailable.", headers)


def _google(fault: Fault, operation: Operation, headers: dict[str, str]) -> Reject:
    if fault.fault == "429":
        return google_error(429, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits", headers)
    if fault.fault == "401":
        return google_error(401, "authError", "Invalid Credentials")
    if fault.fault == "expired_cursor":
        return google_cursor_gone(operation)
    return google_error(int(fault.fault), "backendError", "Backend Error", "global", headers)


def sync_state_gone() -> Reject:
    """Graph's answer to a delta link that is too old."""
    return graph_error(
        410, "syncStateNotFound", "The sync state generation is not found; full synchronization is required."
    )


def google_cursor_gone(operation: Operation) -> Reject:
    """Google's answer to a cursor that is too old: Gmail does not find it, Calendar wants a full round."""
    if operation.name == "history.list":
        return google_error(404, "notFound", "Requested entity was not found.")
    message = "Sync token is no longer valid, a full sync is required."
    return google_error(410, "fullSyncRequired", message, "calendar")
