"""A plain HTTP client of the sandbox for its own tests; it knows nothing of the providers' SDKs."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import httpx

from adapters.sandbox.people import settle
from adapters.sandbox.server import SandboxServer
from adapters.sandbox.world import World

START = datetime(2027, 2, 22, 8, 0, tzinfo=UTC)
MARA, THEO = "mara.lindqvist@contoso.example", "theo.hartley@contoso.example"
JONAS, ISLA = "jonas.albrecht@gmail.example", "isla.waratah@gmail.example"
OUTLOOK, GMAIL = "mentoring@contoso.example", "mentoring@gmail.example"
LATER = "2027-06-01T00:00:00Z"
IMMUTABLE = 'IdType="ImmutableId", outlook.timezone="UTC"'


class Client:
    """Requests to one running sandbox under all-powerful tokens."""

    def __init__(self, server: SandboxServer) -> None:
        self.world = server.world
        self.http = httpx.Client(base_url=server.base_url, timeout=10, verify=False, trust_env=False)
        self.microsoft = {"Authorization": f"Bearer {self.world.issue('microsoft')}", "Prefer": IMMUTABLE}
        self.google = {"Authorization": f"Bearer {self.world.issue('google')}"}

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def graph(self, verb: str, user: str, path: str, **options: Any) -> httpx.Response:
        """One Graph request below a user."""
        headers = self.microsoft | options.pop("headers", {})
        where = path if path.startswith("http") else f"/v1.0/users/{user}{path}"
        return self.http.request(verb, where, headers=headers, **options)

    def calendar(self, verb: str, user: str, path: str = "", **options: Any) -> httpx.Response:
        """One Google Calendar request below a calendar's events."""
        headers = self.google | options.pop("headers", {})
        return self.http.request(verb, f"/calendar/v3/calendars/{user}/events{path}", headers=headers, **options)

    def gmail(self, verb: str, user: str, path: str, **options: Any) -> httpx.Response:
        """One Gmail request below a user."""
        headers = self.google | options.pop("headers", {})
        return self.http.request(verb, f"/gmail/v1/users/{user}{path}", headers=headers, **options)

    def hand(self, **act: Any) -> None:
        """Queue one human act."""
        answer = self.http.post("/hand", json=act)
        assert answer.status_code == 200, answer.text

    def fault(self, **order: Any) -> None:
        """Queue one fault."""
        answer = self.http.post("/faults", json=order)
        assert answer.status_code == 200, answer.text

    def advance(self, target: str = LATER) -> tuple[str, list[str]]:
        """Let time pass to the first change."""
        answer = self.http.post("/clock", json={"advance_to": target}).json()
        return answer["now"], answer["changed"]

    def settle(self, minutes: int = 10) -> None:
        """Let some virtual minutes pass, whatever changes."""
        now = datetime.fromisoformat(self.http.get("/clock").json()["now"])
        goal = datetime.fromtimestamp(now.timestamp() + 60 * minutes, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        while self.advance(goal)[0] != goal:
            continue

    def events(self, account: str, subject: str) -> list[dict[str, Any]]:
        """What the world shows of one account's events with this subject."""
        found = self.http.get("/world").json()["events"]
        return [event for event in found if event["account"] == account and subject in event["subject"]]

    def mails(self, account: str, folder: str = "inbox") -> list[dict[str, Any]]:
        """What the world shows of one account's folder."""
        found = self.http.get("/world").json()["mails"]
        return [mail for mail in found if mail["account"] == account and mail["folder"] == folder]

    def report(self) -> dict[str, Any]:
        """The counters."""
        found: dict[str, Any] = self.http.get("/report").json()
        return found


@contextmanager
def sandbox(people: str = "none", seed: int = 1, until: datetime | None = None) -> Iterator[Client]:
    """A running sandbox of the service's mailboxes and, without busy times, the four people."""
    world = World(START, until, seed)
    settle(world, people)
    if people == "none":
        world.add(MARA, "microsoft", "Mara Lindqvist", "America/Chicago")
        world.add(THEO, "microsoft", "Theo Hartley", "Europe/London")
        world.add(JONAS, "google", "Jonas Albrecht", "Europe/Berlin")
        world.add(ISLA, "google", "Isla Waratah", "Australia/Sydney")
    with SandboxServer(world) as server, Client(server) as client:
        yield client


def graph_event(subject: str, start: str, end: str, *guests: str, **more: Any) -> dict[str, Any]:
    """The body of a Graph event; times are UTC wall clock times."""
    return {
        "subject": subject,
        "start": {"dateTime": start, "timeZone": "UTC"},
        "end": {"dateTime": end, "timeZone": "UTC"},
        "attendees": [{"emailAddress": {"address": guest, "name": guest}, "type": "required"} for guest in guests],
        **more,
    }


def google_event(subject: str, start: str, end: str, *guests: str, **more: Any) -> dict[str, Any]:
    """The body of a Google event; times are instants."""
    return {
        "summary": subject,
        "start": {"dateTime": start, "timeZone": "Europe/Berlin"},
        "end": {"dateTime": end, "timeZone": "Europe/Berlin"},
        "attendees": [{"email": guest} for guest in guests],
        **more,
    }


def mime(sender: str, to: str, subject: str, message_id: str, *more: str, text: str = "Hello") -> bytes:
    """A small mail; `more` are further header lines."""
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Message-ID: {message_id}", *more]
    lines = [*head, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text, ""]
    return "\r\n".join(lines).encode()


def graph_send(client: Client, sender: str, raw: bytes) -> str:
    """Draft and send a mail on Graph; answers the immutable id."""
    plain = {"Content-Type": "text/plain"}
    draft = client.graph("POST", sender, "/messages", content=base64.b64encode(raw), headers=plain)
    assert draft.status_code == 201, draft.text
    identity = str(draft.json()["id"])
    assert client.graph("POST", sender, f"/messages/{identity}/send").status_code == 202
    return identity


def gmail_send(client: Client, sender: str, raw: bytes, thread: str = "") -> dict[str, Any]:
    """Draft and send a mail on Gmail; answers what the sending answered."""
    message = {"raw": base64.urlsafe_b64encode(raw).decode()} | ({"threadId": thread} if thread else {})
    draft = client.gmail("POST", sender, "/drafts", json={"message": message})
    assert draft.status_code == 200, draft.text
    sent = client.gmail("POST", sender, "/drafts/send", json={"id": draft.json()["id"]})
    assert sent.status_code == 200, sent.text
    found: dict[str, Any] = sent.json()
    return found
