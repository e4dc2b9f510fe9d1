"""The measurements measure what they say: both searches find the same, and the pairs of the store are planned."""

from pathlib import Path

from tests.bench.looking import looked_at, rostered
from tests.bench.pairs import planned_from_store
from tests.bench.reading import read
from tests.bench.searching import cases, keeping_hours, ours, with_portion
from tests.bench.stopwatch import best_of
from tests.bench.storing import stored


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


def test_reading_is_measured_beside_the_parser_alone_and_says_how_large_the_mails_were() -> None:
    (line,) = read(6)
    assert line.startswith("replies read and understood, N = 6 of ")
    assert all(word in line for word in ("p50", "p99", "ratio"))


def test_what_the_store_costs_is_measured_beside_a_raw_probe(tmp_path: Path) -> None:
    append, settled, told = stored(tmp_path, 3, 4)
    assert append.startswith("append, one event, N = 3 ")
    assert "N = 3 " in settled
    assert all("ratio" in line for line in (append, settled, told))


def test_looking_is_measured_on_every_relationship_and_every_line(tmp_path: Path) -> None:
    for name in ("status", "roster"):
        (tmp_path / name).mkdir()
    (status,) = looked_at(tmp_path / "status", 8)
    (roster,) = rostered(tmp_path / "roster", 20)
    assert "N = 8 relationships" in status
    assert "N = 20 lines" in roster
