"""The search for slots against the slow truth, and the rules that every answer keeps."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.interval import Interval
from domain.slots import Availability, Found, Search, find_slots
from tests.unit.domain_oracle import starts_by_hand
from tests.unit.domain_profile import tried

MINUTE = timedelta(minutes=1)
ANY_DAY = "mon-sun 00:00-24:00"
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/Havana",
    "Africa/Cairo",
    "UTC",
)
# A day of each zone's clock change, and one without any.
MOMENTS = (
    datetime(2027, 3, 14, tzinfo=UTC),
    datetime(2027, 3, 28, tzinfo=UTC),
    datetime(2027, 10, 2, tzinfo=UTC),
    datetime(2027, 10, 31, tzinfo=UTC),
    datetime(2027, 11, 7, tzinfo=UTC),
    datetime(2027, 2, 7, tzinfo=UTC),
    datetime(2027, 4, 29, 20, tzinfo=UTC),
    datetime(2027, 6, 16, tzinfo=UTC),
)


def clock(minutes: int) -> str:
    """Return a time of day as people write it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def hours(draw: st.DrawFn) -> str:
    """Draw weekly hours, also over midnight and up to 24:00."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, 23 * 60 + 59))
        end = draw(st.integers(0, 24 * 60))
        end += end == start
        days = draw(st.sampled_from(("mon-sun", "fri-mon", "sat,sun", "mon-fri", "wed-sun")))
        parts.append(f"{days} {clock(start)}-{clock(end)}")
    return "; ".join(parts)


@st.composite
def intervals(draw: st.DrawFn, near: datetime) -> Interval:
    """Draw a stretch near a moment, to the minute."""
    start = near + draw(st.integers(-12 * 60, 40 * 60)) * MINUTE
    return Interval(start, start + draw(st.integers(1, 300)) * MINUTE)


@st.composite
def searches(draw: st.DrawFn) -> tuple[Search, list[Availability]]:
    """Draw a search of two people around a moment at which some clock changes."""
    near = draw(st.sampled_from(MOMENTS))
    start = near + draw(st.integers(-10 * 60, 6 * 60)) * MINUTE
    window = Interval(start, start + draw(st.integers(0, 30 * 60)) * MINUTE)
    busy = st.lists(intervals(near), max_size=4).map(tuple)
    search = Search(
        window,
        draw(st.sampled_from((5, 7, 30, 45, 90))) * MINUTE,
        draw(st.sampled_from((5, 7, 15, 20, 30, 60))) * MINUTE,
        draw(st.sampled_from((0, 0, 5, 8, 10))) * MINUTE,
        draw(st.one_of(st.just(()), st.lists(intervals(near), max_size=2).map(tuple))),
    )
    zones = st.sampled_from(ZONES)
    people = [Availability(name, draw(zones), draw(hours()), draw(busy)) for name in ("mentor", "mentee")]
    return search, people


@given(searches())
@tried(200)
def test_the_search_finds_exactly_what_trying_every_minute_finds(
    drawn: tuple[Search, list[Availability]],
) -> None:
    search, people = drawn
    assert list(find_slots(search, people).starts) == starts_by_hand(search, people)


@given(searches())
@tried(150)
def test_the_counters_never_grow_and_end_at_the_number_of_starts(
    drawn: tuple[Search, list[Availability]],
) -> None:
    found = find_slots(*drawn)
    counts = [count for _, count in found.counters]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == len(found.starts)
    assert list(found.starts) == sorted(set(found.starts))


@given(searches(), st.data())
@tried(150)
def test_one_more_busy_time_never_adds_a_start(drawn: tuple[Search, list[Availability]], data: st.DataObject) -> None:
    search, (one, two) = drawn
    more = data.draw(intervals(search.window.start))
    fuller = Availability(one.name, one.zone, one.hours, (*one.busy, more))
    before, after = find_slots(search, [one, two]), find_slots(search, [fuller, two])
    assert set(after.starts) <= set(before.starts)


@given(searches(), st.randoms(use_true_random=False))
@tried(100)
def test_the_order_and_the_cutting_of_busy_times_do_not_matter(
    drawn: tuple[Search, list[Availability]], random: Random
) -> None:
    search, people = drawn
    shuffled = []
    for person in people:
        pieces = [piece for item in person.busy for piece in halves(item)] + list(person.busy)
        random.shuffle(pieces)
        shuffled.append(Availability(person.name, person.zone, person.hours, tuple(pieces)))
    assert find_slots(search, shuffled) == find_slots(search, people)


@given(searches())
@tried(100)
def test_it_does_not_matter_who_is_first_on_a_grid_that_both_share(
    drawn: tuple[Search, list[Availability]],
) -> None:
    search, people = drawn
    shared = Search(search.window, search.duration, 5 * MINUTE, search.buffer, search.refused)
    assert find_slots(shared, people).starts == find_slots(shared, people[::-1]).starts


def halves(item: Interval) -> tuple[Interval, Interval]:
    """Return the stretch cut in two at a whole minute."""
    middle = item.start + (item.end - item.start) // (2 * MINUTE) * MINUTE
    return Interval(item.start, middle), Interval(middle, item.end)


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
