"""Every mutant of ledger, sending and plan is noticed by the tests that are named for it."""

from tests.prove.mutants import MUTANTS, misplaced, red_without_change, survivors


def test_every_mutant_still_has_its_place() -> None:
    assert misplaced() == []


def test_the_named_tests_are_green_without_a_mutant() -> None:
    assert red_without_change() == []


def test_every_mutant_is_noticed() -> None:
    left = survivors()
    print(f"\nmutants of ledger, sending and plan: {len(MUTANTS) - len(left)} of {len(MUTANTS)} were noticed")
    assert left == []
