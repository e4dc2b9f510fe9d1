"""Decides which requests change something, and which may leave before the programme is live."""

from collections.abc import Callable
from ipaddress import ip_address

import httpx

from domain.errors import Refused

# POSTs that only ask: OAuth tokens, Google's freebusy.query, Outlook's getSchedule (plain and with its
# namespace).
_QUESTIONS = frozenset({"token", "freebusy", "getschedule", "microsoft.graph.getschedule"})


def is_write(request: httpx.Request) -> bool:
    """Say whether the request may change a mailbox or a calendar: all but GET, token requests and free/busy
    queries.
    """
    if request.method in ("GET", "HEAD"):
        return False
    last = request.url.path.rstrip("/").rpartition("/")[2]
    return request.method != "POST" or last.lower() not in _QUESTIONS


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


def check_egress(request: httpx.Request, live: Callable[[], bool]) -> None:
    """Raise Refused when a write would leave for a host beyond loopback before the programme is live.

    `live` may cost a query, so it is asked only where its answer matters.
    """
    if not is_write(request) or is_loopback(request.url.host) or live():
        return
    raise Refused(
        "The programme is not live, so no mail and no calendar write leaves this machine.",
        "Run `mentorsync go-live` when the programme is to begin.",
    )
