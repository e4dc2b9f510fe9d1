"""What a pair costs the providers is counted, not timed."""

import pytest

from tests.acceptance.scenarios.counting import counted
from tests.acceptance.scenarios.stage import SWAPPED

MOST = 30


@SWAPPED
@pytest.mark.parametrize("talking", [False, True], ids=["silent", "talking"])
def test_a_quiet_cycle_takes_thirty_requests_at_most_and_a_poll_that_finds_nothing_one(
    mara_in: str, talking: bool
) -> None:
    found = counted(mara_in, talking)
    report = "\n".join(found.told())
    assert 0 < sum(found.cycle.values()) <= MOST, report
    assert 0 < sum(found.asked_by_polls.values()) <= found.polls, report
