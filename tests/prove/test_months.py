"""Forty months of deaths: every moment between a write and its record, with a sender that never looks as control.

In half of them one of the two leaves or is forgotten.
"""

from collections import Counter
from functools import lru_cache

from tests.simulation.month import Month, months
from tests.simulation.mortal import WRITES
from tests.simulation.partings import KINDS

SEEDS = range(40)
LEAST = 500


@lru_cache
def lived(naive: bool = False) -> tuple[Month, ...]:
    """Return all months."""
    return tuple(months(SEEDS, naive))


def test_forty_seeds_of_thirty_days_lose_nothing_double_nothing_and_leave_nothing_stuck() -> None:
    died = sum((month.died for month in lived()), Counter[str]())
    digests = " ".join(month.digest for month in lived()[:3])
    print(f"\nmonths: N = {len(lived())} seeds of 30 days, {died.total()} deaths in {len(died)} moments; {digests} ...")
    assert {month.seed: month.found for month in lived() if month.found} == {}
    assert {KINDS[month.seed % len(KINDS)] for month in lived()} == {"", "left", "forgotten"}
    assert died.total() >= LEAST


def test_every_write_was_the_last_one_once_and_once_the_one_that_never_came() -> None:
    died = {moment for month in lived() for moment in month.died}
    writes = {f"{port}.{name}" for port, names in WRITES.items() for name in names}
    assert {f"{when} {write}" for write in writes for when in ("before", "after")} <= died


def test_the_control_is_caught_every_time() -> None:
    caught = [month for month in lived(naive=True) if month.found]
    print(f"the sender that never looks: caught in {len(caught)} of {len(SEEDS)} months")
    assert len(caught) == len(SEEDS)


def test_the_same_seed_is_the_same_month_again() -> None:
    assert list(months(SEEDS[:3])) == list(lived()[:3])
