"""What the tests of the Graph adapter share: a signed-in client over a scripted server, and items like Graph's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.graph.calendar import GraphCalendar
from adapters.graph.client import GraphClient, GraphSettings
from adapters.transport import Transport
from tests.unit.loopback import Loopback, Reply

NOW = datetime(2027, 2, 22, 9, 0, tzinfo=UTC)
ANN = "ann@example.org"
Office = Callable[..., tuple[GraphCalendar, Loopback]]


@contextmanager
def client(server: Loopback, folder: Path) -> Iterator[GraphClient]:
    """A client that signs with a token file and speaks to the server."""
    token = folder / "token"
    token.write_text("secret\n")
    with Transport(None, None, lambda: False) as transport:
        yield GraphClient(GraphSettings(f"{server.root}/v1.0/", token_file=token), transport, lambda: NOW)


@contextmanager
def calendar_office(folder: Path) -> Iterator[Office]:
    """Give out a calendar over a server with the given replies, as often as asked for."""
    with ExitStack() as stack:

        def opened(*replies: Reply | None) -> tuple[GraphCalendar, Loopback]:
            server = stack.enter_context(Loopback(*replies))
            return GraphCalendar(stack.enter_context(client(server, folder))), server

        yield opened


def at(clock: str, zone: str = "UTC") -> dict[str, str]:
    """A dateTimeTimeZone as Graph writes it."""
    return {"dateTime": f"{clock}.0000000", "timeZone": zone}


def event(id: str = "e1", **changed: Any) -> dict[str, Any]:
    """An event as Graph shows it to its organiser."""
    return {
        "@odata.etag": 'W/"1"',
        "id": id,
        "iCalUId": f"uid-{id}",
        "type": "singleInstance",
        "subject": "never read",
        "start": at("2027-02-23T15:00:00"),
        "end": at("2027-02-23T15:30:00"),
        "originalStartTimeZone": "Central Standard Time",
        "isAllDay": False,
        "isCancelled": False,
        "isOrganizer": True,
        "showAs": "busy",
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "organizer": {"emailAddress": {"name": "Ann", "address": "Ann@Example.org"}},
        "attendees": [
            {
                "type": "required",
                "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
                "emailAddress": {"name": "Bo", "address": "Bo@Example.net"},
            }
        ],
    } | changed


def removed(id: str, reason: str = "deleted") -> dict[str, Any]:
    """A tombstone of a delta round."""
    return {"id": id, "@removed": {"reason": reason}}


def batch(*parts: Reply) -> Reply:
    """The answer to a $batch: each part's own answer, named by its place, given in another order than asked."""
    answers = [
        {"id": str(place), "status": part.status, "headers": dict(part.headers), "body": part.body}
        for place, part in enumerate(parts)
    ]
    return Reply(body={"responses": answers[::-1]})


def refusal(status: int, code: str, *headers: tuple[str, str]) -> Reply:
    """An error as Graph answers it."""
    return Reply(status, {"error": {"code": code, "message": "words that must not travel"}}, headers)
