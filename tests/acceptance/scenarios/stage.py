"""One pair on both clouds of the sandbox, the service in this process, and verbs for what people do and what shows.

Mara is the mentor, in Chicago; Jonas is her mentee, in Berlin. Each scenario is lived twice: once with her in Outlook
and him in Google, once the other way round, the service's own mailbox on either.
"""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from adapters.keys import read_master_key
from adapters.memory.clock import SequentialIds
from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.records import Hours
from adapters.sandbox.remote import SandboxRemote
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.wire import zulu
from adapters.sandbox.world import World
from adapters.webhook.hints import HintQueue
from adapters.webhook.listener import Listener
from adapters.webhook.tokens import Tokens
from domain.by import MAIL, By
from domain.charter import Role
from domain.errors import MentorsyncError
from domain.meeting import Meeting
from domain.ports import Clock, Hints
from domain.relationship import Relationship
from service.daemon import Daemon
from service.house import House
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from service.settings import Settings, load_settings
from service.wiring import open_house
from tests.quick_folder import quick_folder

Json = dict[str, Any]
Event = TypeVar("Event")
MARA, JONAS = "mara.lindqvist@contoso.example", "jonas.albrecht@fabrikam.example"
SERVICES = {"microsoft": "mentoring@contoso.example", "google": "mentoring@gmail.example"}
ZONES = {MARA: "America/Chicago", JONAS: "Europe/Berlin"}
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
TERMS: Json = {"organiser": "mentee", "cadence_days": 28, "slack_days": 7, "conflict": "move"}
SWAPPED = pytest.mark.parametrize("mara_in", ["microsoft", "google"])
"""Who is where: Mara in the named cloud, Jonas in the other; the service has its mailbox where Mara is."""


def chicago(text: str) -> datetime:
    """Return the instant of a wall clock time in Chicago, such as "2027-03-02 10:00"."""
    return _at(text, ZONES[MARA])


def berlin(text: str) -> datetime:
    """Return the instant of a wall clock time in Berlin."""
    return _at(text, ZONES[JONAS])


def _at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


BEGINNING = chicago("2027-02-28 10:00")


@dataclass(frozen=True, slots=True)
class Shown:
    """One standing appointment with other people as a calendar shows it."""

    start: datetime
    end: datetime
    uid: str
    subject: str
    organiser: str


@dataclass
class Pair:
    """The two, their calendars, and the service that looks after them."""

    house: House
    remote: SandboxRemote
    clouds: dict[str, str]
    id: str
    hints: Hints | None = None
    daemon: Daemon = field(init=False)
    _told: int = 0

    def __post_init__(self) -> None:
        """Start the service."""
        self.daemon = Daemon(self.house, lambda: False, self.hints)
        self.daemon.start()

    @property
    def now(self) -> datetime:
        """The virtual instant."""
        return self.house.now()

    @property
    def relationship(self) -> Relationship:
        """What the stream says."""
        return self.house.streams.relationship(self.id)

    @property
    def meeting(self) -> Meeting:
        """The meeting that stands."""
        current = self.relationship.meetings.current
        assert current is not None, "no meeting stands"
        return current

    def events(self, kind: type[Event]) -> list[Event]:
        """Return the stream's events of one kind, in order."""
        return [event for event in self.house.streams.events(self.id) if isinstance(event, kind)]

    def live(self, **span: float) -> None:
        """Let so much time pass (minutes, hours, days) with the service at work."""
        self.live_until(self.now + timedelta(**span))

    def live_until(self, end: datetime) -> None:
        """Let time pass up to an instant with the service at work."""
        while self.now < end:
            self.daemon.run_due()
            self.daemon.sleep(end)
        self.daemon.run_due()
        bugs = [trouble for trouble in self.daemon.troubles if not isinstance(trouble, MentorsyncError)]
        assert not bugs, bugs

    def live_to_booking(self) -> Meeting:
        """Live until a meeting is booked and shows in both calendars; the mails so far are not counted."""
        limit = self.now + timedelta(days=10)
        while not (current := self.relationship.meetings.current) or not current.ical_uid:
            assert self.now < limit, "nothing was booked"
            self.live(hours=1)
        self.live(minutes=5)
        self.forget_mails()
        return self.meeting

    def sleep_until(self, end: datetime) -> None:
        """Let time pass without the service."""
        self.remote.advance(end)
        self.house.clock.wait_until(end)

    def does(self, who: str, act: str, **fields: object) -> None:
        """Let somebody do something now; it must have worked."""
        order = {name: zulu(value) if isinstance(value, datetime) else value for name, value in fields.items()}
        self.remote.hand([{"account": who, "act": act, **order}])
        self.live(minutes=3)
        done = self.remote.report()["acts"][-1]
        assert (done["account"], done["act"], done["outcome"]) == (who, act, "done"), done

    def moves(self, who: str, start: datetime) -> None:
        """Drag the next meeting to a new start, in the own calendar."""
        self.does(who, "move", start=start)

    def replies(self, who: str, kind: str, text: str) -> None:
        """Answer the newest mail of a kind in the own inbox."""
        subject = self.mails_of(who, kind)[-1]["subject"]
        self.does(who, "reply", mail={"subject_has": subject}, text=text)

    def asks_by_mail(self, who: str, text: str) -> None:
        """Write to the service out of the blue, which begins the relationship that is looked at from now on."""
        written = {"to": self.house.identity.address, "subject": "Mentoring", "text": text}
        self.does(who, "send", **written)
        (self.id,) = (summary.id for summary in self.house.streams.summaries("relationship"))

    def writes_from_elsewhere(self, alias: str, who: str, kind: str, text: str) -> None:
        """Answer the newest mail of a kind that somebody got, from an address that is not registered."""
        mail = self.mails_of(who, kind)[-1]
        written = {
            "to": self.reply_address(mail),
            "subject": f"Re: {mail['subject']}",
            "text": text,
            "in_reply_to": mail["message_id"],
        }
        self.remote.hand([{"account": who, "act": "send", "from": alias, **written}])
        self.live(minutes=3)

    def reply_address(self, mail: Json) -> str:
        """Return where a mail says that it is answered."""
        return str(message_from_string(mail["raw"], policy=default)["Reply-To"] or mail["from"])

    def requests(self) -> dict[str, dict[str, int]]:
        """Return how often each operation was asked for, by cloud."""
        counted: dict[str, dict[str, int]] = self.remote.report()["requests"]
        return counted

    def shown(self, who: str) -> list[Shown]:
        """Return the standing appointments with others in one calendar that are still to come, in order."""
        events = [e for e in self.remote.world()["events"] if e["account"] == who and not e["cancelled"]]
        shown = [
            Shown(_read(e["start"]), _read(e["end"]), e["ical_uid"], e["subject"], e["organiser"])
            for e in events
            if e["attendees"] and _read(e["end"]) > self.now
        ]
        return sorted(shown, key=lambda item: (item.start, item.uid))

    def mails_of(self, who: str, kind: str = "") -> list[Json]:
        """Return the mails of the service that arrived at somebody, with `kind` and `subject`, oldest first."""
        return [mail for mail in self._mails() if mail["to"] == who and kind in ("", mail["kind"])]

    def mails(self) -> list[tuple[str, str]]:
        """Return who got which kind of mail since the mails were last forgotten; a mere echo of a reply does not
        count.
        """
        fresh = self._mails()[self._told :]
        return [("Mara" if mail["to"] == MARA else "Jonas", mail["kind"]) for mail in fresh if mail["kind"] != "echo"]

    def text_of(self, mail: Json) -> str:
        """Return what a mail says, as plain text with single spaces."""
        body = message_from_string(mail["raw"], policy=default).get_body(("plain",))
        assert body is not None
        return " ".join(body.get_content().split())

    def forget_mails(self) -> None:
        """Count mails from now on."""
        self._told = len(self._mails())

    def _mails(self) -> list[Json]:
        inboxes = [m for m in self.remote.world()["mails"] if m["folder"] == "inbox" and m["account"] in ZONES]
        known = [(m, message_from_string(m.get("raw", ""), policy=default)) for m in inboxes]
        ours = [
            {**m, "to": m["account"], "kind": str(parsed["X-Mentorsync-Kind"])}
            for m, parsed in known
            if parsed["X-Mentorsync-Kind"]
        ]
        return sorted(ours, key=lambda m: (m["date"], m["to"], m["kind"], m["id"]))


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


@contextmanager
def pair(
    mara_in: str,
    *before: Json,
    start: datetime = START,
    since: datetime = BEGINNING,
    service: str = "",
    pushed: bool = False,
    colleagues: dict[str, str] | None = None,
    strangers: bool = False,
    answer_seconds: int = 60,
    **terms: object,
) -> Iterator[Pair]:
    """Open a world in which the two have just agreed their charter; `before` are acts done before the service looks.
    `colleagues` are others with mailboxes in Mara's cloud and zone, names by address. As `strangers` the two are only
    registered, and nothing was asked for.

    The service's mailbox is in the cloud `service`, or where Mara is. With nothing in the way the first meeting is two
    days after `since`. The service polls once a day and is told of changes by the sandbox's clock or, when `pushed`,
    polls every six hours and is told by the clouds' own notices. In the end every request kept the vendors' rules.
    """
    clouds = {MARA: mara_in, JONAS: "google" if mara_in == "microsoft" else "microsoft"}
    world = World(start, None, 1)
    settle(world, "none")
    for who, name in ({MARA: "Mara Lindqvist"} | (colleagues or {})).items():
        world.add(who, mara_in, name, ZONES[MARA], Hours(WORKDAYS, "09:00", "17:00"))
    world.add(JONAS, clouds[JONAS], "Jonas Albrecht", ZONES[JONAS], Hours(WORKDAYS, "09:00", "18:00"))
    with quick_folder() as folder, SandboxServer(world) as server, closing(SandboxRemote(server.base_url)) as remote:
        config = write_client_files(server.base_url, world, folder, service or mara_in)
        settings = load_settings(config, _environment(pushed, answer_seconds), {})
        with (
            open_house(settings, create=True, providers=True, ids=SequentialIds(1)) as house,
            _hints(settings) as hints,
        ):
            remote.hand(list(before))
            remote.advance(since)
            mentor, mentee = _registered(house, clouds)
            id = "" if strangers else _agreed(house, mentor, mentee, {**TERMS, **terms})
            house = replace(house, clock=DeafClock(house.clock)) if pushed else house
            yield Pair(house, remote, clouds, id, hints)
        assert world.report()["checked"]["violations"] == []


class DeafClock:
    """A clock that lets time pass to the next change and does not say whose it was."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Return the virtual instant."""
        return self._clock.now()

    def wait_until(self, due: datetime) -> tuple[str, ...]:
        """Let time pass; what changed has to be told by somebody else."""
        self._clock.wait_until(due)
        return ()


def _environment(pushed: bool, answer_seconds: int) -> dict[str, str]:
    told = _listening() if pushed else {"MENTORSYNC_SERVICE_POLL_MINUTES": "1440"}
    return told | {"MENTORSYNC_TRANSPORT_ANSWER_SECONDS": str(answer_seconds)}


def _listening() -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    return {"MENTORSYNC_PUSH_LISTEN": listen, "MENTORSYNC_PUSH_PUBLIC_URL": f"http://{listen}"}


@contextmanager
def _hints(settings: Settings) -> Iterator[Hints | None]:
    if settings.push is None:
        yield None
        return
    queue, tokens = HintQueue(lambda: None), Tokens(read_master_key(settings.store.master_key_file))
    host, _, port = settings.push.listen.rpartition(":")
    with Listener(host, int(port), "", tokens, queue):
        yield queue


def _registered(house: House, clouds: dict[str, str]) -> tuple[str, str]:
    programme(house)
    mentor = add_person(house, MARA, "Mara Lindqvist", clouds[MARA], ZONES[MARA], "mon-fri 09:00-17:00")
    return mentor, add_person(house, JONAS, "Jonas Albrecht", clouds[JONAS], ZONES[JONAS], "mon-fri 09:00-18:00")


def _agreed(house: House, mentor: str, mentee: str, terms: Json) -> str:
    id = request_relationship(house, Ask(mentor, mentee, ("Lead without doing",), "You did it.", "I prepare.", **terms))
    relationship = house.streams.relationship(id)
    relationship.accept(By(mentor, MAIL, None, house.now()))
    for role in Role:
        relationship.approve_charter(role, By(relationship.person_id(role), MAIL, None, house.now()))
    house.streams.save(relationship, now=house.now())
    return id


def meeting_by_hand(who: str, subject: str, start: datetime, *others: str) -> Json:
    """Return the act of inviting others to a meeting of one's own making, 45 minutes long."""
    times = {"start": zulu(start), "end": zulu(start + timedelta(minutes=45))}
    return {"account": who, "act": "meet", "subject": subject, "attendees": list(others), **times}


def busy(who: str, start: datetime, end: datetime, status: str = "busy") -> Json:
    """Return the act of having an appointment of one's own."""
    return {"account": who, "act": "busy", "start": zulu(start), "end": zulu(end), "status": status}
