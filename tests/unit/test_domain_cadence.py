"""When the next meeting is meant to be: days, the same weekday of the month, the same date, and months too short."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import next_target
from domain.charter import Charter, Rhythm
from tests.unit.domain_cast import charter
from tests.unit.domain_profile import tried

BERLIN = ZoneInfo("Europe/Berlin")
MONTH = {"cadence_days": 30}


def at_ten(day: str) -> datetime:
    """Return ten o'clock in Berlin on that day, as an instant."""
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=BERLIN).astimezone(UTC)


def next_day(terms: Charter, *days: str) -> str:
    """Return the local day of the next meeting after meetings on these days, always at ten."""
    found = next_target([at_ten(day) for day in days], terms, "Europe/Berlin").astimezone(BERLIN)
    assert (found.hour, found.minute) == (10, 0)
    return found.date().isoformat()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2027-01-15",), "2027-02-15"),
        (("2027-01-31",), "2027-02-28"),
        (("2027-01-31", "2027-02-28"), "2027-03-31"),
        (("2027-01-30", "2027-02-28", "2027-03-30"), "2027-04-30"),
        (("2028-01-31",), "2028-02-29"),
        (("2027-01-31", "2027-02-26"), "2027-03-26"),
        (("2027-12-31",), "2028-01-31"),
    ],
)
def test_the_same_date_every_month_is_clipped_and_returns_to_what_was_meant(
    days: tuple[str, ...], expected: str
) -> None:
    assert next_day(charter(rhythm=Rhythm.MONTHLY_DATE, **MONTH), *days) == expected


def test_the_leap_day_every_year_is_the_last_of_february_and_the_leap_day_again() -> None:
    terms = charter(rhythm=Rhythm.MONTHLY_DATE, cadence_days=366)
    days = ["2028-02-29"]
    for _ in range(4):
        days.append(next_day(terms, *days))
    assert days[1:] == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2027-01-12",), "2027-02-09"),
        (("2027-01-05",), "2027-02-02"),
        (("2027-03-30",), "2027-04-27"),
        (("2027-03-30", "2027-04-27"), "2027-05-25"),
        (("2027-03-30", "2027-04-27", "2027-05-25"), "2027-06-29"),
        (("2027-03-30", "2027-04-22"), "2027-05-27"),
    ],
)
def test_the_same_weekday_of_the_month_takes_the_last_where_there_is_no_fifth(
    days: tuple[str, ...], expected: str
) -> None:
    assert next_day(charter(rhythm=Rhythm.MONTHLY_WEEKDAY, **MONTH), *days) == expected


def test_a_quarter_is_three_months_and_days_are_days() -> None:
    assert next_day(charter(rhythm=Rhythm.MONTHLY_DATE, cadence_days=91), "2027-01-31") == "2027-04-30"
    assert next_day(charter(cadence_days=14), "2027-01-01", "2027-03-20") == "2027-04-03"


@given(st.dates(date(2026, 1, 1), date(2036, 12, 31)), st.integers(1, 12), st.sampled_from(list(Rhythm)))
@tried(100)
def test_whatever_the_rhythm_the_next_meeting_is_later_and_at_most_a_month_off(
    day: date, months: int, rhythm: Rhythm
) -> None:
    terms = charter(rhythm=rhythm, cadence_days=30 * months)
    found = date.fromisoformat(next_day(terms, day.isoformat()))
    assert abs((found - day).days - 30 * months) <= 7 + months
    if rhythm is Rhythm.MONTHLY_WEEKDAY:
        assert found.weekday() == day.weekday()
