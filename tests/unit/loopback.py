"""A server on loopback that answers from a script and remembers what it was asked."""

import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `cut` bytes are left off its end although Content-Length promises them."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()
    cut: int = 0

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Loopback:
    """Answers its n-th request with its n-th reply, the last one for ever; None reads the request and hangs up.

    With `tls` it speaks HTTPS.
    """

    def __init__(self, *replies: Reply | None, tls: ssl.SSLContext | None = None) -> None:
        self.replies = list(replies) or [Reply()]
        self.seen: list[Seen] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.root = f"http{'s' if tls else ''}://127.0.0.1:{self._server.server_port}"

    def next_reply(self, seen: Seen) -> Reply | None:
        self.seen.append(seen)
        return self.replies[min(len(self.seen), len(self.replies)) - 1]

    def __enter__(self) -> "Loopback":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline()
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = loopback.next_reply(Seen(self.command, self.path, headers, body))
            # One request per connection, so that closing the server waits for nobody.
            self.close_connection = True
            if reply is not None:
                self._write(reply)

        def _write(self, reply: Reply) -> None:
            content = reply.content()
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Type", "application/json")
            self.send_header("Connection", "close")
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: len(content) - reply.cut])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
