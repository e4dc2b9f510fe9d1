"""One request and one answer as the sandbox's operations see them, and the two clouds' forms of a refusal."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from adapters.sandbox.records import Account, Calendar, Json
from adapters.sandbox.world import Token, World


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON, bytes as they are, or nothing."""

    status: int
    payload: Json | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Reject(Exception):
    """The cloud says no; the answer is already in that cloud's own form."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as it came: `decoded` is the path without percent signs, `path` the one that links repeat."""

    verb: str
    decoded: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one operation on behalf of one account."""

    world: World
    account: Account
    token: Token
    base_url: str
    path: str
    args: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    page: str = ""

    @property
    def calendar(self) -> Calendar:
        """The calendar that the path names, else the primary one."""
        found = self.account.calendar_called(self.args.get("calendar") or self.args.get("user", ""))
        return found or self.account.calendar

    def cut(self, asked: int, opening: bool, total: int) -> tuple[int, bool]:
        """(how many items this page holds, whether it is the last); the first of several is short,
        because both clouds may do that at any time, and a fault may leave one item or none."""
        if self.page:
            return (0 if self.page == "empty_page" else min(1, total)), False
        size = max(1, asked // 2) if opening and total > asked else asked
        return size, size >= total

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query option."""
        return next((value for key, value in reversed(self.query) if key == name), default)

    def every(self, name: str) -> list[str]:
        """All values of a repeated query option."""
        return [value for key, value in self.query if key == name]

    def json(self) -> Json:
        """The body as a JSON object; an empty body is an empty object."""
        if not self.body:
            return {}
        try:
            value = json.loads(self.body)
        except ValueError:
            raise ValueError("the body is not JSON") from None
        if not isinstance(value, dict):
            raise ValueError("the body is not a JSON object")
        return value


@dataclass(frozen=True, slots=True)
class Operation:
    """One served operation: its stable name, where it stands, what it does, and which schema speaks for it.

    `method_id` is Google's name in the discovery document; `options`, `body` and `shape` are Graph's query
    options and model names. `cursor` is the query option that carries a cursor. An operation that `calls_back`
    speaks to its client before it answers.
    """

    name: str
    provider: str
    verb: str
    pattern: re.Pattern[str]
    serve: Callable[[Call], Answer]
    method_id: str = ""
    options: frozenset[str] = frozenset()
    body: str = ""
    shape: str = ""
    cursor: str = ""
    calls_back: bool = False


def graph_error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Reject:
    """A refusal in Graph's form."""
    inner = {"date": "2027-01-01T00:00:00", "request-id": "sandbox", "client-request-id": "sandbox"}
    return Reject(Answer(status, {"error": {"code": code, "message": message, "innerError": inner}}, headers or {}))


GOOGLE_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


def google_error(
    status: int, reason: str, message: str, domain: str = "global", headers: Mapping[str, str] | None = None
) -> Reject:
    """A refusal in Google's form."""
    error: Json = {"code": status, "message": message}
    error["errors"] = [{"message": message, "domain": domain, "reason": reason}]
    if status in GOOGLE_STATUS:
        error["status"] = GOOGLE_STATUS[status]
    return Reject(Answer(status, {"error": error}, headers or {}))


def seal(kind: str, values: Json) -> str:
    """An opaque cursor; the same values always give the same text."""
    text = json.dumps({**values, "kind": kind}, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unseal(kind: str, token: str) -> Json | None:
    """The values of a cursor of this kind, or None when it is not one of ours."""
    try:
        values: Any = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        return None
    return values if isinstance(values, dict) and values.get("kind") == kind else None


def instant(text: str) -> datetime:
    """An RFC 3339 instant with offset, in UTC; ValueError when it has none."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    return value.astimezone(UTC)


def zulu(value: datetime) -> str:
    """An instant in UTC as both clouds write it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
