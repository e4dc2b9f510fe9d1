"""How long a piece of work waits after a failure."""

from datetime import timedelta

import pytest

from domain.errors import Broken, TryLater
from service.pauses import LONGEST, SHORTEST, pause_after
from tests.contract.stores import NOW

FIRST = timedelta(minutes=2)


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 2), (1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (4_000, 60)])
def test_without_a_word_of_the_provider_it_doubles_up_to_an_hour(attempts: int, minutes: int) -> None:
    assert pause_after(Broken("No.", "Look."), attempts, FIRST, NOW) == timedelta(minutes=minutes)
    assert pause_after(TryLater("Busy.", "Wait."), attempts, FIRST, NOW) == timedelta(minutes=minutes)


def test_a_provider_that_says_when_is_taken_at_its_word_even_beyond_an_hour() -> None:
    asked = TryLater("Busy.", "Wait.", NOW + 3 * LONGEST)
    assert pause_after(asked, 1, FIRST, NOW) == 3 * LONGEST


def test_a_moment_that_is_over_is_no_reason_to_hurry_without_a_pause() -> None:
    assert pause_after(TryLater("Busy.", "Wait.", NOW - FIRST), 1, FIRST, NOW) == SHORTEST
