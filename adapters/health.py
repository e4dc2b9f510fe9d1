"""Answers on loopback whether the daemon is alive and ready, and what it has counted; nothing can be changed here."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from threading import Thread
from types import TracebackType

from domain.errors import Misconfigured, TryLater

SECONDS = 5.0
LONGEST = 1_000
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    status: HTTPStatus
    text: str
    type: str = PLAIN


def verdict(trouble: str) -> Page:
    """Return 200 for no trouble, else 503 with it."""
    return Page(HTTPStatus.SERVICE_UNAVAILABLE, f"{trouble}\n") if trouble else Page(HTTPStatus.OK, "ok\n")


def asked(host: str, port: int, path: str) -> Page:
    """Return what a running daemon says on one of its pages; TryLater when nobody answers there within 5 seconds."""
    with closing(HTTPConnection(host, port, timeout=SECONDS)) as connection:
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read(LONGEST).decode("utf-8", "replace")
        except (OSError, HTTPException):
            raise TryLater(
                f"No daemon answers on {host} port {port}.", "Start it with: mentorsync daemon; or see its log."
            ) from None
    return Page(HTTPStatus(answer.status), text, answer.headers.get("Content-Type", ""))


class HealthListener:
    """Serves `pages` by their paths as long as its block lasts; `port` 0 takes a free one, which `port` then names.

    Misconfigured when the address cannot be listened on. Requests are not logged.
    """

    def __init__(self, host: str, port: int, pages: Mapping[str, Callable[[], Page]]) -> None:
        try:
            self._server = (_Server6 if ":" in host else ThreadingHTTPServer)((host, port), _handler(pages))
        except OSError as error:
            raise Misconfigured(
                f"The daemon cannot listen on {host} port {port}.",
                "Free that port, or give another address in [health] listen.",
            ) from error
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, name="health", daemon=True)

    def __enter__(self) -> "HealthListener":
        """Start to answer, whatever this thread does."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server6(ThreadingHTTPServer):
    address_family = AF_INET6


def _handler(pages: Mapping[str, Callable[[], Page]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS
        server_version, sys_version = "mentorsync", ""

        def do_GET(self) -> None:
            found = pages.get(self.path.partition("?")[0])
            page = found() if found is not None else Page(HTTPStatus.NOT_FOUND, "There is no such page.\n")
            content = page.text.encode()
            self.send_response(page.status)
            headers = {
                "Content-Type": page.type,
                "Content-Length": str(len(content)),
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what was asked is nobody's business."""
            _ = format, args

    return Handler
