"""Single searches, told as examples: windows, grids, buffers, clock changes, counters and the nearest start."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.interval import Interval
from domain.slots import Availability, Found, Search, find_slots

MINUTE = timedelta(minutes=1)
ANY_DAY = "mon-sun 00:00-24:00"


def utc(text: str) -> datetime:
    """Return an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def free_all_day(zone: str = "UTC", busy: tuple[Interval, ...] = ()) -> Availability:
    """Return somebody who always works."""
    return Availability("her", zone, ANY_DAY, busy)


def searched(search: Search, *people: Availability) -> list[str]:
    """Return the starts found as text."""
    return [start.strftime("%H:%M") for start in find_slots(search, people).starts]


def test_a_meeting_lies_wholly_inside_the_window() -> None:
    window = Interval(utc("2027-02-01T10:00"), utc("2027-02-01T11:00"))
    assert searched(Search(window, 45 * MINUTE), free_all_day()) == ["10:00", "10:15"]
    assert searched(Search(window, 61 * MINUTE), free_all_day()) == []


def test_busy_from_two_minutes_past_blocks_from_the_hour() -> None:
    window = Interval(utc("2027-02-01T09:00"), utc("2027-02-01T11:00"))
    busy = (Interval(utc("2027-02-01T10:02"), utc("2027-02-01T10:16")),)
    assert searched(Search(window, 30 * MINUTE), free_all_day(busy=busy)) == ["09:00", "09:15", "09:30", "10:30"]


def test_a_buffer_lies_on_both_sides_of_busy_times_but_not_of_refused_ones() -> None:
    window = Interval(utc("2027-02-01T09:00"), utc("2027-02-01T11:30"))
    block = (Interval(utc("2027-02-01T10:00"), utc("2027-02-01T10:30")),)
    buffered = Search(window, 30 * MINUTE, buffer=10 * MINUTE)
    assert searched(buffered, free_all_day(busy=block)) == ["09:00", "09:15", "10:45", "11:00"]
    refused = Search(window, 30 * MINUTE, buffer=10 * MINUTE, refused=block)
    assert searched(refused, free_all_day()) == ["09:00", "09:15", "09:30", "10:30", "10:45", "11:00"]


@pytest.mark.parametrize(
    ("zone", "first"), [("Asia/Kathmandu", "10:15"), ("Europe/Berlin", "10:00"), ("America/St_Johns", "10:30")]
)
def test_an_hourly_grid_counts_from_the_first_persons_midnight(zone: str, first: str) -> None:
    window = Interval(utc("2027-02-01T10:00"), utc("2027-02-01T12:00"))
    search = Search(window, 30 * MINUTE, grid=60 * MINUTE)
    assert searched(search, free_all_day(zone), free_all_day())[0] == first
    assert searched(search, free_all_day(), free_all_day(zone))[0] == "10:00"


def test_a_meeting_may_run_over_midnight_and_across_a_clock_change() -> None:
    window = Interval(utc("2027-03-28T00:30"), utc("2027-03-28T01:30"))
    berlin = Availability("her", "Europe/Berlin", "sat 22:00-04:00", ())
    found = find_slots(Search(window, 60 * MINUTE), [berlin])
    assert found.starts == (utc("2027-03-28T00:30"),)
    local = [moment.astimezone(ZoneInfo("Europe/Berlin")).hour for moment in (window.start, window.end)]
    assert local == [1, 3]


def test_the_counters_name_each_constraint_in_the_order_of_its_use() -> None:
    window = Interval(utc("2027-02-01T10:00"), utc("2027-02-01T12:00"))
    people = [Availability(n, "UTC", ANY_DAY, ()) for n in ("the mentor", "the mentee")]
    refused = (Interval(utc("2027-02-01T10:00"), utc("2027-02-01T11:00")),)
    assert [name for name, _ in find_slots(Search(window, 60 * MINUTE, refused=refused), people).counters] == [
        "starts in the window",
        "inside the mentor's hours",
        "inside the mentee's hours",
        "free for the mentor",
        "free for the mentee",
        "not refused before",
    ]


def test_the_nearest_start_wins_and_the_earlier_of_two_equally_near() -> None:
    ten, eleven, noon = (utc(f"2027-02-01T{hour}:00") for hour in (10, 11, 12))
    found = Found((ten, noon), ())
    assert found.nearest(eleven) == ten
    assert found.nearest(eleven + MINUTE) == noon
    assert found.nearest(noon + timedelta(days=9)) == noon
    assert Found((), ()).nearest(ten) is None
