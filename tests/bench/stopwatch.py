"""Measures the processor time of competing functions in turns, so that a busy machine disturbs all alike."""

import time
from collections.abc import Callable, Mapping

ROUNDS = 5


def best_of(competitors: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the least processor seconds that each needed for one call, run one after the other in every round."""
    best = dict.fromkeys(competitors, float("inf"))
    for _ in range(rounds):
        for name, run in competitors.items():
            begun = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - begun)
    return best


def spent(run: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    begun = time.process_time()
    run()
    return time.process_time() - begun
