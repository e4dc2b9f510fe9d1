"""Every fault of both clouds times every call that writes, lived one by one, and a sender that does not look beside."""

from collections import Counter

from tests.acceptance.scenarios.matrix import CALLS, FAULTS, cells, doubling, tried_all


def test_every_cell_of_the_fault_matrix_ends_well() -> None:
    every = cells()
    found = [problem for problems in tried_all(every) for problem in problems]
    lives = dict(Counter(cell.call.life for cell in every))
    print(f"\nfault matrix: N = {len(every)} cells, {len(CALLS)} calls and {len(FAULTS)} faults; {lives}")
    assert found == []


def test_the_control_is_caught_in_every_cell_in_which_something_is_applied_and_its_answer_lost() -> None:
    every = doubling()
    missed = [str(cell) for cell, found in zip(every, tried_all(every, naive=True), strict=True) if not found]
    print(f"\nthe sender that does not look: caught in {len(every) - len(missed)} of {len(every)} cells")
    assert missed == []
