"""Several meetings that share people: none in the way of another (J1 to J3), the best of all for a few."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from domain.interval import Interval
from domain.joint import Assignment, Day, Option, Want, assign, cost
from tests.unit.domain_profile import tried

MORNING = datetime(2027, 3, 1, 8, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
DAYS = (date(2027, 3, 1), date(2027, 3, 2))
LENGTH = timedelta(minutes=45)


def option(quarter: int, price: int) -> Option:
    """Return the option to begin so many quarters into one of two mornings."""
    day, rest = divmod(quarter, 16)
    start = MORNING + day * timedelta(days=1) + rest * QUARTER
    return Option(Interval(start, start + LENGTH), price, (("mentor", DAYS[day]),))


@st.composite
def wants(draw: st.DrawFn, most: int = 4) -> list[Want]:
    """Draw meetings of one mentor, some of which share a mentee too."""
    found = []
    for number in range(draw(st.integers(1, most))):
        quarters = draw(st.lists(st.integers(0, 31), max_size=5, unique=True))
        options = tuple(option(quarter, draw(st.integers(0, 40))) for quarter in quarters)
        people = frozenset({draw(st.sampled_from(("mentor", "mentor", "other"))), f"mentee {number % 3}"})
        found.append(Want(f"pair {number}", people, options, draw(st.sampled_from((0, 15, 20))) * timedelta(minutes=1)))
    return found


ROOM = st.dictionaries(st.sampled_from([("mentor", day) for day in DAYS]), st.integers(1, 2), max_size=2)


def possible(asked: list[Want], found: Assignment, room: dict[Day, int]) -> bool:
    """Say, minute by minute and pair by pair, whether an assignment can be lived."""
    placed = [(want, found[want.name]) for want in asked if want.name in found]
    for (one, mine), (two, theirs) in combinations(placed, 2):
        free = max(one.buffer, two.buffer)
        apart = mine.time.end + free <= theirs.time.start or theirs.time.end + free <= mine.time.start
        if one.people & two.people and not apart:
            return False
    return all(sum(day in choice.days for choice in found.values()) <= left for day, left in room.items())


def every(asked: list[Want], room: dict[Day, int]) -> Iterator[Assignment]:
    """Give every assignment that can be lived."""
    for choice in product(*((*want.options, None) for want in asked)):
        found = {want.name: taken for want, taken in zip(asked, choice, strict=True) if taken is not None}
        if possible(asked, found, room):
            yield found


@given(wants(8), ROOM)
@tried(120)
def test_j1_no_two_meetings_of_a_person_come_too_near_and_no_day_is_too_full(
    asked: list[Want], room: dict[Day, int]
) -> None:
    found = assign(asked, room)
    assert possible(asked, found, room)
    assert all(found[want.name] in want.options for want in asked if want.name in found)


@given(wants(), ROOM)
@tried(120)
def test_j2_for_a_few_meetings_no_other_assignment_is_better(asked: list[Want], room: dict[Day, int]) -> None:
    assert cost(asked, assign(asked, room)) == min(cost(asked, other) for other in every(asked, room))


@given(wants(7), ROOM, st.permutations(range(7)))
@tried(80)
def test_j3_other_names_and_another_order_cost_the_same(
    asked: list[Want], room: dict[Day, int], order: list[int]
) -> None:
    renamed = [replace(want, name=f"pair {order[place]}") for place, want in enumerate(asked)]
    mixed = sorted(renamed, key=lambda want: want.name)
    assert cost(mixed, assign(mixed, room)) == cost(asked, assign(asked, room))
    assert assign(asked[::-1], room) == assign(asked, room)


def test_the_one_with_the_fewest_times_gets_one_and_the_other_moves_aside() -> None:
    scarce = Want("scarce", frozenset({"mentor", "a"}), (option(4, 90),))
    easy = Want("easy", frozenset({"mentor", "b"}), (option(4, 0), option(8, 5)))
    found = assign([easy, scarce])
    assert {name: taken.cost for name, taken in found.items()} == {"scarce": 90, "easy": 5}


def test_a_day_that_takes_one_meeting_takes_one() -> None:
    one, two = (Want(name, frozenset({"mentor", name}), (option(0, 0), option(20, 9))) for name in ("a", "b"))
    assert sorted(taken.cost for taken in assign([one, two], {("mentor", DAYS[0]): 1}).values()) == [0, 9]
    full = {("mentor", day): 1 for day in DAYS}
    third = Want("c", frozenset({"mentor", "c"}), (option(8, 0),))
    assert len(assign([one, two, third], full)) == 2


def test_people_who_share_nobody_may_meet_at_the_same_time() -> None:
    one, two = (Want(name, frozenset({name, f"{name}'s mentee"}), (option(0, 0),)) for name in ("a", "b"))
    assert len(assign([one, two])) == 2


def test_many_meetings_are_still_placed_without_looking_at_every_assignment() -> None:
    asked = [
        Want(f"pair {n:02}", frozenset({"mentor", f"m {n}"}), tuple(option(q, abs(q - n)) for q in range(0, 30, 3)))
        for n in range(12)
    ]
    found = assign(asked)
    assert possible(asked, found, {})
    assert len(found) == 10
