"""The Graph and Google adapters on the stage: through the real SDKs, over real HTTP, to the sandbox."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from adapters.google.access import GoogleAccess
from adapters.google.connect import google_calendar, google_channels, google_mailbox
from adapters.graph.calendar import GraphCalendar
from adapters.graph.client import GraphClient, GraphSettings
from adapters.graph.mailbox import GraphMailbox
from adapters.graph.subscriptions import GraphSubscriptions
from adapters.sandbox.server import SandboxServer
from adapters.sandbox.world import World
from adapters.transport import Transport
from domain.calendar import Booked
from domain.interval import Interval
from domain.ports import Calendar, Mailbox, Push
from tests.contract.stage import START, Act, Consent, Odd, Trouble

_ACCOUNTS = {
    "microsoft": ("mentoring@contoso.example", "nora.ek@contoso.example", "otto.bern@gmail.example"),
    "google": ("mentoring@gmail.example", "otto.bern@gmail.example", "nora.ek@contoso.example"),
}
_TEAM = "Team"
_CALENDAR_LIST = "/calendar/v3/users/me/calendarList"
_FAULTS = {
    Trouble.BUSY: "429",
    Trouble.DOWN: "503",
    Trouble.GATEWAY: "502",
    Trouble.CUT: "truncated_json",
    Trouble.LOST: "answer_lost",
    Trouble.EXPIRED: "expired_cursor",
}
_OPERATIONS = {
    "microsoft": {
        "calendar.changes": "calendarView.delta",
        "calendar.busy": "getSchedule",
        "calendar.book": "events.create",
        "calendar.find": "events.list",
        "calendar.read": "events.get",
        "calendar.move": "events.move",
        "calendar.cancel": "events.cancel",
        "mailbox.arrivals": "messages.delta",
        "mailbox.recent": "messages.delta",
        "mailbox.raw": "messages.value",
        "mailbox.draft": "messages.createDraft",
        "mailbox.send": "messages.send",
        "mailbox.find": "messages.get",
        "push.watch": "subscriptions.create",
        "push.renew": "subscriptions.renew",
        "push.end": "subscriptions.delete",
    },
    "google": {
        "calendar.changes": "events.list",
        "calendar.busy": "freebusy.query",
        "calendar.book": "events.insert",
        "calendar.find": "events.get",
        "calendar.read": "events.get",
        "calendar.move": "events.patch",
        "calendar.cancel": "events.delete",
        "mailbox.arrivals": "history.list",
        "mailbox.recent": "messages.list",
        "mailbox.raw": "messages.get",
        "mailbox.draft": "drafts.create",
        "mailbox.send": "drafts.send",
        "mailbox.find": "drafts.get",
        "push.watch": "events.watch",
        "push.end": "channels.stop",
    },
}


class SandboxStage:
    """See `Stage`; the person's acts and the faults go to the sandbox's own paths."""

    def __init__(self, provider: str, doors: "_Doors", world: World, http: httpx.Client) -> None:
        self.host, self.colleague, self.outsider = _ACCOUNTS[provider]
        self._provider, self._doors = provider, doors
        self._operations = _OPERATIONS[provider]
        self.world = world
        self._http = http

    # Each adapter is opened when a test first needs it: reading the service account's key takes a tenth of a second.
    @cached_property
    def calendar(self) -> Calendar:
        """See `Stage`."""
        return self._doors.calendar(self._provider)

    @cached_property
    def mailbox(self) -> Mailbox:
        """See `Stage`."""
        return self._doors.mailbox(self._provider)

    @cached_property
    def push(self) -> Push:
        """See `Stage`."""
        return self._doors.push(self._provider)

    @cached_property
    def elsewhere(self) -> Calendar:
        """See `Stage`."""
        return self._doors.calendar("google" if self._provider == "microsoft" else "microsoft")

    def now(self) -> datetime:
        """See `Stage`."""
        return self.world.now

    def settle(self) -> None:
        """See `Stage`."""
        goal = self.now() + timedelta(minutes=10)
        while self.now() < goal:
            self._post("/clock", {"advance_to": goal.isoformat()})

    def act(self, account: str, act: Act, meeting: Booked) -> None:
        """See `Stage`."""
        self._hand(account, act.value, meeting)

    def drag(self, account: str, meeting: Booked, time: Interval) -> None:
        """See `Stage`."""
        self._hand(account, "move", meeting, start=time.start.isoformat(), end=time.end.isoformat())

    def relocate(self, account: str, meeting: Booked, place: str) -> None:
        """See `Stage`."""
        self._hand(account, "edit", meeting, location=place)

    def place(self, account: str, meeting: Booked) -> str:
        """See `Stage`."""
        return str(self._event(account, meeting)["location"])

    def words(self, account: str, meeting: Booked) -> tuple[str, str]:
        """See `Stage`."""
        event = self._event(account, meeting)
        return event["subject"], event["body"]

    def _event(self, account: str, meeting: Booked) -> dict[str, Any]:
        events = [e for e in self._view("events") if e["account"] == account]
        return next(e for e in events if e["ical_uid"] == meeting.ical_uid)

    def enter(self, account: str, time: Interval, status: str, calendar: str = "") -> None:
        """See `Stage`."""
        where = {"calendar": _TEAM} if calendar else {}
        self._act({"account": account, "act": "busy", "status": status, **_times(time), **where})

    def further(self, account: str) -> str:
        """See `Stage`."""
        self._act({"account": account, "act": "calendar", "name": _TEAM})
        token = self.world.issue(self._provider, account if self._provider == "google" else "")
        path = f"/v1.0/users/{account}/calendars" if self._provider == "microsoft" else _CALENDAR_LIST
        told = self._http.get(path, headers={"Authorization": f"Bearer {token}"}).json()
        found = told.get("value") or told["items"]
        return next(str(one["id"]) for one in found if _TEAM in (one.get("name"), one.get("summary")))

    def repeat(self, account: str, time: Interval, count: int) -> None:
        """See `Stage`."""
        rule = {"subject": "Again", "freq": "daily", "count": count}
        self._act({"account": account, "act": "series", **rule, **_times(time)})

    def skip(self, account: str, day: str) -> None:
        """See `Stage`."""
        event = {"subject_has": "Again"}
        self._act({"account": account, "act": "exception", "cancel": True, "occurrence": day, "event": event})

    def consent(self, account: str, consent: Consent) -> None:
        """See `Stage`."""
        self._act({"account": account, "act": "consent", "scope": consent.value})

    def remove(self, account: str) -> None:
        """See `Stage`."""
        self._act({"account": account, "act": "gone"})

    def spoil(self, odd: Odd) -> None:
        """See `Stage`."""
        operation = self._operations["calendar.changes"]
        self._post("/faults", {"operation": operation, "fault": odd.value, "account": self.host})

    def write(self, account: str, to: str, subject: str, text: str) -> None:
        """See `Stage`."""
        self._post("/hand", {"account": account, "act": "send", "to": to, "subject": subject, "text": text})
        self.settle()

    def reply(self, account: str, subject: str, text: str) -> None:
        """See `Stage`."""
        self._post("/hand", {"account": account, "act": "reply", "mail": {"subject_has": subject}, "text": text})
        self.settle()

    def inbox(self, account: str) -> list[bytes]:
        """See `Stage`."""
        mails = [m for m in self._view("mails") if m["account"] == account and m["folder"] == "inbox"]
        raws = [mail["raw"].encode() for mail in sorted(mails, key=lambda mail: str(mail["date"]))]
        return [raw for raw in raws if b"text/calendar" not in raw]

    def trouble(self, operation: str, trouble: Trouble, retry_after: str = "") -> None:
        """See `Stage`."""
        if trouble is Trouble.REVOKED:
            self._post("/hand", {"account": self.host, "act": "revoke"})
            self.settle()
            return
        # The path of a subscription at Microsoft names nobody.
        whose = {} if operation.startswith("push.") else {"account": self.host}
        order = {"operation": self._operations[operation], "fault": _FAULTS[trouble], **whose}
        self._post("/faults", order | ({"retry_after": retry_after} if retry_after else {}))

    def _hand(self, account: str, act: str, meeting: Booked, **fields: Any) -> None:
        subject = next(e["subject"] for e in self._view("events") if e["ical_uid"] == meeting.ical_uid)
        self._act({"account": account, "act": act, "event": {"subject_has": subject}, **fields})

    def _act(self, order: dict[str, Any]) -> None:
        self._post("/hand", order)
        self.settle()
        assert self.world.acts[-1]["outcome"] == "done", self.world.acts[-1]

    def _view(self, part: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get("/world").json()[part]
        return found

    def _post(self, path: str, order: dict[str, Any]) -> None:
        answer = self._http.post(path, json=order)
        assert answer.is_success, answer.text


def _times(time: Interval) -> dict[str, str]:
    return {"start": time.start.isoformat(), "end": time.end.isoformat()}


@contextmanager
def sandbox_stage(provider: str, folder: Path) -> Iterator[SandboxStage]:
    """Open a fresh sandbox; at the end every request that the adapters sent must have been in order."""
    world = World(START)
    for address, name, zone in (
        (_ACCOUNTS["microsoft"][0], "Mentoring Programme", "UTC"),
        (_ACCOUNTS["google"][0], "Mentoring Programme", "UTC"),
        (_ACCOUNTS["microsoft"][1], "Nora Ek", "Europe/London"),
        (_ACCOUNTS["google"][1], "Otto Bern", "Europe/Berlin"),
    ):
        world.add(address, "google" if "gmail" in address else "microsoft", name, zone)
    with (
        SandboxServer(world) as server,
        Transport(None, None, live=lambda: False) as transport,
        httpx.Client(base_url=server.base_url, verify=False) as http,
    ):
        _write_secrets(server, folder)
        yield SandboxStage(provider, _Doors(server, folder, transport), world, http)
        assert world.report()["checked"]["violations"] == []


@cache
def _service_key() -> rsa.RSAPrivateKey:
    # One key for all sandboxes of a test run: making one takes longer than most tests.
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _write_secrets(server: SandboxServer, folder: Path) -> None:
    key = _service_key()
    server.world.service_key = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    account = {
        "type": "service_account",
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "client_email": "mentorsync@project.example",
        "token_uri": f"{server.base_url}/token",
    }
    (folder / "google-service-account.json").write_text(json.dumps(account))
    (folder / "microsoft.token").write_text(server.world.issue("microsoft"))


class _WorldClock:
    """The sandbox's clock, read in the same process; adapters never wait."""

    def __init__(self, world: World) -> None:
        self.world = world

    def now(self) -> datetime:
        """Return the virtual instant."""
        return self.world.now

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Refuse: only the stage lets time pass."""
        raise AssertionError("an adapter let time pass")


class _Doors:
    """Opens the adapters as a daemon's wiring would."""

    def __init__(self, server: SandboxServer, secrets: Path, transport: Transport) -> None:
        self._transport, self._clock = transport, _WorldClock(server.world)
        self._google = GoogleAccess(f"{server.base_url}/", secrets / "google-service-account.json")
        self._microsoft = GraphSettings(f"{server.base_url}/v1.0", token_file=secrets / "microsoft.token")

    def calendar(self, provider: str) -> Calendar:
        """Return a provider's calendars."""
        if provider == "google":
            return google_calendar(self._google, self._transport, self._clock)
        return GraphCalendar(self._graph())

    def push(self, provider: str) -> Push:
        """Return a provider's subscriptions."""
        if provider == "google":
            return google_channels(self._google, self._transport, self._clock)
        return GraphSubscriptions(self._graph())

    def mailbox(self, provider: str) -> Mailbox:
        """Return a provider's mailboxes."""
        if provider == "google":
            return google_mailbox(self._google, self._transport, self._clock)
        return GraphMailbox(self._graph())

    def _graph(self) -> GraphClient:
        return GraphClient(self._microsoft, self._transport, self._clock.now)
