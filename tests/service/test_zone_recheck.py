"""After new rules of time zones every coming meeting is looked at, and its calendar has the last word."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.world import Fault
from domain.by import by_policy
from domain.interval import Interval
from service.rehearsal import rehearsed
from service.zone_recheck import recheck
from tests.service.theatre import MENTEE, MENTOR, Theatre, theatre

HOUR = timedelta(hours=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Theatre]:
    """A pair whose meeting was recorded under rules that have changed since: its clock now means an hour later."""
    with theatre(tmp_path) as stage:
        stage.live_to_booking()
        relationship = stage.relationship
        time = relationship.meeting("1.1").time
        old = Interval(time.start - HOUR, time.end - HOUR)
        relationship.change_rules("1.1", old, "2025.1", by_policy("v1/pins", stage.world.now))
        stage.house.streams.save(relationship, now=stage.world.now)
        yield stage


def test_what_the_calendar_shows_by_the_new_rules_is_recorded_once_and_told_to_both(house: Theatre) -> None:
    (found,) = recheck(house.house)
    assert (found.outcome, found.by_rules - found.was) == ("shifted", HOUR)
    assert recheck(house.house) == ()
    house.live_until(house.world.now + HOUR)
    assert not house.relationship.meeting("1.1").moved_by_hand
    assert [house.mail_kinds(account).count("notice") for account in (MENTOR, MENTEE)] == [1, 1]


def test_a_calendar_that_shows_another_time_is_left_alone(house: Theatre) -> None:
    entry = house.events(MENTOR)[-1]
    house.hands.move(MENTOR, entry.ical_uid, Interval(entry.time.start + 3 * HOUR, entry.time.end + 3 * HOUR))
    before = house.relationship.meeting("1.1").time
    (found,) = recheck(house.house)
    assert (found.outcome, house.relationship.meeting("1.1").time) == ("kept", before)


def test_a_calendar_that_cannot_be_asked_leaves_it_open(house: Theatre) -> None:
    house.world.fail_next("calendar.read", Fault.TRY_LATER)
    (found,) = recheck(house.house)
    assert (found.outcome, found.reason) == ("unknown", "The provider is busy.")


def test_a_rehearsal_records_nothing(house: Theatre) -> None:
    before = house.relationship.meeting("1.1").time
    assert [found.outcome for found in recheck(rehearsed(house.house))] == ["shifted"]
    assert house.relationship.meeting("1.1").time == before


def test_a_meeting_that_has_begun_is_never_touched(house: Theatre) -> None:
    house.world.advance_to(house.relationship.meeting("1.1").time.start)
    house.world.now = house.relationship.meeting("1.1").time.start
    assert recheck(house.house) == ()
