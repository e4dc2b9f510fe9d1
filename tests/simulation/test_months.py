"""A month of a pair whose daemon dies about eighty times, in every moment between a write and its record."""

from functools import lru_cache

from tests.simulation.month import Month, month, months
from tests.simulation.mortal import CERTAIN

SEED = 5


@lru_cache
def lived() -> Month:
    """Return the month of the seed."""
    return month(SEED)


def test_a_month_full_of_deaths_loses_nothing_doubles_nothing_and_leaves_nothing_undone() -> None:
    assert lived().found == (), "\n".join(lived().trace)
    assert lived().died.total() > 60
    assert all(lived().died[moment] for moment in CERTAIN)


def test_in_it_one_of_the_two_is_forgotten_while_the_power_fails_and_no_word_is_left() -> None:
    assert lived().died["before streams.erase"] == 1
    assert any(line.endswith(" forgotten") for line in lived().trace)


def test_a_seed_means_the_same_month_in_every_process() -> None:
    assert list(months([SEED])) == [lived()]


def test_a_sender_that_never_looks_is_caught_by_the_same_judge() -> None:
    found = "\n".join(month(SEED, naive=True).found)
    assert "was sent the same request" in found
    assert "left and is not on record" in found
