"""The composition root.

The only place that names concrete adapters, and imports a provider's package only when it is configured.
"""

import tempfile
import time
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.keys import Keyring, read_master_key
from adapters.kill_switch import FileKillSwitch
from adapters.mail.compose import MailComposer
from adapters.mail.reading_process import ProcessReader
from adapters.mail.reply_addresses import PlainAddresses, PlusAddresses
from adapters.new_files import write_installation
from adapters.rotation import rotate_master_key
from adapters.sqlite.backup import Places, take_backup
from adapters.sqlite.lock import DaemonLock
from adapters.sqlite.restoring import restore
from adapters.sqlite.store import SqliteStore, check_match, opened_store
from adapters.system import HttpClock, RandomIds, SystemClock
from adapters.transport import Exchange, Transport
from adapters.webhook.tokens import Tokens
from domain.errors import Misconfigured, TryLater
from domain.integrity import Replayed
from domain.ports import Calendar, Clock, Ids, KillPoints, Mailbox, Push, ReplyAddresses
from domain.push import Hook
from service.configuration import Answers, configuration
from service.demo import AFTERMATH, POLL_MINUTES, DemoOptions, play
from service.demo_cast import player_names
from service.demo_report import DemoReport, remarks_of, report_of, sent_mails
from service.demo_story import Told, story
from service.house import House, Identity, NoKillPoints
from service.inspection_mail import MailJudge
from service.safekeeping import pause_after_restore
from service.settings import Google, Microsoft, Settings, load_settings, sqlite_path

if TYPE_CHECKING:
    from adapters.sandbox.world import World


@contextmanager
def open_house(
    settings: Settings,
    *,
    create: bool = False,
    providers: bool = False,
    kill: KillPoints | None = None,
    ids: Ids | None = None,
    observe: Callable[[Exchange], None] | None = None,
) -> Iterator[House]:
    """Open store, keys and (with `providers`) the configured clouds, and close them in the end.

    `create` lets absent database files be made; `observe` is told of every request. Raises the errors of domain.errors;
    nothing is left half open.
    """
    zoneinfo.reset_tzpath(to=())
    with ExitStack() as stack:
        store = _store(settings, create, stack)
        transport = stack.enter_context(_transport(settings, store, observe))
        clock = clock_of(settings, stack)
        calendars, mailboxes, pushes = _connected(settings, store, transport, clock) if providers else ({}, {}, {})
        yield House(
            identity=_identity(settings),
            clock=clock,
            ids=ids or RandomIds(),
            streams=store,
            ledger=store,
            cache=store,
            samples=store,
            calendars=calendars,
            mailboxes=mailboxes,
            composer=MailComposer(),
            reader=stack.enter_context(closing(ProcessReader())),
            replies=_replies(settings),
            kill=kill or NoKillPoints(),
            loopback=settings.loopback,
            pushes=pushes,
            hook=_hook(settings),
            switch=kill_switch(settings),
            rails=settings.rails,
        )


def _store(settings: Settings, create: bool, stack: ExitStack, upgrade: bool = False) -> SqliteStore:
    path, keys = store_path(settings), sqlite_path(settings.store.keys_url)
    master_key = read_master_key(settings.store.master_key_file)
    return stack.enter_context(opened_store(path, keys, master_key, create, upgrade))


def store_path(settings: Settings) -> Path:
    """Return the path of the database, or raise Misconfigured when another kind of store is configured."""
    if not settings.store.url.startswith("sqlite:"):
        raise Misconfigured(
            "This version keeps its store in SQLite only.",
            "Set [store] url to sqlite:/// and a path, such as sqlite:///mentorsync.db.",
        )
    return sqlite_path(settings.store.url)


def _transport(settings: Settings, store: SqliteStore, observe: Callable[[Exchange], None] | None) -> Transport:
    way, switch = settings.transport, kill_switch(settings)
    return Transport(way.proxy, way.ca_file, _live(store), observe, switch.thrown, way.answer_seconds)


def _live(store: SqliteStore) -> Callable[[], bool]:
    """Asked at every write, so that `go-live` beside a running daemon is noticed at once."""

    def live() -> bool:
        programme = store.programme()
        return programme is not None and programme.sending

    return live


def kill_switch(settings: Settings) -> FileKillSwitch:
    """Return the kill switch of the configured store; it works without that store."""
    return FileKillSwitch.beside(store_path(settings))


def clock_of(settings: Settings, stack: ExitStack) -> Clock:
    """Return the configured clock; what it needs is closed with the stack."""
    if settings.service.clock == "system":
        return SystemClock()
    import httpx

    client = stack.enter_context(httpx.Client(trust_env=False, timeout=30.0))
    return HttpClock(settings.service.clock, client)


def _identity(settings: Settings) -> Identity:
    service = settings.service
    poll = timedelta(minutes=service.poll_minutes)
    return Identity(service.address.lower(), service.provider, service.programme, poll, version("tzdata"))


def _replies(settings: Settings) -> ReplyAddresses:
    """Make reply addresses with a key of their own, derived from the secret of the keyring."""
    if not settings.service.plus_addresses:
        return PlainAddresses()
    return PlusAddresses(settings.service.address, secret_of(settings))


def secret_of(settings: Settings) -> bytes:
    """Return what addresses and proofs are made from, which outlives a change of the master key."""
    master_key = read_master_key(settings.store.master_key_file)
    with closing(Keyring.open(sqlite_path(settings.store.keys_url), master_key)) as keyring:
        return keyring.secret()


def rotate_keys(settings: Settings, cut_off: bool) -> int:
    """Change the master key while no daemon runs, and return how many data keys were wrapped anew."""
    with DaemonLock(store_path(settings)):
        return rotate_master_key(settings.store.master_key_file, sqlite_path(settings.store.keys_url), cut_off)


def _connected(
    settings: Settings, store: SqliteStore, transport: Transport, clock: Clock
) -> tuple[dict[str, Calendar], dict[str, Mailbox], dict[str, Push]]:
    """Return the ports of the configured providers by name."""
    names = [name for name in ("microsoft", "google") if getattr(settings, name) is not None]

    def ours(account: str) -> bool:
        outside = settings.google.outside_mailbox if settings.google is not None else None
        return account in (settings.service.address.lower(), outside) or store.person_at(account) is not None

    made = {name: provider_ports(settings, name, transport, clock, ours) for name in names}
    calendars = {name: calendar for name, (calendar, _, _) in made.items()}
    mailboxes = {name: mailbox for name, (_, mailbox, _) in made.items()}
    return calendars, mailboxes, {name: push for name, (_, _, push) in made.items()}


def provider_ports(
    settings: Settings, provider: str, transport: Transport, clock: Clock, ours: Callable[[str], bool]
) -> tuple[Calendar, Mailbox, Push]:
    """Return the ports of one provider, which acts for accounts that are `ours` alone.

    Misconfigured when it has no section or its credential is of no use.
    """
    if provider == "microsoft" and settings.microsoft is not None:
        return _microsoft(settings.microsoft, transport, clock)
    if provider == "google" and settings.google is not None:
        return _google(settings.google, transport, clock, ours)
    raise Misconfigured(f"{provider} is not configured.", f"Add a [{provider}] section to the configuration.")


def _microsoft(settings: Microsoft, transport: Transport, clock: Clock) -> tuple[Calendar, Mailbox, Push]:
    from adapters.graph.calendar import GraphCalendar
    from adapters.graph.client import GraphClient, GraphSettings
    from adapters.graph.mailbox import GraphMailbox
    from adapters.graph.subscriptions import GraphSubscriptions

    chosen = GraphSettings(
        base_url=settings.base_url,
        authority=settings.authority,
        tenant_id=settings.tenant_id or "",
        client_id=settings.client_id or "",
        client_secret_file=settings.client_secret_file,
        certificate_file=settings.certificate_file,
        token_file=settings.token_file,
    )
    client = GraphClient(chosen, transport, clock.now)
    return GraphCalendar(client), GraphMailbox(client), GraphSubscriptions(client)


def _google(
    settings: Google, transport: Transport, clock: Clock, ours: Callable[[str], bool]
) -> tuple[Calendar, Mailbox, Push]:
    from adapters.google.access import GoogleAccess
    from adapters.google.connect import google_calendar, google_channels, google_mailbox

    access = GoogleAccess(
        root_url=settings.root_url,
        service_account_file=settings.service_account_file,
        oauth_client_file=settings.oauth_client_file,
        token_file=settings.token_file,
        may_act_for=ours,
    )
    calendar, mailbox = google_calendar(access, transport, clock), google_mailbox(access, transport, clock)
    return calendar, mailbox, google_channels(access, transport, clock)


def _hook(settings: Settings) -> Hook | None:
    """Proofs are made with a key of their own, derived from the keyring's secret: nothing about them is stored."""
    if settings.push is None:
        return None
    tokens = Tokens(secret_of(settings))
    return Hook(settings.push.public_url, tokens.mark(settings.push.public_url), tokens.token)


def migrate_store(settings: Settings) -> str:
    """Create the store when it is absent and bring an older one to this program's version.

    Return what was done in a sentence.
    """
    path = store_path(settings)
    existed = path.exists()
    with ExitStack() as stack:
        _store(settings, True, stack, upgrade=True)
    return "The store is up to date." if existed else "An empty store was created."


def check_store(settings: Settings) -> list[str]:
    """Open the store and return what is wrong with it, one sentence each; empty when it is sound."""
    with ExitStack() as stack:
        return _store(settings, False, stack).check()


def verify_store(settings: Settings) -> tuple[Replayed, ...]:
    """Tell every stream of the store again and return what that showed of each."""
    with ExitStack() as stack:
        return _store(settings, False, stack).replayed()


def back_up(settings: Settings, folder: Path, keys_folder: Path) -> tuple[Path, ...]:
    """Copy store and keys while a daemon may be at work, and return the paths; the master key must open them first."""
    places, store, keys = Places(folder, keys_folder), store_path(settings), sqlite_path(settings.store.keys_url)
    check_match(store, keys, read_master_key(settings.store.master_key_file))
    with ExitStack() as stack:
        take_backup(store, keys, places, clock_of(settings, stack).now())
    return places.store, places.keys, places.manifest


def restore_backup(settings: Settings, folder: Path, keys_folder: Path) -> str:
    """Bring a backup back where there is no store, paused, and return when it was taken (UTC)."""
    key = read_master_key(settings.store.master_key_file)
    with ExitStack() as stack:
        clock = clock_of(settings, stack)
        keys = sqlite_path(settings.store.keys_url)
        places = Places(folder, keys_folder)
        name = settings.service.programme
        settle = partial(pause_after_restore, ids=RandomIds(), name=name, now=clock.now())
        return restore(places, store_path(settings), keys, key, settle)


def begin(folder: Path, answers: Answers) -> tuple[Path, Path]:
    """Write configuration and master key into a folder that has neither, and return their paths."""
    return write_installation(folder, configuration(answers))


@contextmanager
def mail_judge() -> Iterator[MailJudge]:
    """Open the reader of mails alone, for commands that need no house."""
    with closing(ProcessReader()) as reader:
        yield reader


def serve_sandbox(
    port: int, seed: int, people: str, until: datetime | None, out: Path, acts: Sequence[dict[str, Any]] = ()
) -> None:
    """Serve both clouds on loopback until SIGTERM or SIGINT; `out` receives a configuration that works with them.

    `acts` is what the people will do by themselves.
    """
    from adapters.sandbox.server import serve

    serve(port, seed, people, until, out, acts)


def sandbox_world(base_url: str) -> dict[str, Any]:
    """Return every mailbox and calendar of a running sandbox; TryLater when none answers there."""
    import httpx

    from adapters.sandbox.remote import SandboxRemote

    with closing(SandboxRemote(base_url)) as stage:
        try:
            return stage.world()
        except httpx.HTTPError as error:
            raise TryLater(f"No sandbox answers at {base_url}.", "Start it with: mentorsync sandbox serve") from error


def run_demo(options: DemoOptions, progress: Callable[[str], None]) -> DemoReport:
    """Live through the demo in a folder of its own that is removed in the end; mails and page go to `options.out`."""
    from adapters.sandbox.people import settle
    from adapters.sandbox.server import START, SandboxServer
    from adapters.sandbox.world import World

    began = time.monotonic()
    zoneinfo.reset_tzpath(to=())
    world = World(START, START + timedelta(weeks=options.weeks) + AFTERMATH, options.seed)
    settle(world, "all")
    with tempfile.TemporaryDirectory(prefix="mentorsync-demo-") as folder, SandboxServer(world) as server:
        progress("both clouds are up on loopback; five pairs begin")
        document, tale, mails = _live_through(server.base_url, world, Path(folder), options, progress)
    document["elapsed_seconds"] = round(time.monotonic() - began, 3)
    page = _hang(options, tale, mails)
    return DemoReport(document, tale, page)


def _live_through(
    base_url: str, world: "World", folder: Path, options: DemoOptions, progress: Callable[[str], None]
) -> tuple[dict[str, Any], str, list[dict[str, Any]]]:
    from adapters.memory.clock import SequentialIds
    from adapters.sandbox.client_files import write_client_files
    from adapters.sandbox.remote import SandboxRemote

    polls = {"MENTORSYNC_SERVICE_POLL_MINUTES": POLL_MINUTES}
    settings = load_settings(write_client_files(base_url, world, folder, options.service), polls, {})
    with (
        open_house(settings, create=True, providers=True, ids=SequentialIds(options.seed)) as house,
        closing(SandboxRemote(base_url)) as stage,
    ):
        ids = play(house, stage, options, progress)
        shown = stage.world()
        document = report_of(house, options, ids, shown, stage.report())
        told = Told(player_names(), remarks_of(house, ids), house.identity.poll / timedelta(hours=1))
        return document, story(document, told), sent_mails(house.identity.address, shown)


def _hang(options: DemoOptions, tale: str, mails: list[dict[str, Any]]) -> Path:
    from adapters.gallery.gallery import Exhibit, write_gallery

    names = [field.name for field in fields(Exhibit)]
    exhibits = [Exhibit(**{name: mail[name] for name in names}) for mail in mails]
    title = f"mentorsync demo: {options.weeks} weeks, seed {options.seed}, service mailbox at {options.service}"
    return write_gallery(options.out, title, tale, exhibits)
