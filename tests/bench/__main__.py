"""`make bench`: what searching, planning, storing, looking, running and a pair's requests cost; each names its N."""

import argparse
import logging
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from tests.acceptance.scenarios.counting import report
from tests.bench.composing import composed
from tests.bench.looking import looked_at, rostered
from tests.bench.pairs import MENTEES_PER_MENTOR, planned_from_store
from tests.bench.reading import read
from tests.bench.running import ran
from tests.bench.searching import Case, cases, keeping_hours, ours, with_portion
from tests.bench.stopwatch import best_of
from tests.bench.storing import stored

DEMANDED = 20


def main() -> int:
    """Print the report; 1 when the search is not as much faster as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000, help="how many pairs are planned from the store")
    parser.add_argument("--searches", type=int, default=40, help="how many searches a round has")
    parser.add_argument("--agendas", type=int, default=2_000, help="how many agendas are composed")
    parser.add_argument("--replies", type=int, default=1_000, help="how many replies are read and understood")
    parser.add_argument("--writes", type=int, default=300, help="how many writes are measured in turns with raw SQLite")
    parser.add_argument("--lines", type=int, default=5_000, help="how many lines the roster has")
    parser.add_argument("--polled", type=int, default=100, help="how many pairs a daemon polls")
    options = parser.parse_args()
    zoneinfo.reset_tzpath(to=())
    ratios = [_searches(options.searches, busy) for busy in (60, 200)]
    for due in (1, MENTEES_PER_MENTOR):
        with TemporaryDirectory() as folder:
            for line in planned_from_store(Path(folder), options.pairs, due):
                print(line, flush=True)
    for line in chain(composed(options.agendas), read(options.replies)):
        print(line, flush=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    measurements: tuple[Callable[[Path], Iterator[str]], ...] = (
        partial(stored, number=options.writes, pairs=options.pairs),
        partial(looked_at, pairs=options.pairs),
        partial(rostered, lines=options.lines),
        partial(ran, pairs=options.polled),
    )
    for measured in measurements:
        with TemporaryDirectory() as folder:
            for line in measured(Path(folder)):
                print(line, flush=True)
    for line in report():
        print(line, flush=True)
    return 0 if min(ratios) >= DEMANDED else 1


def _searches(number: int, busy: int) -> float:
    given = cases(number, busy)
    assert all(ours(case) == with_portion(case) == keeping_hours(case) for case in given)
    best = best_of({search.__name__: _all(given, search) for search in (ours, with_portion, keeping_hours)})
    cost = {name: seconds / number * 1e6 for name, seconds in best.items()}
    ratio, kept = cost["with_portion"] / cost["ours"], cost["keeping_hours"] / cost["ours"]
    print(f"search for 2 people over 28 days, {busy} busy times each, N = {number}, best of 5 in turns:")
    print(f"  ours {cost['ours']:,.0f} us, with portion {cost['with_portion']:,.0f} us: ratio {ratio:.1f}", end=" ")
    print(f"(demanded: {DEMANDED}); where portion keeps hours as ours does: ratio {kept:.1f}", flush=True)
    return ratio


def _all(given: Sequence[Case], search: Callable[[Case], object]) -> Callable[[], object]:
    return lambda: [search(case) for case in given]


if __name__ == "__main__":
    raise SystemExit(main())
