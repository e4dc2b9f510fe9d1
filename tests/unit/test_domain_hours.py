"""Weekly hours: what parses, what does not, and what they mean when the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadInput
from domain.hours import HoursWindow, offset_regimes, parse_hours, working_time
from domain.interval import Interval
from tests.unit.domain_oracle import minutes_of, runs, works_at
from tests.unit.domain_profile import tried

WEEK = (0, 1, 2, 3, 4, 5, 6)
ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "America/Adak",
    "America/Asuncion",
    "America/Caracas",
    "America/Chicago",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Miquelon",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Calcutta",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",
)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("mon-fri 09:00-17:00", [((0, 1, 2, 3, 4), 540, 1020)]),
        ("MON 9:00-17:30", [((0,), 540, 1050)]),
        ("mon,wed,sun 00:00-24:00", [((0, 2, 6), 0, 1440)]),
        ("fri-mon 10:00-12:00", [((0, 4, 5, 6), 600, 720)]),
        ("sat 22:00-02:00", [((5,), 1320, 1560)]),
        ("sat 22:00-00:00", [((5,), 1320, 1440)]),
        ("mon 09:00-12:00; tue 13:00-17:00 ;", [((0,), 540, 720), ((1,), 780, 1020)]),
        ("mon-sun,tue 06:00-07:00", [(WEEK, 360, 420)]),
        ("Mo-Fr 9-17", [((0, 1, 2, 3, 4), 540, 1020)]),
        ("mon\u2013fri 09:00\u201317:00", [((0, 1, 2, 3, 4), 540, 1020)]),
        ("Monday - Thurs, Sat  9.30 \u2014 17", [((0, 1, 2, 3, 5), 570, 1020)]),
        ("tue 22-2", [((1,), 1320, 1560)]),
    ],
)
def test_hours_parse(text: str, windows: list[tuple[tuple[int, ...], int, int]]) -> None:
    assert parse_hours(text) == tuple(HoursWindow(*window) for window in windows)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ; ",
        "always",
        "mon",
        "09:00-17:00",
        "mon 09:00",
        "9-17",
        "mon 09:00-25:00",
        "mon 24:30-25:00",
        "mon 09:60-17:00",
        "mon 09:00-24:01",
        "mon 09:00-09:00",
        "mon 24:00-00:00",
        "mon 00:00-00:00",
        "foo 09:00-17:00",
        "mon- 09:00-17:00",
        "-mon 09:00-17:00",
        "mon-xyz 09:00-17:00",
        "mon,, 09:00-17:00",
        "mon-tue-wed 09:00-17:00",
        "mond 9 17",
        "mondays 09:00-17:00",
        "m 09:00-17:00",
        "mon 9-12, 14-17",
        "mon 9-25",
        "mon 09:00-17:00 tue 09:00-17:00",
        "mon 09:00-17:00; never",
        "mon --9:00-17:00",
    ],
)
def test_hours_that_mean_nothing_are_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_hours(text)
    assert caught.value.remedy


def test_of_hours_without_a_day_it_is_said_that_the_day_is_missing() -> None:
    with pytest.raises(BadInput, match="'9-17' name no day"):
        parse_hours("mon 8-9; 9-17")


@given(st.text(alphabet="monfrisat 0123456789:;,.-\u2013", max_size=30))
@tried(150)
def test_no_text_makes_the_parser_fail_otherwise(text: str) -> None:
    try:
        windows = parse_hours(text)
    except BadInput:
        return
    assert all(0 <= w.start < w.end <= w.start + 24 * 60 and w.days for w in windows)


def utc(text: str) -> datetime:
    """Return an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours", "window", "expected"),
    [
        (
            "America/New_York",
            "sun 01:30-03:30",
            ("2027-03-14T00:00", "2027-03-15T00:00"),
            [("2027-03-14T06:30", "2027-03-14T07:30")],
        ),
        (
            "Europe/London",
            "sun 00:30-02:30",
            ("2027-03-28T00:00", "2027-03-28T12:00"),
            [("2027-03-28T00:30", "2027-03-28T01:30")],
        ),
        (
            "America/New_York",
            "sun 01:00-02:00",
            ("2027-11-07T00:00", "2027-11-08T00:00"),
            [("2027-11-07T05:00", "2027-11-07T07:00")],
        ),
        (
            "Australia/Lord_Howe",
            "sun 01:30-02:30",
            ("2027-10-02T00:00", "2027-10-04T00:00"),
            [("2027-10-02T15:00", "2027-10-02T15:30")],
        ),
        (
            "Europe/Berlin",
            "sat 22:00-02:00",
            ("2027-01-02T00:00", "2027-01-04T00:00"),
            [("2027-01-02T21:00", "2027-01-03T01:00")],
        ),
        (
            "Asia/Kathmandu",
            "fri 23:00-24:00; sat 00:00-01:00",
            ("2027-01-01T00:00", "2027-01-03T00:00"),
            [("2027-01-01T17:15", "2027-01-01T19:15")],
        ),
    ],
)
def test_working_time_at_known_places(
    zone: str, hours: str, window: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    found = working_time(hours, zone, Interval(utc(window[0]), utc(window[1])))
    assert found == [Interval(utc(low), utc(high)) for low, high in expected]


def transitions(zone: str) -> list[datetime]:
    """Return every instant of 2026 to 2028 at which the zone's offset changes, found by looking every half hour."""
    info, out = ZoneInfo(zone), []
    instant, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    offset = instant.astimezone(info).utcoffset()
    while instant < end:
        instant += timedelta(minutes=30)
        if instant.astimezone(info).utcoffset() != offset:
            out.append(instant)
            offset = instant.astimezone(info).utcoffset()
    return out


@pytest.mark.parametrize("zone", ZONES)
def test_working_time_is_the_wall_clocks_around_every_change_of_three_years(zone: str) -> None:
    info, hours = ZoneInfo(zone), "mon-sun 00:20-02:10; mon-sun 02:40-03:05; sat-sun 23:10-24:00; sun 22:30-00:05"
    windows = parse_hours(hours)
    for change in transitions(zone) or [datetime(2027, 3, 28, 1, tzinfo=UTC)]:
        window = Interval(change - timedelta(hours=5), change + timedelta(hours=4))
        worked = [minute for minute in minutes_of(window) if works_at(windows, minute, info)]
        assert working_time(hours, zone, window) == runs(worked), change


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo"])
def test_the_stretches_of_constant_offset_tile_the_window(zone: str) -> None:
    window = Interval(utc("2027-01-01T00:00"), utc("2028-01-01T00:00"))
    stretches = offset_regimes(zone, window)
    assert stretches[0][0].start == window.start
    assert stretches[-1][0].end == window.end
    for (one, _), (two, _) in pairwise(stretches):
        assert one.end == two.start
    changes = [t for t in transitions(zone) if window.start < t < window.end]
    assert [one.end for one, _ in stretches[:-1]] == changes


def test_an_empty_window_holds_no_working_time() -> None:
    now = utc("2027-01-01T00:00")
    assert working_time("mon-sun 00:00-24:00", "Asia/Tokyo", Interval(now, now)) == []
