"""What `slots` says: the time that the plan would take, what yields for it, and what leaves none."""

from datetime import timedelta
from pathlib import Path

from domain.calendar import CalendarChanges, blocking
from domain.interval import Interval
from service.queries_slots import slots
from tests.service.family import Family, a_family
from tests.service.theatre import START

YEAR = Interval(START - timedelta(days=1), START + timedelta(days=365))


def fill(family: Family, *times: Interval) -> None:
    """Make the mentor busy at these times."""
    entries = tuple(blocking(f"e{number}", time) for number, time in enumerate(times))
    family.house.cache.replace(family.one(0).mentor_id, CalendarChanges(entries, (), "cursor", True))


def test_the_chosen_time_is_the_one_that_the_review_reserves_beside_those_of_the_siblings(tmp_path: Path) -> None:
    with a_family(tmp_path) as family:
        shown = [slots(family.house, id) for id in family.ids]
        assert [one.chosen for one in shown] == [family.planned(place).time.start for place in range(3)]
        assert {(one.minutes, one.yielded, one.emptied_by) for one in shown} == {(45, None, None)}


def test_a_full_calendar_is_named_as_what_left_no_time(tmp_path: Path) -> None:
    with a_family(tmp_path, ("jonas",)) as family:
        fill(family, YEAR)
        shown = slots(family.house, family.ids[0])
    assert (shown.chosen, shown.starts, shown.emptied_by) == (None, (), "free for the mentor")
    counts = [left for _, left in shown.counters]
    assert counts == sorted(counts, reverse=True)


def test_a_meeting_that_had_to_become_shorter_says_by_which_clause_and_how_long_it_is(tmp_path: Path) -> None:
    with a_family(tmp_path, ("jonas",), shortest_minutes=30) as family:
        noon = START.replace(hour=11) + timedelta(days=7)
        fill(family, Interval(YEAR.start, noon), Interval(noon + timedelta(minutes=30), YEAR.end))
        shown = slots(family.house, family.ids[0])
    assert (shown.chosen, shown.minutes, shown.yielded) == (noon, 30, "shorten")
