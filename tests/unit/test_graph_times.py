"""Graph's wall clocks and zone names become instants, and instants become wall clocks."""

from datetime import UTC, datetime

import pytest
from tzlocal.windows_tz import win_tz

from adapters.graph.times import day_span, instant, stamp, utc_text, wall_clock, zone_of
from domain.errors import Broken
from domain.interval import Interval
from tests.unit.graph_office import at


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "zone", "moment"),
    [
        ("2027-03-14T09:00:00", "UTC", "2027-03-14T09:00"),
        ("2027-03-12T09:00:00", "Central Standard Time", "2027-03-12T15:00"),
        ("2027-03-15T09:00:00", "Central Standard Time", "2027-03-15T14:00"),
        ("2027-03-29T09:00:00", "W. Europe Standard Time", "2027-03-29T07:00"),
        ("2027-03-29T09:00:00", "Europe/Berlin", "2027-03-29T07:00"),
        ("2027-04-05T09:00:00", "AUS Eastern Standard Time", "2027-04-04T23:00"),
    ],
)
def test_a_wall_clock_is_read_in_its_zone_whoever_named_it(clock: str, zone: str, moment: str) -> None:
    assert instant(at(clock, zone)) == utc(moment)


def test_every_zone_of_windows_is_one_that_the_pinned_rules_know() -> None:
    unknown = [name for name in win_tz if zone_of(name) is None]
    assert len(win_tz) > 130
    assert unknown == []


@pytest.mark.parametrize(
    "zone", ["tzone://Microsoft/Custom", "Customized Time Zone", "Local", "", "../etc", "/etc/passwd"]
)
def test_an_unknown_zone_is_never_guessed(zone: str) -> None:
    with pytest.raises(Broken):
        instant(at("2027-03-14T09:00:00", zone))


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2027-03-14T09:00:00.0000000", 0),
        ("2027-03-14T09:00:00.1234567", 123456),
        ("2027-03-14T09:00:00.5", 500000),
        ("2027-03-14T09:00:00", 0),
        ("2027-03-14T09:00:00Z", 0),
    ],
)
def test_any_number_of_decimals_is_read(text: str, microsecond: int) -> None:
    assert wall_clock({"dateTime": text}) == datetime(2027, 3, 14, 9, 0, 0, microsecond)  # noqa: DTZ001


def test_an_all_day_event_lasts_from_midnight_to_midnight_where_it_was_made() -> None:
    span = day_span(at("2027-03-14T00:00:00"), at("2027-03-15T00:00:00"), "Central Standard Time")
    # The American clock change makes this day 23 hours long.
    assert span == Interval(utc("2027-03-14T06:00"), utc("2027-03-15T05:00"))


@pytest.mark.parametrize("zone", [None, "", "tzone://Microsoft/Custom"])
def test_an_all_day_event_of_unknown_zone_covers_its_day_everywhere_on_earth(zone: str | None) -> None:
    span = day_span(at("2027-03-14T00:00:00"), at("2027-03-15T00:00:00"), zone)
    assert span == Interval(utc("2027-03-13T10:00"), utc("2027-03-15T12:00"))


def test_an_all_day_event_that_was_converted_already_is_taken_as_it_is() -> None:
    span = day_span(at("2027-03-12T06:00:00"), at("2027-03-13T06:00:00"), "Central Standard Time")
    assert span == Interval(utc("2027-03-12T06:00"), utc("2027-03-13T06:00"))


@pytest.mark.parametrize(
    ("moment", "zone", "written"),
    [
        ("2027-03-12T15:00", "America/Chicago", ("2027-03-12T09:00:00", "America/Chicago")),
        ("2027-03-15T14:00", "America/Chicago", ("2027-03-15T09:00:00", "America/Chicago")),
        ("2027-10-31T00:30", "Europe/Berlin", ("2027-10-31T02:30:00", "Europe/Berlin")),
        # The second 02:30 of that night cannot be said as a wall clock.
        ("2027-10-31T01:30", "Europe/Berlin", ("2027-10-31T01:30:00", "UTC")),
    ],
)
def test_a_moment_is_written_so_that_it_reads_back_as_itself(moment: str, zone: str, written: tuple[str, str]) -> None:
    assert stamp(utc(moment), zone) == written
    assert instant({"dateTime": written[0], "timeZone": written[1]}) == utc(moment)


def test_query_parameters_are_in_utc_with_whole_seconds() -> None:
    assert utc_text(datetime.fromisoformat("2027-03-29T09:00:00.250+02:00")) == "2027-03-29T07:00:00Z"
