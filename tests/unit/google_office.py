"""A scripted Google on loopback for the adapter's own tests: it answers in order and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from adapters.google.access import GoogleAccess
from adapters.google.calendar import GoogleCalendar
from adapters.google.connect import google_calendar
from adapters.transport import Transport

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
ANNA = "anna@example.org"


class StandingClock:
    """A clock that stands at one instant."""

    def now(self) -> datetime:
        """Return the instant."""
        return NOW

    def wait_until(self, due: datetime) -> tuple[str, ...]:
        """Never wait."""
        return ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came over the wire, its headers' names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body's JSON."""
        return json.loads(self.body)


@dataclass
class Office:
    """The script: `answers` are (status, JSON or bytes, headers), taken from the front."""

    url: str
    transport: Transport
    answers: list[tuple[int, Any, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def will(self, status: int, content: Any = None, *headers: tuple[str, str]) -> "Office":
        """Add an answer to the script."""
        self.answers.append((status, content, headers))
        return self

    def will_refuse(self, status: int, reason: str) -> "Office":
        """Add a refusal in Google's form."""
        details = [{"domain": "global", "reason": reason, "message": "No."}]
        return self.will(status, {"error": {"code": status, "message": "No.", "errors": details}})


@contextmanager
def google_office() -> Iterator[Office]:
    """Open a scripted Google."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with Transport(None, None, live=lambda: False) as transport:
            office = Office(f"http://127.0.0.1:{server.server_address[1]}/", transport)
            _Handler.office = office
            yield office
            assert office.answers == [], "not everything that was scripted was asked for"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    office: Office

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(
            self.command,
            self.path,
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        self.office.asked.append(asked)
        status, content, headers = self.office.answers.pop(0)
        body = content if isinstance(content, bytes) else b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def calendar_at(office: Office, folder: Path) -> GoogleCalendar:
    """Return a calendar that signs with a token file and speaks to the office."""
    token = folder / "token"
    token.write_text("sesame\n")
    return google_calendar(GoogleAccess(office.url, token_file=token), office.transport, StandingClock())
