"""What `inspect slots` finds in files, and one sentence for what is not understood."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.errors import BadInput
from service.inspection import files_of, inspect_slots

WORK = [{"days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00"}]
SEARCH: dict[str, Any] = {
    "now": "2027-03-08T08:00:00Z",
    "window": {"start": "2027-03-09T00:00:00Z", "end": "2027-03-10T00:00:00Z"},
    "duration_minutes": 60,
    "grid_minutes": 30,
    "buffer_minutes": 0,
    "notice_minutes": 0,
    "people": [
        {"zone": "America/Chicago", "hours": WORK, "busy": []},
        {"zone": "Europe/Berlin", "hours": [{"days": ["tue"], "from": "09:00", "to": "18:00"}], "busy": []},
    ],
}


def found(folder: Path, **changes: Any) -> dict[str, Any]:
    path = folder / "search.json"
    path.write_text(json.dumps({**SEARCH, **changes}), "utf-8")
    return inspect_slots(path)


def people(*busy: dict[str, str], hours: Any = WORK, zone: str = "UTC") -> list[dict[str, Any]]:
    return [{"zone": zone, "hours": hours, "busy": list(busy)}]


def test_every_feasible_start_is_named_in_utc_and_the_earliest_is_chosen_without_a_target(tmp_path: Path) -> None:
    answer = found(tmp_path)
    assert answer["starts"] == ["2027-03-09T15:00:00Z", "2027-03-09T15:30:00Z", "2027-03-09T16:00:00Z"]
    assert answer["chosen"] == "2027-03-09T15:00:00Z"
    assert [count for _, count in answer["counters"]] == [47, 15, 3, 3, 3]
    assert answer.keys() == {"file", "starts", "chosen", "counters"}


def test_the_start_nearest_to_the_target_is_chosen_whatever_offset_it_is_written_in(tmp_path: Path) -> None:
    assert found(tmp_path, target="2027-03-09T16:40:00+01:00")["chosen"] == "2027-03-09T15:30:00Z"


@pytest.mark.parametrize(
    ("status", "left"),
    [("busy", 0), ("tentative", 0), (None, 0), ("oof", 0), ("free", 15), ("workingElsewhere", 15)],
)
def test_what_is_tentative_or_unnamed_blocks_and_what_is_free_does_not(
    tmp_path: Path, status: str | None, left: int
) -> None:
    item = {"start": "2027-03-09T00:00:00Z", "end": "2027-03-10T00:00:00Z"}
    busy = item if status is None else {**item, "status": status}
    assert len(found(tmp_path, people=people(busy))["starts"]) == left


def test_the_buffer_lies_on_both_sides_of_what_is_busy(tmp_path: Path) -> None:
    busy = {"start": "2027-03-09T12:00:00Z", "end": "2027-03-09T13:00:00Z", "status": "busy"}
    starts = found(tmp_path, people=people(busy), buffer_minutes=10)["starts"]
    assert [s[11:16] for s in starts] == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
        "13:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
        "16:00",
    ]


def test_nothing_begins_before_the_notice_is_over(tmp_path: Path) -> None:
    starts = found(tmp_path, people=people(), now="2027-03-09T08:00:00Z", notice_minutes=7 * 60)["starts"]
    assert starts[0] == "2027-03-09T15:00:00Z"
    assert found(tmp_path, people=people(), notice_minutes=99_999)["starts"] == []


def test_hours_may_cross_midnight_and_end_at_24(tmp_path: Path) -> None:
    night = [{"days": ["mon"], "from": "22:00", "to": "02:00"}, {"days": ["tue"], "from": "22:00", "to": "24:00"}]
    starts = found(tmp_path, people=people(hours=night))["starts"]
    assert [s[11:16] for s in starts] == ["00:00", "00:30", "01:00", "22:00", "22:30", "23:00"]


def test_the_grid_counts_from_the_first_persons_midnight(tmp_path: Path) -> None:
    kathmandu = people(zone="Asia/Kathmandu", hours=[{"days": ["tue"], "from": "00:00", "to": "24:00"}])
    starts = found(tmp_path, people=kathmandu, grid_minutes=60)["starts"]
    assert {start[14:16] for start in starts} == {"15"}


def test_a_duration_that_five_minutes_do_not_divide_is_taken_as_it_is(tmp_path: Path) -> None:
    busy = {"start": "2027-03-09T09:32:00Z", "end": "2027-03-09T17:00:00Z"}
    assert found(tmp_path, people=people(busy), duration_minutes=32)["starts"] == ["2027-03-09T09:00:00Z"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"now": "2027-03-08T08:00:00"}, "has no offset"),
        ({"window": {"start": "2027-03-09T00:00:00Z"}}, "'end' is missing"),
        ({"duration_minutes": "long"}, "invalid literal"),
        ({"duration_minutes": 0}, "longer than nothing"),
        ({"people": []}, "there are no people"),
        ({"people": people(zone="Mars/Olympus")}, "no time zone called"),
        ({"people": people(hours=[{"days": ["someday"], "from": "09:00", "to": "10:00"}])}, "days are from"),
        ({"people": people({"start": "2027-03-09T13:00:00Z", "end": "2027-03-09T12:00:00Z"})}, "ends before"),
    ],
)
def test_what_is_not_understood_is_said_in_one_sentence(tmp_path: Path, changes: Any, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        found(tmp_path, **changes)
    assert words in caught.value.problem


def test_a_folder_stands_for_its_files_in_order_and_what_is_no_json_is_said(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "c.txt"):
        (tmp_path / name).write_text("{", "utf-8")
    assert [path.name for path in files_of((tmp_path, tmp_path / "c.txt"), ".json")] == ["a.json", "b.json", "c.txt"]
    with pytest.raises(BadInput, match="not understood"):
        inspect_slots(tmp_path / "a.json")
    with pytest.raises(BadInput, match="cannot be read"):
        inspect_slots(tmp_path / "nowhere.json")
