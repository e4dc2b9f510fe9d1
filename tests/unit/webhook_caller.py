"""What the tests of the webhook share: a listener on loopback, a provider that knows its proof, and raw callers."""

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from adapters.webhook.hints import HintQueue
from adapters.webhook.listener import Listener
from adapters.webhook.tokens import Tokens
from domain.push import Hint

TOKENS = Tokens(b"0123456789abcdef0123456789abcdef")
OWNER = "6b1f6a9e-53a7-4b0e-9a3e-6f2b8f1d2c3d"
NAME = "00112233445566778899aabbccddeeff"
TOKEN = TOKENS.token(OWNER, NAME)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it came: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Door:
    """A listener that is open, and the queue behind it."""

    listener: Listener
    queue: HintQueue

    def send(self, raw: bytes) -> Told | None:
        """Send bytes as they are and return the answer, or None when there is none."""
        with socket.create_connection(("127.0.0.1", self.listener.port), timeout=10) as connection:
            connection.sendall(raw)
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        return told(received) if received else None

    def post(self, path: str, body: bytes = b"", *headers: tuple[str, str], method: str = "POST") -> Told:
        """Send one whole request and return its answer."""
        answer = self.send(request(path, body, headers, method))
        assert answer is not None
        return answer

    def taken(self) -> tuple[Hint, ...]:
        """Return the hints that came in."""
        return self.queue.take()


def request(path: str, body: bytes, headers: Sequence[tuple[str, str]] = (), method: str = "POST") -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: push.example.org", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def told(received: bytes) -> Told:
    """Take an answer apart."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return Told(int(first.split(" ")[1]), {name.lower(): value for name, value in pairs}, body)


def notifications(*states: Any, **more: Any) -> bytes:
    """Return the body of a change notification of Microsoft's with one item per client state."""
    item = {"subscriptionId": "s-1", "changeType": "updated", "resource": "Users/x/Events/y", "tenantId": "t"}
    return json.dumps({"value": [{**item, "clientState": state, **more} for state in states]}).encode()


def google(token: str = TOKEN, channel: str = NAME, state: str = "exists") -> tuple[tuple[str, str], ...]:
    """Return the headers of a hint of Google's."""
    return (
        ("X-Goog-Channel-ID", channel),
        ("X-Goog-Channel-Token", token),
        ("X-Goog-Resource-State", state),
        ("X-Goog-Message-Number", "10"),
    )


@contextmanager
def door(prefix: str = "") -> Iterator[Door]:
    """Open a listener on a free port."""
    queue = HintQueue(lambda: None)
    with Listener("127.0.0.1", 0, prefix, TOKENS, queue) as listener:
        yield Door(listener, queue)
