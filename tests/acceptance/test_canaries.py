"""Planted strings, a real daemon, both clouds, all kinds of faults: each string is found only where it may be.

The daemon is a process of its own, so that its log is what an administrator would have; what it wrote is then looked
through byte by byte: log, store, backup, what commands tell, what each person can export, every mail, and the pages on
which it told of its health and its numbers while it worked.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP, default
from http.client import HTTPException
from pathlib import Path
from threading import Event

import pytest

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.delivery import dispatch
from adapters.sandbox.people import settle
from adapters.sandbox.records import Hours
from adapters.sandbox.remote import SandboxRemote
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.world import World
from adapters.sqlite.backup import Places, take_backup
from cli.output import jsonable
from service.exporting import export_of
from service.people import add_person, programme
from service.queries import people, relationships
from service.queries_history import history
from service.queries_outbox import outbox
from service.queries_relationship import relationship_view
from service.queries_why import why
from service.requests import Ask, request_relationship
from service.settings import load_settings
from service.status import status
from service.wiring import open_house
from tests.acceptance.killing import Executioner
from tests.acceptance.pair import Json
from tests.acceptance.test_push import free_address
from tests.unit.test_health import asked

MARA, JONAS, THEO = "mara.zqaa@contoso.example", "jonas.zqbb@gmail.example", "theo.hartley@contoso.example"
STRANGER = "zqcc@contoso.example"
DAYS = ("mon", "tue", "wed", "thu", "fri")
BOTH = frozenset({MARA, JONAS})
NOBODY: frozenset[str] = frozenset()
CANARIES: dict[str, frozenset[str]] = {
    "zqaa": BOTH | {THEO},  # the mentor's address
    "zqbb": BOTH,  # the mentee's
    "zqcc": NOBODY,  # a stranger's
    "Zqdd": BOTH | {THEO},  # the mentor's name
    "Zqee": BOTH,  # the mentee's
    "zqff": BOTH,  # his goal
    "zqgg": BOTH,  # why her
    "zqhh": BOTH,  # what he brings
    "zqii": BOTH,  # what he asks
    "zqjj": BOTH,  # what he has learned
    "zqkk": BOTH,  # what he is to do
    "zqll": frozenset({MARA}),  # her private note
    "zqmm": frozenset({JONAS}),  # his
    "zqnn": NOBODY,  # the title of an appointment of hers
    "zqoo": NOBODY,  # where it is
    "zqpp": NOBODY,  # the subject of a stranger's mail
    "zqqq": NOBODY,  # its text
    "zqrr": NOBODY,  # the name of a file that he attached
    "zqss": NOBODY,  # what is in it
}
"""Each planted string, and whose mail may hold it; the three secrets in files come to these, and are for nobody."""
PAGES = ("/livez", "/readyz", "/metrics")
FAULTS = (
    *(("messages.createDraft", fault) for fault in ("401", "500", "truncated_json")),
    *(("messages.send", fault) for fault in ("504", "answer_lost", "truncated")),
    *(("events.insert", fault) for fault in ("403", "503")),
    *(("events.create", fault) for fault in ("409", "412")),
    *(("calendarView.delta", fault) for fault in ("429", "expired_cursor", "malformed_item")),
    *(("events.list", fault) for fault in ("rateLimitExceeded", "truncated_json", "unknown_zone")),
    ("messages.delta", "502"),
    ("messages.get", "404"),
)


@dataclass(frozen=True, slots=True)
class Traces:
    """All that a life left behind."""

    log: str
    pages: str
    disk: bytes
    backup: bytes
    told: str
    exports: dict[str, str]
    mails: dict[str, str]
    secrets: dict[str, str]


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traces]:
    folder = tmp_path_factory.mktemp("canaries")
    executioner = Executioner(folder / "daemon.log")
    world = World(START, None, 1)
    settle(world, "none")
    _settle(world)
    dispatch(world, STRANGER, _with_a_file())
    with SandboxServer(world) as server:
        config, listen = write_client_files(server.base_url, world, folder / "files", "microsoft"), free_address()
        settings = config.read_text().replace("poll_minutes = 360", "poll_minutes = 1440")
        config.write_text(f'{settings}\n[health]\nlisten = "{listen}"\n')
        _register(config)
        remote = SandboxRemote(server.base_url)
        try:
            remote.faults([{"operation": operation, "fault": fault, "nth": 2} for operation, fault in FAULTS])
            remote.hand(_acts())
            pages = _lived(executioner, config, listen)
            remote.advance(world.now + timedelta(hours=1))
            yield _traces(executioner.told(), pages, config, remote.world())
        finally:
            remote.close()
            executioner.close()


def _lived(executioner: Executioner, config: Path, listen: str) -> str:
    """Let a daemon live to the chase, and return all that its pages said meanwhile."""
    over, port = Event(), int(listen.rpartition(":")[2])
    with ThreadPoolExecutor(1) as reader:
        said = reader.submit(_pages, port, over)
        try:
            ended = executioner.run(config, stop_after="chase")
        finally:
            over.set()
    assert (ended["signal"], ended["exit"]) == (0, 0), executioner.told()[-3000:]
    return said.result()


def _pages(port: int, over: Event) -> str:
    found = set[str]()
    while not over.wait(0.2):
        try:
            found |= {asked(port, page)[2] for page in PAGES}
        except (OSError, HTTPException):
            continue  # it has not begun to listen, or has ended
    return "\n".join(sorted(found))


def _with_a_file() -> bytes:
    mail = EmailMessage(SMTP)
    mail["From"], mail["To"], mail["Subject"] = STRANGER, "mentoring@contoso.example", "zqpp"
    mail["Message-ID"] = "<zqpp@contoso.example>"
    mail.set_content("zqqq")
    mail.add_attachment(b"zqss", maintype="application", subtype="pdf", filename="zqrr.pdf")
    return mail.as_bytes()


def _settle(world: World) -> None:
    world.add(MARA, "microsoft", "Mara Zqdd", "Europe/London", Hours(DAYS, "09:00", "17:00"))
    world.add(JONAS, "google", "Jonas Zqee", "Europe/Berlin", Hours(DAYS, "09:00", "18:00"))
    world.add(THEO, "microsoft", "Theo Hartley", "Europe/London", Hours(DAYS, "09:00", "17:00"))
    world.add(STRANGER, "microsoft", "Zqcc", "UTC")


def _register(config: Path) -> None:
    with open_house(load_settings(config, {}, {}), create=True) as house:
        programme(house)
        mara = add_person(house, MARA, "Mara Zqdd", "microsoft", "Europe/London", "mon-fri 09:00-17:00")
        jonas = add_person(house, JONAS, "Jonas Zqee", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
        theo = add_person(house, THEO, "Theo Hartley", "microsoft", "Europe/London", "mon-fri 09:00-17:00")
        request_relationship(house, Ask(mara, jonas, ("Become zqff",), "Your zqgg", "My zqhh"))
        request_relationship(house, Ask(mara, theo, ("Speak up",), "You do", "Time"))


def _acts() -> list[Json]:
    return [
        {
            "account": MARA,
            "act": "busy",
            "start": "2027-03-03T09:00:00Z",
            "end": "2027-03-03T10:00:00Z",
            "subject": "zqnn",
            "location": "zqoo",
        },
        {
            "account": STRANGER,
            "act": "send",
            "to": "mentoring@contoso.example",
            "subject": "zqpp",
            "text": "zqqq",
            "delay_minutes": 90,
        },
        _reply(MARA, "request", "Accept\n\nNote to self: she zqll"),
        _reply(MARA, "request", "Accept", nth=2),
        *(_reply(who, "charter", "Agree") for who in (MARA, JONAS, THEO)),
        _reply(MARA, "charter", "Agree", nth=2),
        _reply(JONAS, "preparation", "Questions: Why zqii?\n\nNote to self: he zqmm"),
        _reply(JONAS, "held_question", "held\nLearned: to zqjj\nAction for me: write zqkk by 2027-03-07"),
        _reply(THEO, "preparation", "Questions: How?"),
        _reply(THEO, "held_question", "held"),
    ]


def _reply(account: str, kind: str, text: str, nth: int = 1) -> Json:
    when = {"subject_has": "", "header_has": f"X-Mentorsync-Kind: {kind}", "nth": nth}
    return {"account": account, "act": "reply", "text": text, "when": when, "delay_minutes": 20}


def _traces(log: str, pages: str, config: Path, world: Json) -> Traces:
    settings, folder = load_settings(config, {}, {}), config.parent
    places = Places(folder / "backup", folder / "keys-backup")
    token, account, master = (folder / n for n in ("microsoft.token", "google-service-account.json", "master.key"))
    secrets = {
        "the token": token.read_text().strip(),
        "the private key": json.loads(account.read_text())["private_key"].splitlines()[3],
        "the master key": master.read_text().strip(),
    }
    with open_house(settings) as house:
        take_backup(folder / "mentorsync.db", folder / "keys.db", places, house.now())
        persons = [house.streams.person(summary.id) for summary in house.streams.summaries("person")]
        exports = {p.address: json.dumps(jsonable(export_of(house, p)), ensure_ascii=False) for p in persons}
        asked: list[object] = [status(house), outbox(house)]
        for one in house.streams.summaries("relationship"):
            asked += [history(house, one.id), why(house, one.id), relationship_view(house, one.id)]
        told = json.dumps(jsonable([*asked, people(house), relationships(house)]), ensure_ascii=False)
    stored = [*folder.glob("*.db"), *folder.glob("*.db-*")]
    copied = [path for place in (places.store_folder, places.keys_folder) for path in place.iterdir()]
    disk, backup = (b"".join(path.read_bytes() for path in sorted(paths)) for paths in (stored, copied))
    return Traces(log, pages, disk, backup, told, exports, _mails(world), secrets)


def _mails(world: Json) -> dict[str, str]:
    """Return all that the service wrote to each person, decoded."""
    found: dict[str, str] = {}
    for mail in world["mails"]:
        if mail["folder"] == "inbox" and "X-Mentorsync-Kind" in mail.get("raw", ""):
            message = message_from_string(mail["raw"], policy=default)
            parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
            headers = [str(value) for value in message.values()]
            found[mail["account"]] = "\n".join([found.get(mail["account"], ""), *headers, *parts])
    return found


def test_all_were_planted_and_came_to_where_they_may_be(traces: Traces) -> None:
    assert len(CANARIES) + len(traces.secrets) == 22
    for canary, readers in CANARIES.items():
        seen = {who for who, text in traces.mails.items() if canary in text}
        assert seen <= readers, canary
        assert seen or not readers, f"{canary} came to nobody"
    assert "effect.postponed" in traces.log
    assert traces.log.count("mail.parked") == 2
    assert 'mentorsync_sends_total{kind="chase"}' in traces.pages


@pytest.mark.parametrize("place", ["log", "pages", "disk", "backup"])
def test_no_planted_string_is_in_the_log_in_the_pages_in_the_store_or_in_a_backup(traces: Traces, place: str) -> None:
    kept = getattr(traces, place)
    text = kept if isinstance(kept, str) else kept.decode("latin-1")
    assert len(text) > 1_000
    assert [canary for canary in CANARIES if canary in text] == []
    assert [name for name, secret in traces.secrets.items() if secret in text] == []


def test_no_command_tells_a_secret_a_private_note_or_what_strangers_and_calendars_say(traces: Traces) -> None:
    hidden = [canary for canary, readers in CANARIES.items() if len(readers) < 2]
    assert [canary for canary in hidden if canary in traces.told] == []
    assert [name for name, secret in traces.secrets.items() if secret in traces.told] == []
    assert "Zqdd" in traces.told


def test_what_one_person_can_export_holds_no_other_persons_words(traces: Traces) -> None:
    own = {
        MARA: {"zqaa", "Zqdd"},
        JONAS: {"zqbb", "Zqee", "zqff", "zqgg", "zqhh", "zqii", "zqjj", "zqkk"},
        THEO: set[str](),
    }
    found = {who: {canary for canary in CANARIES if canary in text} for who, text in traces.exports.items()}
    assert found == own


def test_no_mail_holds_a_secret_of_the_service(traces: Traces) -> None:
    assert [(who, n) for who, text in traces.mails.items() for n, s in traces.secrets.items() if s in text] == []
