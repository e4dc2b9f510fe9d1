"""Which relationships take one of a mentor's places, and what is refused when none is left."""

from datetime import timedelta

import pytest

from domain.capacity import LONG_PAUSE, NoPlace, capacity_in, refuse_beyond, takes_place
from domain.errors import BadInput
from domain.relationship_state import Status
from tests.unit.domain_cast import BEGINNING, HOUR, by_cli, mentor

TAKE = {Status.REQUESTED, Status.ACCEPTED, Status.AGREED}


@pytest.mark.parametrize("status", list(Status))
def test_what_was_asked_for_or_runs_takes_a_place_and_what_is_over_or_a_contact_does_not(status: Status) -> None:
    assert takes_place(status, (None, None), BEGINNING) is (status in TAKE)


@pytest.mark.parametrize(("ago", "takes"), [(LONG_PAUSE - HOUR, True), (LONG_PAUSE, False)])
def test_two_who_have_been_away_for_long_take_none(ago: timedelta, takes: bool) -> None:
    for pauses in ((BEGINNING - ago, None), (None, BEGINNING - ago)):
        assert takes_place(Status.AGREED, pauses, BEGINNING) is takes


def test_one_more_than_the_capacity_is_refused_with_a_way_out_and_without_a_limit_nobody_is() -> None:
    refuse_beyond(None, 1_000)
    refuse_beyond(2, 1)
    with pytest.raises(NoPlace) as caught:
        refuse_beyond(2, 2)
    assert "takes 2, and has 2" in caught.value.problem
    assert "--capacity" in caught.value.remedy


@pytest.mark.parametrize(("text", "capacity"), [("3", 3), (" 0 ", 0), ("none", None), ("None", None)])
def test_a_capacity_is_a_number_or_none(text: str, capacity: int | None) -> None:
    assert capacity_in(text) == capacity


@pytest.mark.parametrize("text", ["", "-1", "two", "1.5", "9999"])
def test_anything_else_is_no_capacity(text: str) -> None:
    with pytest.raises(BadInput, match="not understood"):
        capacity_in(text)


def test_a_capacity_is_recorded_when_it_is_new_and_a_pause_since_when_it_is() -> None:
    person = mentor()
    person.take_mentees(2, by_cli())
    person.take_mentees(2, by_cli())
    assert person.capacity == 2
    person.take_mentees(None, by_cli())
    assert [type(event).__name__ for event in person.pending_events] == ["Registered", "CapacitySet", "CapacitySet"]
    person.pause(by_cli(BEGINNING + HOUR))
    assert person.paused_since == BEGINNING + HOUR
    person.resume(by_cli())
    assert person.paused_since is None
