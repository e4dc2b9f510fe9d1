"""Decides which requests change something, and which may leave before the programme is live."""

import json
from collections.abc import Callable
from ipaddress import ip_address

import httpx

from domain.errors import Refused

# POSTs that only ask: OAuth tokens, Google's freebusy.query, Outlook's getSchedule (plain and with its
# namespace).
_QUESTIONS = frozenset({"token", "freebusy", "getschedule", "microsoft.graph.getschedule"})
_BATCH = "$batch"


def is_write(request: httpx.Request) -> bool:
    """Say whether the request may change a mailbox or a calendar: all but GET, token requests, free/busy queries, and
    batches of nothing else.
    """
    if request.method == "POST" and _last(request.url.path) == _BATCH:
        return not _only_asks(request.content)
    return not _asks(request.method, request.url.path)


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].lower()


def _asks(method: str, path: str) -> bool:
    return method in ("GET", "HEAD") or (method == "POST" and _last(path) in _QUESTIONS)


def _only_asks(batch: bytes) -> bool:
    """Say whether every part of a batch only asks; one that cannot be read may do anything."""
    try:
        parts = json.loads(batch)["requests"]
        return all(_asks(str(part["method"]).upper(), str(part["url"]).partition("?")[0]) for part in parts)
    except (ValueError, KeyError, TypeError):
        return False


def is_loopback(host: str) -> bool:
    """Say whether the host is this machine; names other than localhost are never looked up and count as
    outside.
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_egress(request: httpx.Request, live: Callable[[], bool], stopped: Callable[[], bool]) -> None:
    """Raise Refused when a write would leave for a host beyond loopback before the programme is live, and for every
    write while all is stopped.

    `live` may cost a query, so it is asked only where its answer matters.
    """
    if not is_write(request):
        return
    if stopped():
        raise Refused(
            "The kill switch is on, so no mail and no calendar write is made.",
            "Run `mentorsync kill-switch off` when it is over.",
        )
    if is_loopback(request.url.host) or live():
        return
    raise Refused(
        "The programme is not live, so no mail and no calendar write leaves this machine.",
        "Run `mentorsync go-live` when the programme is to begin.",
    )
