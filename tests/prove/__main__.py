"""`make prove`: what takes minutes. Every number that it prints is one that was reached.

First the lives of two people in a memory world (tests/simulation), seed after seed, for ten minutes or as long as is
said; then the proofs of this folder, by pytest. A seed that fails prints the command that replays it, and its shortest
form.
"""

import argparse
import os
import sys
from itertools import count
from pathlib import Path
from time import monotonic

import pytest

from tests.simulation.run import complaint, failed, run
from tests.simulation.script import script_of

HERE = Path(__file__).parent
PROGRESS = 500


def main() -> int:
    """Prove, or replay one seed; 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to live lives at most (default: 10)")
    parser.add_argument("--seeds", type=int, default=10_000, help="how many lives to live (default: 10000)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default: 0)")
    parser.add_argument("--seed", type=int, help="replay this one life, tell all that happens in it, and stop")
    parser.add_argument("--kills", type=int, default=0, help="how many real SIGKILLs at least (default: 80)")
    parser.add_argument("--only", choices=("lives", "proofs"), help="leave the other part out")
    options = parser.parse_args()
    if options.seed is not None:
        return _replayed(options.seed)
    codes = []
    if options.only != "proofs":
        seeds = range(options.first, options.first + options.seeds)
        codes.append(_lived(seeds, monotonic() + 60 * options.minutes))
    if options.only != "lives":
        os.environ["PROVED_KILLS"] = str(options.kills)
        codes.append(int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", str(HERE)])))
    return 1 if any(codes) else 0


def _replayed(seed: int) -> int:
    verdict = run(script_of(seed))
    print(verdict.told())
    return 1 if verdict.found else 0


def _lived(seeds: range, end: float) -> int:
    """Live as many of the seeds as the time allows, tell how many those were, and each that failed."""
    began, bad, lived = monotonic(), 0, 0
    for lived, verdict in zip(count(1), failed(seeds, lambda: monotonic() >= end), strict=False):
        if verdict is not None:
            bad += 1
            print(complaint(verdict), flush=True)
        if lived % PROGRESS == 0:
            print(f"{lived} lives, {bad} failed", flush=True)
    seconds = monotonic() - began
    asked = "" if lived == len(seeds) else f" of {len(seeds)} that were asked for: the time was over"
    print(f"lives: N = {lived}{asked}; seeds {seeds.start} to {seeds.start + lived - 1}; {bad} failed; {seconds:.0f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
