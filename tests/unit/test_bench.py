"""The measurements measure what they say: both searches find the same, and the pairs of the store are planned."""

from pathlib import Path

from tests.bench.pairs import planned_from_store
from tests.bench.searching import cases, keeping_hours, ours, with_portion
from tests.bench.stopwatch import best_of


def test_the_search_and_the_same_one_with_portion_find_the_same_times() -> None:
    for case in cases(4, 60) + cases(2, 200):
        found = ours(case)
        assert found == with_portion(case) == keeping_hours(case)
        assert found[0]


def test_every_pair_of_the_store_gets_a_time_and_the_report_names_the_number(tmp_path: Path) -> None:
    for due, found in ((4, 8), (1, 2)):
        folder = tmp_path / str(due)
        folder.mkdir()
        _, line = planned_from_store(folder, 8, due)
        assert "N = 8 pairs" in line
        assert f"; {found} times found" in line


def test_competitors_take_turns() -> None:
    seen: list[str] = []
    best = best_of({"one": lambda: seen.append("one"), "two": lambda: seen.append("two")}, rounds=2)
    assert seen == ["one", "two", "one", "two"]
    assert set(best) == {"one", "two"}
