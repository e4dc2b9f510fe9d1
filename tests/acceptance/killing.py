"""Runs daemons that kill themselves, one real process after the other, over a sandbox beside the test."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.sandbox.client_files import write_client_files
from adapters.sandbox.people import settle
from adapters.sandbox.remote import SandboxRemote
from adapters.sandbox.server import START, SandboxServer
from adapters.sandbox.world import World
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from service.settings import load_settings
from service.wiring import open_house
from tests.acceptance.pair import BRING, GOAL, PEOPLE, WHY, Json, acts, faults_found, recorded

AGENDA_NTH = 2
"""Counted from the preparation on, the agenda is the second mail: the answer to the preparation's reply goes before."""
_LOST = {"fault": "answer_lost"}
LOSSES: dict[str, list[Json]] = {
    "book": [{"operation": name, **_LOST} for name in ("events.create", "events.insert")],
    "draft": [{"operation": name, "nth": AGENDA_NTH, **_LOST} for name in ("messages.createDraft", "drafts.create")],
    "send": [{"operation": name, "nth": AGENDA_NTH, **_LOST} for name in ("messages.send", "drafts.send")],
    # Whoever books twice has one meeting in the other's way: it is moved, and two mails more say so.
    "later send": [{"operation": name, "nth": AGENDA_NTH + 2, **_LOST} for name in ("messages.send", "drafts.send")],
}
SCRIPT = Path(__file__).with_name("killed_daemon.py")


class Executioner:
    """A process that has imported everything and forks a daemon for each order."""

    def __init__(self, log: Path) -> None:
        self._log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
            )
        self._answer()

    def run(self, config: Path, **order: Any) -> Json:
        """Run one daemon to its end and return the signal that killed it (0 for none) and its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"config": str(config), **order}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Json:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.told()
        answer: Json = json.loads(line)
        return answer

    def told(self) -> str:
        """Return what the daemons said on stderr."""
        return self._log.read_text("utf-8")

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


@dataclass(frozen=True, slots=True)
class Life:
    """One pair's days in a world of their own."""

    executioner: Executioner
    remote: SandboxRemote
    config: Path
    service: str
    naive: bool
    _relationship: str

    def die_at(self, kind: str, moment: str) -> None:
        """Run a daemon that is to die at the kind's moment, and see it die; without a moment nothing is run."""
        if not moment:
            return
        point = f"{kind}: {moment}"
        end = self.executioner.run(self.config, point=point, naive=self.naive, stop_after="held_question")
        assert end["signal"] == 9, f"not killed at {point}: {end}\n{self.executioner.told()[-3000:]}"

    def lose(self, *operations: str) -> None:
        """Queue the loss of the next booking's answer, or of the first agenda's draft or of its sending."""
        self.remote.faults([fault for operation in operations for fault in LOSSES[operation]])

    def fail_look_up(self, nth: int) -> None:
        """Let one look-up of a booking in Outlook fail; its adapter looks at once for what it is in doubt about."""
        self.remote.faults([{"operation": "events.list", "provider": "microsoft", "fault": "503", "nth": nth}])

    def live_until(self, kind: str) -> None:
        """Run a daemon until the kind's effect is settled."""
        end = self.executioner.run(self.config, stop_after=kind, naive=self.naive)
        assert (end["signal"], end["exit"]) == (0, 0), self.executioner.told()[-3000:]

    def doubts(self) -> set[str]:
        """Return the kinds of effects whose outcome was in doubt at some time, as the daemons' log tells."""
        lines = [json.loads(line) for line in self.executioner.told().splitlines() if self._relationship in line]
        return {line["kind"] for line in lines if line.get("trouble") == "Doubtful"}

    def findings(self) -> list[str]:
        """What the judge finds in the world and in the store."""
        return faults_found(self.remote.world(), self.service, recorded(self.config))


@contextmanager
def life(executioner: Executioner, folder: Path, service: str, naive: bool = False) -> Iterator[Life]:
    """Open a world in which the pair's request is recorded and nothing has been sent yet."""
    world = World(START, None, 1)
    settle(world, "demo")
    with SandboxServer(world) as server:
        config = write_client_files(server.base_url, world, folder, service)
        id = register(config)
        remote = SandboxRemote(server.base_url)
        remote.hand(acts())
        try:
            yield Life(executioner, remote, config, service, naive, id)
        finally:
            remote.close()


def register(config: Path, environment: dict[str, str] | None = None) -> str:
    """Register the pair and its request in the process of the test; return the relationship's id."""
    with open_house(load_settings(config, environment or {}, {}), create=True) as house:
        programme(house)
        mentor, mentee = (add_person(house, *person) for person in PEOPLE)
        return request_relationship(house, Ask(mentor, mentee, (GOAL,), WHY, BRING))
