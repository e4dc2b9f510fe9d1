"""Refuses every connection and every look-up of a name that would leave this machine."""

import sys
from ipaddress import ip_address
from typing import Any

_CONNECTING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class NetworkRefused(AssertionError):
    """A test tried to reach another machine; the tests need loopback only."""


def install() -> None:
    """Guard this process until it ends; an audit hook sees calls from C too and cannot be taken off again."""
    sys.addaudithook(_refuse)


def is_local(host: object) -> bool:
    """Say whether a host is this machine; no host at all means loopback or any own address."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name == "localhost":
        return True
    try:
        return isinstance(name, str) and ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _RESOLVING:
        _check(event, arguments[0])
    # The address of a Unix socket is text, that of every other kind a tuple; a connected socket sends to none.
    elif event in _CONNECTING and isinstance(arguments[1], tuple):
        _check(event, arguments[1][0])


def _check(event: str, host: object) -> None:
    if not is_local(host):
        raise NetworkRefused(f"{event} to {host!r}: tests reach loopback only")
