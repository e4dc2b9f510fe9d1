"""The daemon as it is in production, but for one adapter: a kill point at which the process kills itself.

`python tests/acceptance/killed_daemon.py CONFIG POINT NTH` runs one. Without arguments it reads one order a line, as
JSON, and forks a process for each, so that many real deaths cost the imports once.
"""

import json
import os
import signal
import sqlite3
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cli.logs import log_to_stderr
from service.settings import load_settings, sqlite_path
from service.wiring_daemon import run_daemon
from tests.acceptance.naive_sender import send_naively

PROVIDERS = ("adapters.google.connect", "adapters.graph.calendar", "adapters.graph.mailbox")


@dataclass
class Killer:
    """Kills the process at the nth passing of a named point; asks it to stop once a kind of effect is settled.

    A point is named "<kind>: <moment>". The daemon claims for all kinds at once, so "<kind>: before claim" is the
    moment before a claim while a row of that kind lies open.
    """

    store: Path
    point: str
    nth: int
    stop_after: str = ""
    stopping: bool = False

    def at(self, name: str) -> None:
        """Pass the named moment, or die in it."""
        kind, _, moment = self.point.partition(": ")
        hit = name == self.point or (name == moment == "before claim" and "open" in self._states(kind))
        self.nth -= hit
        if hit and self.nth == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "before claim" and self.stop_after:
            states = self._states(self.stop_after)
            self.stopping = bool(states) and "open" not in states

    def _states(self, kind: str) -> set[str]:
        reading = sqlite3.connect(f"{self.store.as_uri()}?mode=ro", uri=True)
        try:
            return {state for (state,) in reading.execute("SELECT state FROM work WHERE kind = ?", (kind,))}
        finally:
            reading.close()


def run(order: dict[str, Any]) -> None:
    """Run the real daemon over the configuration that the order names, until it is killed, stops or fails."""
    settings = load_settings(Path(order["config"]), {}, {})
    store = sqlite_path(settings.store.url)
    killer = Killer(store, order.get("point", ""), order.get("nth", 1), order.get("stop_after", ""))
    if order.get("naive"):
        send_naively()
    run_daemon(settings, lambda: killer.stopping, kill=killer)


def _forked(order: dict[str, Any]) -> dict[str, int]:
    """Run the order in a process of its own and return how that ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run(order)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return {"pid": child, "signal": max(0, -code), "exit": max(0, code)}


def main() -> None:
    """Run one daemon, or one for each order that comes."""
    log_to_stderr()
    if len(sys.argv) > 1:
        config, point, nth = sys.argv[1:]
        run({"config": config, "point": point, "nth": int(nth)})
        return
    for module in PROVIDERS:
        import_module(module)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_forked(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
