"""When the clocks change, the wall clock that the charter pins holds, and the other's moves."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.cadence import one_cadence_later
from domain.charter import Organiser, Role
from domain.hours import at_wall_clock
from tests.unit.domain_cast import DAY, agreed, charter, mentee, mentor
from tests.unit.domain_life import Life

FEBRUARY = datetime(2027, 2, 22, 9, tzinfo=UTC)
PAIRS = {
    "chicago-berlin": ("America/Chicago", "Europe/Berlin", "mon-fri 09:00-17:00", "mon-fri 09:00-18:00"),
    "sydney-early-london": (
        "Australia/Sydney",
        "Europe/London",
        "mon-fri 17:00-21:00",
        "mon-fri 06:00-18:00",
    ),
    "sydney-london": ("Australia/Sydney", "Europe/London", "mon-fri 17:00-21:00", "mon-fri 07:30-10:00"),
}


def twelve_weeks(pair: str, pins: Role) -> Life:
    """Return a quiet pair that lived through the spring of 2027."""
    mentor_zone, mentee_zone, mentor_hours, mentee_hours = PAIRS[pair]
    terms = charter(mentor_hours=mentor_hours, mentee_hours=mentee_hours, pins=pins, organiser=Organiser.SERVICE)
    life = Life(agreed(terms), mentor(mentor_zone), mentee(mentee_zone), now=FEBRUARY)
    life.live_until(FEBRUARY + 84 * DAY)
    return life


def clocks(life: Life, zone: str) -> list[str]:
    """Return what a clock in that zone shows at the start of each meeting, in order."""
    info = ZoneInfo(zone)
    return [m.time.start.astimezone(info).strftime("%H:%M") for m in life.relationship.meetings.items]


@pytest.mark.parametrize(
    ("pair", "pins"),
    [("chicago-berlin", Role.MENTOR), ("chicago-berlin", Role.MENTEE), ("sydney-early-london", Role.MENTOR)],
)
def test_the_pinned_wall_clock_holds_and_the_others_moves(pair: str, pins: Role) -> None:
    life = twelve_weeks(pair, pins)
    zones = {Role.MENTOR: PAIRS[pair][0], Role.MENTEE: PAIRS[pair][1]}
    assert len(life.relationship.meetings.items) >= 6
    assert {m.zone for m in life.relationship.meetings.items} == {zones[pins]}
    assert len(set(clocks(life, zones[pins]))) == 1
    assert len(set(clocks(life, zones[pins.other]))) > 1


def test_berlin_meets_chicago_an_hour_earlier_between_the_american_and_the_european_change() -> None:
    life = twelve_weeks("chicago-berlin", Role.MENTOR)
    assert clocks(life, "America/Chicago") == ["09:00"] * 7
    assert clocks(life, "Europe/Berlin") == ["16:00", "16:00", "15:00", "16:00", "16:00", "16:00", "16:00"]


def test_london_meets_sydney_later_after_the_european_and_later_again_after_the_australian_change() -> None:
    life = twelve_weeks("sydney-early-london", Role.MENTOR)
    assert clocks(life, "Australia/Sydney") == ["20:00"] * 7
    assert clocks(life, "Europe/London") == ["09:00", "09:00", "09:00", "11:00", "11:00", "11:00", "11:00"]


@pytest.mark.parametrize("pins", list(Role))
def test_where_the_pinned_time_no_longer_suits_both_the_nearest_that_does_is_taken(pins: Role) -> None:
    life = twelve_weeks("sydney-london", pins)
    assert all("17:00" <= clock <= "20:15" for clock in clocks(life, "Australia/Sydney"))
    assert all("07:30" <= clock <= "09:15" for clock in clocks(life, "Europe/London"))
    assert len(life.relationship.meetings.items) == 7


def test_sydneys_evening_becomes_earlier_when_londons_morning_is_over() -> None:
    life = twelve_weeks("sydney-london", Role.MENTOR)
    assert clocks(life, "Australia/Sydney") == ["20:00"] * 3 + ["18:15"] * 4
    assert clocks(life, "Europe/London") == ["09:00"] * 3 + ["09:15"] * 4


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("America/Chicago", "2027-03-10T15:00", "2027-03-24T14:00"),
        ("Europe/Berlin", "2027-03-22T08:00", "2027-04-05T07:00"),
        ("Australia/Sydney", "2027-03-30T06:00", "2027-04-13T07:00"),
        ("Asia/Kathmandu", "2027-03-22T03:15", "2027-04-05T03:15"),
        ("Australia/Lord_Howe", "2027-03-30T22:00", "2027-04-13T22:30"),
    ],
)
def test_a_cadence_counts_days_on_the_wall_and_not_hours(zone: str, before: str, after: str) -> None:
    anchor = datetime.fromisoformat(before).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert one_cadence_later(anchor, charter(), zone) == expected


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("2027-03-14T02:30", "2027-03-14T08:30"),
        ("2027-11-07T01:30", "2027-11-07T06:30"),
        ("2027-06-01T09:00", "2027-06-01T14:00"),
    ],
)
def test_a_time_that_does_not_exist_comes_later_and_one_that_comes_twice_is_the_first(wall: str, instant: str) -> None:
    local = datetime.fromisoformat(wall)
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert at_wall_clock(local, local, "America/Chicago") == expected
