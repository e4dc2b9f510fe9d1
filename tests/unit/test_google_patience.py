"""Google's accounts that ask for patience are not asked before; a use limit of the day is waited for by hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.google.access import GoogleAccess
from adapters.google.calendar import GoogleCalendar
from adapters.google.client import BUDGET
from adapters.google.connect import google_calendar
from domain.errors import TryLater
from tests.unit.google_office import ANNA, NOW, Office, google_office

HOUR = timedelta(hours=1)


class Hand:
    """A clock that the test moves."""

    time = NOW

    def now(self) -> datetime:
        return self.time

    def wait_until(self, due: datetime) -> tuple[str, ...]:
        return ()


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def office() -> Iterator[Office]:
    with google_office() as opened:
        yield opened


@pytest.fixture
def calendar(office: Office, tmp_path: Path, clock: Hand) -> GoogleCalendar:
    token = tmp_path / "token"
    token.write_text("sesame\n")
    return google_calendar(GoogleAccess(office.url, token_file=token), office.transport, clock)


def later(calendar: GoogleCalendar, account: str = ANNA) -> datetime | None:
    with pytest.raises(TryLater) as caught:
        calendar.read(account, "e1")
    return caught.value.not_before


@pytest.mark.parametrize(
    ("status", "reason", "pause"),
    [
        (403, "rateLimitExceeded", timedelta(seconds=5)),
        (403, "userRateLimitExceeded", timedelta(seconds=5)),
        (429, "rateLimitExceeded", timedelta(seconds=5)),
        (403, "quotaExceeded", HOUR),
        (403, "dailyLimitExceeded", HOUR),
    ],
)
def test_an_account_that_asked_for_patience_is_not_asked_again_before(
    office: Office, calendar: GoogleCalendar, clock: Hand, status: int, reason: str, pause: timedelta
) -> None:
    office.will_refuse(status, reason)
    assert [later(calendar), later(calendar)] == [NOW + pause] * 2
    assert len(office.asked) == 1
    office.will_refuse(404, "notFound").will_refuse(404, "notFound")
    assert calendar.read("ben@example.net", "e1") is None
    clock.time += pause
    assert calendar.read(ANNA, "e1") is None


def test_a_use_limit_that_stays_is_asked_about_ever_less(office: Office, calendar: GoogleCalendar, clock: Hand) -> None:
    pauses = []
    for _ in range(4):
        office.will_refuse(403, "quotaExceeded")
        until = later(calendar)
        assert until is not None
        pauses.append((until - clock.time) // HOUR)
        clock.time = until
    assert pauses == [1, 2, 4, 8]


def test_the_budget_is_googles_own() -> None:
    assert (BUDGET.requests, BUDGET.per) == (600, timedelta(minutes=1))
