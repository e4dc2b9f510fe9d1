"""What the daemon costs while it runs: polls of many calendars, an idle turn, and its first effect after a restart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic

from adapters.sandbox.remote import SandboxRemote
from adapters.sandbox.server import START
from service.pairs_import import import_relationships
from service.roster import import_people
from service.settings import Settings, load_settings
from service.wiring import kill_switch, open_house
from tests.acceptance.processes import ROOT, DaemonProcess, daemon
from tests.bench.crowd import mentees, mentors, pairs_file, people_file

SETTINGS = {"MENTORSYNC_SERVICE_POLL_MINUTES": "5"}
SETTLED = START + timedelta(minutes=10)
"""By then every calendar was read whole, and every pair's next meeting is planned; the kill switch keeps it there."""
WATCHED = timedelta(hours=1)
IDLE_SECONDS = 10.0
CORE_GOAL, MEMORY_GOAL = 0.25, 300
TICKS = os.sysconf("SC_CLK_TCK")


def ran(folder: Path, pairs: int) -> Iterator[str]:
    """Yield lines: the processor and the memory of a daemon over so many relationships, polled every five minutes."""
    with _crowd(folder, pairs) as (remote, config):
        settings = load_settings(config, SETTINGS, {})
        _fill(settings, pairs)
        with daemon(config, folder / "daemon.log", SETTINGS) as running:
            yield _polled(running, remote, pairs)
            yield _idle(running)
            running.stop()
        kill_switch(settings).release()
        yield _first_effect(config, folder, remote, pairs)


@contextmanager
def _crowd(folder: Path, pairs: int) -> Iterator[tuple[SandboxRemote, Path]]:
    command = [sys.executable, "-m", "tests.bench.crowd", str(pairs), (SETTLED + WATCHED).isoformat(), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        with closing(SandboxRemote(ready["base_url"])) as remote:
            yield remote, Path(ready["config"])
        process.communicate()


def _fill(settings: Settings, pairs: int) -> None:
    with open_house(settings, create=True) as house:
        assert import_people(house, people_file(pairs)).recorded
        assert import_relationships(house, pairs_file(pairs, "2026-03-02")).recorded
    kill_switch(settings).throw()


def _polled(running: DaemonProcess, remote: SandboxRemote, pairs: int) -> str:
    first, before = _reach(running, remote, SETTLED), _cpu(running)
    asked = sum(sum(counts.values()) for counts in remote.report()["requests"].values())
    last, after = _reach(running, remote, SETTLED + WATCHED), _cpu(running)
    asked = sum(sum(counts.values()) for counts in remote.report()["requests"].values()) - asked
    people, virtual = len(mentors(pairs)) + len(mentees(pairs)), (last - first).total_seconds()
    return (
        f"polled every 5 minutes, N = {pairs:,} relationships, {people:,} calendars, {virtual / 60:.0f} minutes: "
        f"{(after - before) / virtual:.4f} of a core (goal: {CORE_GOAL}), {_peak(running):.0f} MB at most "
        f"(goal: {MEMORY_GOAL}), {asked:,} requests; both for 1,000 relationships"
    )


def _idle(running: DaemonProcess) -> str:
    _wait_for(lambda: "clock.stands" in running.told(), running)
    before, begun = _cpu(running), monotonic()
    Event().wait(IDLE_SECONDS)
    share = (_cpu(running) - before) / (monotonic() - begun)
    return f"idle, {IDLE_SECONDS:.0f} s with nothing due: {share:.4f} of a core, {_now(running):.0f} MB"


def _first_effect(config: Path, folder: Path, remote: SandboxRemote, pairs: int) -> str:
    """The switch is taken back while the daemon is down; it starts, looks at every stream once, and books."""
    begun = monotonic()
    with daemon(config, folder / "daemon.log", SETTINGS) as running:
        _wait_for(lambda: _booked(remote) > 0, running)
        took, spent = monotonic() - begun, _cpu(running)
        running.stop()
    return f"first effect after a restart, N = {pairs:,} relationships: {took:.1f} s, {spent:.1f} s of CPU"


def _booked(remote: SandboxRemote) -> int:
    return int(remote.report()["requests"]["microsoft"].get("events.create", 0))


def _reach(running: DaemonProcess, remote: SandboxRemote, instant: datetime) -> datetime:
    """Wait until the virtual clock has come so far, and return where it is."""
    _wait_for(lambda: remote.now() >= instant, running)
    return remote.now()


def _wait_for(what: Callable[[], bool], running: DaemonProcess) -> None:
    """Wait as long as a busy machine needs for thousands of pairs."""
    pause, deadline = Event(), monotonic() + 3600
    while not what():
        assert running.process.poll() is None, running.told()[-2000:]
        assert monotonic() < deadline, "the daemon does not get on"
        pause.wait(0.1)


def _cpu(running: DaemonProcess) -> float:
    fields = Path(f"/proc/{running.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _peak(running: DaemonProcess) -> float:
    return _status(running, "VmHWM")


def _now(running: DaemonProcess) -> float:
    return _status(running, "VmRSS")


def _status(running: DaemonProcess, name: str) -> float:
    lines = Path(f"/proc/{running.process.pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
