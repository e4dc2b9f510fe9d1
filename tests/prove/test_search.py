"""E4 and J2 with thousands of examples: the search and the joint choice against trying everything."""

from hypothesis import given

from domain.joint import Day, Want, assign, cost
from domain.slots import Availability, Search, find_slots
from tests.unit.domain_oracle import starts_by_hand
from tests.unit.domain_profile import tried
from tests.unit.slots_drawing import full_searches, searches
from tests.unit.test_domain_joint import ROOM, every, wants


@given(full_searches())
@tried(2_000)
def test_e4_everything_that_may_be_said_is_searched_exactly(
    drawn: tuple[Search, tuple[Availability, Availability]],
) -> None:
    assert list(find_slots(*drawn).starts) == starts_by_hand(*drawn)


@given(searches())
@tried(1_000)
def test_e4_plain_searches_are_exact(drawn: tuple[Search, tuple[Availability, Availability]]) -> None:
    assert list(find_slots(*drawn).starts) == starts_by_hand(*drawn)


@given(wants(), ROOM)
@tried(2_000)
def test_j2_no_other_assignment_is_better(asked: list[Want], room: dict[Day, int]) -> None:
    assert cost(asked, assign(asked, room)) == min(cost(asked, other) for other in every(asked, room))
