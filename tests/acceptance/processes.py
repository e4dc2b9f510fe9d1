"""Runs the real command line as processes: the sandbox, the daemon, and the commands of an administrator."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

import httpx

from adapters.sandbox.remote import SandboxRemote
from tests.acceptance.forked import run_forked
from tests.acceptance.pair import BRING, GOAL, PEOPLE, SERVICES, WHY, Json, acts

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "cli")
PATIENCE_SECONDS = 90.0
POLL_SECONDS = 0.02
UNTIL = "2027-02-25T00:00:00Z"
"""The first meeting is on the 24th, its agenda due on the 23rd."""


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without settings of its own, and `more`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MENTORSYNC_")}
    return {**inherited, **more}


def mentorsync(
    config: Path, *arguments: str, more: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return run_forked(["--config", str(config), *arguments], ROOT, environment(more or {}), PATIENCE_SECONDS)


@dataclass
class DaemonProcess:
    """A running daemon; what it says goes into a file."""

    config: Path
    log: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start it."""
        with self.log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [*COMMAND, "--config", str(self.config), "daemon"],
                cwd=ROOT,
                env=environment(self.more),
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )

    def told(self) -> str:
        """Return everything that daemons with this log have said."""
        return self.log.read_text("utf-8")

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until the condition holds; fail when the daemon ends before, or after a while."""
        deadline, pause = monotonic() + PATIENCE_SECONDS, Event()
        while not condition():
            assert self.process.poll() is None, f"ended before {what}: {self.told()[-3000:]}"
            assert monotonic() < deadline, f"waited in vain until {what}: {self.told()[-3000:]}"
            pause.wait(POLL_SECONDS)

    def stop(self) -> int:
        """Send SIGTERM and return the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


@contextmanager
def daemon(config: Path, log: Path, more: Mapping[str, str] | None = None) -> Iterator[DaemonProcess]:
    """Run a daemon; if the test has not stopped it, it is killed in the end."""
    running = DaemonProcess(config, log, more or {})
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()


@dataclass(frozen=True, slots=True)
class Box:
    """A running `sandbox serve` and how to reach it."""

    config: Path
    remote: SandboxRemote
    http: httpx.Client
    more: Mapping[str, str]

    def command(self, *arguments: str) -> str:
        """Run a command that must succeed and return what it printed."""
        done = mentorsync(self.config, *arguments, more=self.more)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def clock(self) -> str:
        """Return the virtual time."""
        return str(self.http.get("/clock").raise_for_status().json()["now"])

    def requests(self, *operations: str) -> int:
        """Return how many requests of any of these operations have arrived."""
        counts: dict[str, dict[str, int]] = self.remote.report()["requests"]
        return sum(count.get(operation, 0) for count in counts.values() for operation in operations)


@contextmanager
def sandbox(out: Path, service: str = "microsoft", people: str = "demo", until: str = UNTIL) -> Iterator[Box]:
    """Run a sandbox process; settings that differ from those it writes go into the environment."""
    options = ["--port", "0", "--seed", "1", "--people", people, "--until", until, "--out", str(out)]
    more = {"MENTORSYNC_SERVICE_PROVIDER": service, "MENTORSYNC_SERVICE_ADDRESS": SERVICES[service]}
    process = subprocess.Popen(
        [*COMMAND, "sandbox", "serve", *options],
        cwd=ROOT,
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        ready = _announced(process)
        with (
            closing(SandboxRemote(ready["base_url"])) as remote,
            httpx.Client(base_url=ready["base_url"], trust_env=False, verify=False) as http,
        ):
            yield Box(Path(ready["config"]), remote, http, more)
    finally:
        process.terminate()
        _, told = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, "Traceback" in told) == (0, False), told


def _announced(process: "subprocess.Popen[str]") -> Json:
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    assert line, process.stderr.read()
    ready: Json = json.loads(line)
    return ready


def introduce(box: Box) -> str:
    """Register the pair by the command line, let its people answer, go live; return the relationship's id."""
    for address, name, provider, zone, hours in PEOPLE:
        box.command("person", "add", address, "--name", name, "--provider", provider, "--zone", zone, "--hours", hours)
    mentor, mentee = (person[0] for person in PEOPLE)
    ends = ["--mentor", mentor, "--mentee", mentee]
    id = box.command("relationship", "request", *ends, "--goal", GOAL, "--why", WHY, "--bring", BRING)
    box.remote.hand(acts())
    box.command("go-live")
    return id
