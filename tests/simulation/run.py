"""Runs scripts and tells what came of them; a failing one is cut down to the few things that matter."""

import gc
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from structlog.testing import capture_logs

from domain.interval import Interval
from tests.simulation.instruments import Write
from tests.simulation.oracle import findings
from tests.simulation.people import told
from tests.simulation.script import Script, script_of
from tests.simulation.stage import Stage, stage

AHEAD = 8
"""So many seeds are under way at a time."""
STAMP = "%m-%d %H:%M:%S"
COMMAND = 'make prove ARGS="--seed {seed}"'


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run came to: `found` is empty when all is well, `trace` is what happened, line by line."""

    script: Script
    found: tuple[str, ...]
    trace: tuple[str, ...]

    def told(self) -> str:
        """Return it for a person to read."""
        lines = [self.script.told(), "", *self.trace, "", *(self.found or ("All is well.",))]
        return "\n".join(lines)


def run(script: Script) -> Verdict:
    """Live through a script and judge it."""
    with capture_logs(), stage(script) as played:
        try:
            found = findings(played)
        except Exception as bug:
            # Whatever the service dies of is what the run came to, and is told with all that went before.
            found = [f"the service died of {bug!r}"]
        return Verdict(script, tuple(found), trace_of(played))


def run_seed(seed: int) -> Verdict:
    """Live through the script of a seed and judge it."""
    return run(script_of(seed))


def failed(seeds: Iterable[int], deadline: Callable[[], bool] = lambda: False) -> Iterator[Verdict | None]:
    """Run many seeds on all processors and yield, seed after seed, the verdict of one that failed or None.

    Once `deadline` says so no further seed is begun.
    """
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=_hoard) as pool:
        under_way: deque[Future[Verdict]] = deque()
        for seed in seeds:
            if deadline():
                break
            under_way.append(pool.submit(run_seed, seed))
            if len(under_way) >= AHEAD:
                yield _failed(under_way.popleft().result())
        while under_way:
            yield _failed(under_way.popleft().result())


def _hoard() -> None:
    """Look for garbage seldom: a life is short, and what it leaves is little."""
    gc.set_threshold(50_000, 20, 100)


def _failed(verdict: Verdict) -> Verdict | None:
    return verdict if verdict.found else None


def complaint(verdict: Verdict) -> str:
    """Return what to print of a failed run: how to replay it, and its shortest form."""
    small = shortened(verdict)
    command = COMMAND.format(seed=verdict.script.seed)
    return f"Replay with: {command}\n{'; '.join(verdict.found)}\n\nShortest form:\n{small.told()}"


def shortened(verdict: Verdict) -> Verdict:
    """Leave out, one after the other, all acts, troubles and deaths without which it fails in the same way as well."""
    kind = _kind(verdict.found[0])
    small, kept = verdict, frozenset(range(len(verdict.script.events)))
    for place in sorted(kept, reverse=True):
        tried = run(verdict.script.only(kept - {place}))
        if kind in map(_kind, tried.found):
            small, kept = tried, kept - {place}
    return small


def _kind(problem: str) -> str:
    """Return a problem without its names and numbers."""
    return re.sub(r"\S*[\d@]\S*", "", problem)


def trace_of(played: Stage) -> tuple[str, ...]:
    """Return what people did, what the service wrote into calendars, and the stream, in one order of time."""
    events: list[Any] = list(played.house.streams.events(played.id))
    stream = [f"{event.by.at:{STAMP}}   = {_fact(event)}" for event in events]
    writes = [f"{write.at:{STAMP}}   > {_written(write)}" for write in played.writes]
    return tuple(sorted([*played.trace, *writes, *stream], key=lambda line: line[:14]))


def _written(write: Write) -> str:
    entry = write.after or write.before
    return f"{write.operation} in {write.account}: " + (f"{entry.ical_uid} {told(entry.time)}" if entry else "")


def _fact(event: Any) -> str:
    skipped = {"originator_id", "originator_version", "timestamp", "by", "starts", "counters", "tzdata", "zone"}
    facts = {name: value for name, value in vars(event).items() if name not in skipped}
    words = (told(value) if isinstance(value, Interval) else str(value) for value in facts.values())
    clause = f" [{event.by.clause}]" if event.by.clause else ""
    return f"{type(event).__name__} {', '.join(words)}{clause}"
