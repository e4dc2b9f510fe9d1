"""Bad input on the real command line: an exit code, what is wrong, what to do, no traceback, nothing half written."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.world import World
from service.people import add_person
from service.settings import load_settings
from service.wiring import open_house
from tests.acceptance.killing import register
from tests.acceptance.pair import MENTOR
from tests.acceptance.processes import mentorsync

WEEKENDER = ("wanda.weekend@gmail.example", "Wanda Weekend", "google", "Europe/Berlin", "sat 10:00-12:00")
GONE = "00000000-0000-4000-8000-000000000000"
NEWCOMER = "person add nora.new@gmail.example --name Nora --provider google --hours mon-fri/09:00-17:00 --zone"
ASK = f"relationship request --mentor {MENTOR} --mentee {WEEKENDER[0]} --goal G --why W --bring B"


def nothing(_: Path) -> None:
    """Leave everything as it is."""


def misspell(folder: Path) -> None:
    """Write a key that does not exist, almost one that does."""
    _edit(folder, "poll_minutes", "pol_minutes")


def forget_secret(folder: Path) -> None:
    """Lose the credential of a provider."""
    (folder / "google-service-account.json").unlink()


def forget_master_key(folder: Path) -> None:
    """Lose the key that everything is sealed under."""
    (folder / "master.key").unlink()


def expose_master_key(folder: Path) -> None:
    """Let everybody on the machine read the master key."""
    (folder / "master.key").chmod(0o644)


def scramble(folder: Path) -> None:
    """Put bytes that are no database in the place of the store."""
    _remove_store(folder)
    (folder / "mentorsync.db").write_bytes(bytes(range(256)) * 64)


def remove_store(folder: Path) -> None:
    """Take the store away."""
    _remove_store(folder)


def outdate(folder: Path) -> None:
    """Let the store be that of a newer program."""
    connection = sqlite3.connect(folder / "mentorsync.db")
    with connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    connection.close()


def unplug(folder: Path) -> None:
    """Let nobody listen where Outlook is looked for: port 1 is reserved and unused."""
    config = folder / "mentorsync.toml"
    lines = [
        'base_url = "http://127.0.0.1:1/v1.0"' if line.startswith("base_url") else line
        for line in config.read_text("utf-8").splitlines()
    ]
    config.write_text("\n".join(lines) + "\n", "utf-8")


def spoil_token(folder: Path) -> None:
    """Keep a token that the provider does not know."""
    (folder / "microsoft.token").write_text("not-a-token\n", "utf-8")


def _edit(folder: Path, old: str, new: str) -> None:
    config = folder / "mentorsync.toml"
    config.write_text(config.read_text("utf-8").replace(old, new), "utf-8")


def _remove_store(folder: Path) -> None:
    for file in folder.glob("mentorsync.db*"):
        file.unlink()


@dataclass(frozen=True, slots=True)
class Case:
    """One command under one circumstance, and what must come of it; a slash in an argument stands for a blank."""

    change: Callable[[Path], None]
    command: str
    code: int
    words: tuple[str, ...]

    @property
    def arguments(self) -> list[str]:
        """The command's arguments."""
        return [word.replace("mon-fri/", "mon-fri ") for word in self.command.split()]

    def __str__(self) -> str:
        return f"{self.change.__name__}: {self.command.split(' --')[0]}"


CASES = (
    Case(misspell, "status", 5, ("pol_minutes", "poll_minutes")),
    Case(misspell, "daemon --once", 5, ("pol_minutes", "poll_minutes")),
    Case(forget_secret, "status", 5, ("google-service-account.json",)),
    Case(forget_secret, "daemon --once", 5, ("google-service-account.json",)),
    Case(forget_master_key, "person list", 5, ("master.key",)),
    Case(expose_master_key, "person list", 5, ("master.key", "chmod")),
    Case(expose_master_key, "daemon --once", 5, ("master.key", "chmod")),
    Case(scramble, "status", 10, ("is damaged", "backup")),
    Case(scramble, "daemon --once", 10, ("is damaged", "backup")),
    Case(scramble, f"{NEWCOMER} Europe/Berlin", 10, ("is damaged", "backup")),
    Case(remove_store, "status", 10, ("does not exist",)),
    Case(remove_store, f"history {GONE}", 10, ("does not exist",)),
    Case(outdate, "status", 13, ("newer program", "Install")),
    Case(outdate, "daemon --once", 13, ("newer program", "Install")),
    Case(unplug, "doctor", 6, ("microsoft", "unreachable")),
    Case(spoil_token, "doctor", 5, ("microsoft", "token")),
    Case(nothing, f"{NEWCOMER} Mars/Olympus", 2, ("Mars/Olympus", "IANA")),
    Case(nothing, f"history {GONE}", 4, (GONE, "list")),
    Case(nothing, f"relationship show {GONE}", 4, (GONE, "list")),
    Case(nothing, ASK, 3, ("hours",)),
)


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    """Both clouds, served beside the tests."""
    world = World(START, START, 1)
    settle(world, "demo")
    with SandboxServer(world) as serving:
        yield serving


@pytest.fixture
def folder(server: SandboxServer, tmp_path: Path) -> Path:
    """A configuration that works, and a store in which three people and one request are recorded."""
    config = write_client_files(server.base_url, server.world, tmp_path)
    register(config)
    with open_house(load_settings(config, {}, {})) as house:
        add_person(house, *WEEKENDER)
    return tmp_path


def recorded(folder: Path) -> dict[str, object]:
    """Return what lies in the folder: the rows of each database, the bytes of all else."""
    files = [file for file in sorted(folder.iterdir()) if not file.name.endswith(("-wal", "-shm", ".lock"))]
    return {file.name: _content(file) for file in files}


def _content(file: Path) -> object:
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    except sqlite3.DatabaseError:
        return file.read_bytes()
    finally:
        connection.close()


CIRCUMSTANCES = tuple(dict.fromkeys(case.change for case in CASES))


@pytest.mark.parametrize("change", CIRCUMSTANCES, ids=lambda change: change.__name__)
def test_what_is_wrong_is_said_with_its_exit_code_and_nothing_is_half_written(
    folder: Path, change: Callable[[Path], None]
) -> None:
    change(folder)
    before = recorded(folder)
    cases = [case for case in CASES if case.change is change]
    # None of them may change anything, so they may all run at once.
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda case: mentorsync(folder / "mentorsync.toml", *case.arguments), cases))
    for case, done in zip(cases, outcomes, strict=True):
        judge(case, done)
    assert recorded(folder) == before


def judge(case: Case, done: "CompletedProcess[str]") -> None:
    """The doctor's findings are its answer and stand on stdout; everybody else complains on stderr in two lines."""
    doctor = case.command == "doctor"
    said = done.stdout if doctor else done.stderr
    assert (case.command, done.returncode) == (case.command, case.code), said
    assert [word for word in case.words if word not in said] == [], said
    assert "Traceback" not in done.stdout + done.stderr
    assert doctor or len(said.splitlines()) == 2, said
