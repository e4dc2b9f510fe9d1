"""A client's web hook on loopback: it answers the handshake and keeps whatever it is sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Listener:
    """What arrived, and how to answer: `status` for notices, `echo` for what goes back in a handshake."""

    url: str = ""
    status: int = 202
    echo: str = "{token}"
    kind: str = "text/plain"
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def items(self) -> list[dict[str, Any]]:
        """All of Graph's notifications, in the order of their arrival."""
        return [item for _, _, body in self.calls if body for item in json.loads(body)["value"]]

    def states(self) -> list[str]:
        """The states that Google's notifications name."""
        return [headers["x-goog-resource-state"] for _, headers, body in self.calls if not body]

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body of the answer to one POST."""
        tokens = parse_qs(urlsplit(path).query).get("validationToken")
        if tokens is not None:
            return 200, self.kind, self.echo.format(token=tokens[0]).encode()
        self.calls.append((path, headers, body))
        return self.status, "text/plain", b""


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener that serves until the end of the block."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, kind, content = listener.answer(self.path, headers, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=lambda: server.serve_forever(0.01), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
