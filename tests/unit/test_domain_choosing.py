"""Which of the possible times is taken, and what yields in which order when there is none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.choosing import Aim, Choice, Leeway, Yielding, choose
from domain.fairness import debt, outside_minutes
from domain.interval import Interval
from domain.meeting import MeetingState
from domain.slots import Availability, Search
from tests.unit.domain_cast import booked
from tests.unit.domain_oracle import at_work, minutes_of
from tests.unit.domain_profile import tried
from tests.unit.slots_drawing import MINUTE, full_searches

HOUR = timedelta(hours=1)
DAY = Interval(datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 2, 2, tzinfo=UTC))
NINE_TO_FIVE = "mon-fri 09:00-17:00"


def at(clock: str) -> datetime:
    """Return an instant of the one day of these stories."""
    return datetime.fromisoformat(f"2027-02-01T{clock}").replace(tzinfo=UTC)


def span(low: str, high: str) -> Interval:
    """Return a stretch of that day."""
    return Interval(at(low), at(high))


def pair(*busy: Interval, **changes: Any) -> tuple[Availability, Availability]:
    """Return two people with the same hours, the first one busy."""
    one = Availability("the mentor", "UTC", NINE_TO_FIVE, busy)
    return replace(one, **changes), replace(one, name="the mentee", busy=())


def chosen(people: tuple[Availability, ...], target: str, leeway: Leeway | None = None, **aim: Any) -> Choice:
    """Return the choice of an hour on that day."""
    wanted = Aim(at(target), **aim)
    return choose(Search(DAY, HOUR), people, wanted, leeway or Leeway())


def clock(choice: Choice) -> str | None:
    """Return the chosen time of day."""
    return choice.time.start.strftime("%H:%M") if choice.time else None


def test_a_time_that_stands_stays_also_when_another_would_be_nearer_and_preferred() -> None:
    people = pair(preferred="mon-fri 14:00-17:00")
    assert clock(chosen(people, "15:00", standing=at("09:15"))) == "09:15"
    assert clock(chosen(people, "15:00", standing=at("08:45"))) == "15:00"


def test_what_both_prefer_comes_before_what_one_prefers_before_what_nobody_does_however_near() -> None:
    one, two = pair()
    both = (replace(one, preferred="mon-fri 09:00-11:00"), replace(two, preferred="mon-fri 10:00-12:00"))
    assert clock(chosen(both, "16:00")) == "10:00"
    busy = (replace(both[0], busy=(span("10:00", "11:00"),)), both[1])
    assert clock(chosen(busy, "16:00")) == "11:00"
    assert clock(chosen((replace(busy[0], busy=(span("09:00", "12:00"),)), both[1]), "16:00")) == "16:00"


def test_inside_a_rank_the_nearest_to_the_target_is_taken_and_the_earlier_of_two() -> None:
    assert clock(chosen(pair(span("11:00", "14:00")), "12:00")) == "10:00"
    assert clock(chosen(pair(span("11:00", "14:00")), "12:15")) == "14:00"


WIDE = Interval(DAY.start, DAY.end + timedelta(days=1))
ALL = Leeway(WIDE, tentative=True, stretch=60, shortest=timedelta(minutes=30))
FULL = (Interval(DAY.start, WIDE.end),)


@pytest.mark.parametrize(
    ("people", "yielded", "time"),
    [
        (pair(), Yielding.NOTHING, ("16:00", 60)),
        (pair(span("00:00", "23:59")), Yielding.WINDOW, ("09:00", 60)),
        (pair(soft=FULL), Yielding.TENTATIVE, ("16:00", 60)),
        (pair(*FULL), Yielding.LENGTH, None),
    ],
)
def test_what_yields_has_an_order_and_nothing_yields_without_need(
    people: tuple[Availability, ...], yielded: Yielding, time: tuple[str, int] | None
) -> None:
    choice = chosen(people, "16:00", ALL)
    assert choice.yielded is yielded
    assert (clock(choice), choice.length // MINUTE) == (time or (None, 30))
    assert (choice.found.emptied_by is None) is (time is not None)


def test_hours_yield_only_by_as_much_as_the_charter_says_and_only_when_it_does() -> None:
    busy = span("09:00", "17:00")
    choice = chosen(pair(busy), "12:00", Leeway(stretch=60))
    assert (choice.yielded, clock(choice)) == (Yielding.HOURS, "08:00")
    assert ("inside the mentor's hours or 60 minutes outside", 37) in choice.found.counters
    assert clock(chosen(pair(busy), "12:00", Leeway(stretch=45))) is None
    assert clock(chosen(pair(busy), "12:00")) is None


def test_who_met_less_outside_the_own_hours_gives_first() -> None:
    early, late = (
        Availability("the mentor", "UTC", "mon 09:00-12:00", ()),
        Availability("the mentee", "UTC", "mon 12:00-15:00", ()),
    )
    assert clock(chosen((early, late), "12:00", Leeway(stretch=60), debts=(0, 30))) == "12:00"
    assert clock(chosen((early, late), "12:00", Leeway(stretch=60), debts=(30, 0))) == "11:00"
    assert clock(chosen((early, late), "12:00", Leeway(stretch=60))) == "11:00"


def test_both_give_when_one_alone_is_no_help() -> None:
    early, late = (
        Availability("the mentor", "UTC", "mon 09:00-11:30", ()),
        Availability("the mentee", "UTC", "mon 12:30-15:00", ()),
    )
    choice = chosen((early, late), "12:00", Leeway(stretch=60))
    assert (choice.yielded, clock(choice)) == (Yielding.HOURS, "11:30")


def test_of_two_equally_near_times_the_fairer_one_is_taken() -> None:
    nothing_left = pair(span("09:00", "17:00"))
    one, two = replace(nothing_left[0], hours="mon 00:00-24:00"), nothing_left[1]
    choice = chosen((one, two), "12:30", Leeway(stretch=120), debts=(0, 0))
    assert clock(choice) == "08:00"
    wider = (one, replace(two, hours="mon 09:00-18:00"))
    assert clock(chosen(wider, "12:30", Leeway(stretch=120))) == "17:00"


def test_the_longest_meeting_that_fits_is_taken_and_never_one_that_is_too_short() -> None:
    leeway = Leeway(shortest=timedelta(minutes=32))
    choice = chosen(pair(span("09:00", "12:00"), span("12:50", "17:00")), "12:00", leeway)
    assert (choice.yielded, clock(choice), choice.length // MINUTE) == (Yielding.LENGTH, "12:00", 50)
    short = chosen(pair(span("09:00", "12:00"), span("12:33", "17:00")), "12:00", leeway)
    assert (clock(short), short.length // MINUTE) == ("12:00", 32)
    assert clock(chosen(pair(span("09:00", "12:00"), span("12:31", "17:00")), "12:00", leeway)) is None


@given(full_searches(), st.integers(-300, 1500))
@tried(40)
def test_e9_a_slot_that_is_still_possible_is_kept_and_an_event_elsewhere_does_not_change_the_pick(
    drawn: tuple[Search, tuple[Availability, Availability]], minutes: int
) -> None:
    search, people = drawn
    target = search.window.start + minutes * MINUTE
    first = choose(search, people, Aim(target))
    if first.time is None:
        return
    far = Interval(search.window.end + 2 * HOUR, search.window.end + 9 * HOUR)
    busier = [replace(person, busy=(*(person.busy or ()), far)) for person in people]
    assert choose(search, busier, Aim(target)).time == first.time
    for start in first.found.starts:
        kept = choose(search, people, Aim(target, standing=start))
        assert kept.time is not None
        assert kept.time.start == start


@given(full_searches(), st.integers(0, 90))
@tried(25)
def test_e1_hours_are_left_only_by_the_minutes_that_the_charter_allows(
    drawn: tuple[Search, tuple[Availability, Availability]], stretch: int
) -> None:
    search, people = drawn[0], [replace(person, stretch=0) for person in drawn[1]]
    choice = choose(search, people, Aim(search.window.start), Leeway(stretch=stretch))
    if choice.time is None:
        return
    stretched = [replace(person, stretch=stretch) for person in people]
    assert all(at_work(person, minute) for person in stretched for minute in minutes_of(choice.time))
    if choice.yielded is Yielding.NOTHING:
        assert all(at_work(person, minute) for person in people for minute in minutes_of(choice.time))


@given(full_searches())
@tried(25)
def test_minutes_outside_hours_are_counted_as_the_wall_clock_shows_them(
    drawn: tuple[Search, tuple[Availability, Availability]],
) -> None:
    search, (person, _) = drawn
    time = Interval(search.window.start, search.window.start + search.duration)
    plain = replace(person, stretch=0, leaves=())
    assert outside_minutes(person.timetable, time) == sum(not at_work(plain, minute) for minute in minutes_of(time))


def test_only_meetings_that_took_place_are_owed_for_and_old_ones_are_forgotten() -> None:
    relationship = booked()
    hours = Availability("her", "America/Chicago", "mon-fri 12:00-17:00", ()).timetable
    (meeting,) = relationship.meetings.items
    assert debt(hours, [meeting]) == 0
    held = replace(meeting, state=MeetingState.HELD)
    assert debt(hours, [held]) == 45
    later = [replace(held, time=Interval(held.time.start + n * HOUR, held.time.end + n * HOUR)) for n in range(4, 10)]
    assert debt(hours, [held, *later]) == sum(outside_minutes(hours, m.time) for m in later) < 45 * 7
