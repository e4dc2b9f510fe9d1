"""A theatre whose clock is deaf: what changed is learned from polls, and from hints as a script lets them come."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.memory.push import MemoryPush
from adapters.memory.world import MemoryWorld
from adapters.webhook.hints import HintQueue
from domain.push import Hint, HintKind, Hook
from service.daemon import Daemon
from tests.contract.stores import opened
from tests.service.theatre import Theatre

HOOK = Hook("https://push.example.org", "here", lambda owner, name: f"{owner}.{name}")

POLL = timedelta(hours=6)

Script = Callable[[Hint], Iterable[tuple[timedelta, Hint]]]
"""When, after it was meant, a hint comes; it may come never, or several times."""


def at_once(hint: Hint) -> Iterable[tuple[timedelta, Hint]]:
    """Perfect delivery."""
    return [(timedelta(), hint)]


class DeafClock:
    """A world's clock that says nothing of changes; the provider says it instead, by the script, and rings."""

    def __init__(self, world: MemoryWorld, push: MemoryPush, queue: HintQueue, script: Script) -> None:
        self._world = world
        self._push = push
        self._queue = queue
        self._script = script
        self._rung = False
        self._under_way: list[tuple[datetime, Hint]] = []

    def now(self) -> datetime:
        """Return the world's present instant."""
        return self._world.now

    def ring(self) -> None:
        """End the wait that is going on."""
        self._rung = True

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until `due` or a hint."""
        while self._world.now < due and not self._rung:
            said = min((at for at, _ in self._under_way), default=due)
            for account in self._world.advance_to(max(self._world.now, min(due, said))):
                self._tell(account)
            self._deliver()
        self._rung = False
        return ()

    def _tell(self, account: str) -> None:
        for watch in self._push.watches_of(account):
            owner, _, name = watch.token.rpartition(".")
            for late, hint in self._script(Hint(owner, name, HintKind.CHANGED)):
                self._under_way.append((self._world.now + late, hint))

    def _deliver(self) -> None:
        arrived = [hint for at, hint in self._under_way if at <= self._world.now]
        self._under_way = [(at, hint) for at, hint in self._under_way if at > self._world.now]
        self._queue.put(arrived)


class PushStage(Theatre):
    """A theatre with a poll now and then; `push` is the provider's side, `queue` takes hints from the test too."""

    push: MemoryPush
    queue: HintQueue

    def restart(self) -> None:
        """Stop the daemon and start another one."""
        self.daemon = Daemon(self.house, lambda: False, self.queue)
        self.daemon.start()

    def hint(self, account: str, kind: HintKind = HintKind.CHANGED) -> Hint:
        """Return a hint through the newest subscription of an account."""
        owner, _, name = self.push.watches_of(account)[-1].token.rpartition(".")
        return Hint(owner, name, kind)


@contextmanager
def push_stage(
    folder: Path, script: Script = at_once, hook: Hook | None = HOOK, renewable: bool = True
) -> Iterator[PushStage]:
    """Open the stage on a fresh store in that folder; without a hook the daemon only polls."""
    folder.mkdir(exist_ok=True)
    with opened(folder) as store:
        stage = PushStage(store)
        stage.push = MemoryPush(stage.world, renewable)
        stage.queue = HintQueue(lambda: clock.ring())
        clock = DeafClock(stage.world, stage.push, stage.queue, script)
        stage.house = replace(
            stage.house,
            clock=clock,
            identity=replace(stage.house.identity, poll=POLL),
            pushes={"microsoft": stage.push, "google": stage.push},
            hook=hook,
        )
        stage.restart()
        yield stage
