"""The rails: whom mail may reach, how many mails and beginnings there may be, and when the next one may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.rails import Rails, Spent, enough, full, too_new

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("address", "admitted"),
    [
        ("ann@example.net", True),
        ("Ann@Example.NET", True),
        ("bo@example.net", False),
        ("bo@example.org", True),
        ("bo@sub.example.org", False),
        ("bo@notexample.org", False),
        ("example.org", True),
        ("bo@example.org.evil.example", False),
        ("", False),
    ],
)
def test_an_address_is_admitted_by_itself_or_by_its_whole_domain(address: str, admitted: bool) -> None:
    assert Rails(allow=("example.org", "ann@example.net")).admits(address) is admitted


def test_without_a_list_everybody_may_be_reached() -> None:
    assert Rails().admits("anybody@example.com")


def spent(*ago: timedelta) -> Spent:
    left = Spent()
    for age in sorted(ago, reverse=True):
        left = left.with_mail(NOW - age)
    return left


def test_a_minute_lets_no_more_mails_go_than_its_limit_and_the_next_one_when_the_oldest_is_a_minute_old() -> None:
    rails = Rails(mails_per_minute=2)
    assert full(rails, spent(10 * SECOND), NOW) is None
    held = full(rails, spent(50 * SECOND, 10 * SECOND), NOW)
    assert held is not None
    assert held.until == NOW + 10 * SECOND
    assert full(rails, spent(50 * SECOND, 10 * SECOND), held.until) is None


def test_a_day_lets_no_more_mails_go_than_its_limit() -> None:
    rails = Rails(mails_per_day=3)
    left = spent(23 * HOUR, 2 * HOUR, HOUR)
    held = full(rails, left, NOW)
    assert held is not None
    assert "3 mails left within 24 hours" in held.reason
    assert full(rails, left, held.until - SECOND) is not None
    assert full(rails, left, held.until) is None


def test_within_any_24_hours_no_more_mails_leave_than_the_limit_of_a_day() -> None:
    rails, left, now, sent = Rails(mails_per_day=5), Spent(), NOW, list[datetime]()
    while now < NOW + 5 * DAY:
        barred = full(rails, left, now)
        if barred is None:
            left, sent = left.with_mail(now), [*sent, now]
        now = now + 7 * MINUTE if barred is None else max(barred.until, now + SECOND)
    assert len(sent) >= 20
    assert max(sum(1 for at in sent if end - DAY < at <= end) for end in sent) == 5


def test_pairs_begin_no_faster_than_the_limit() -> None:
    rails, left = Rails(new_pairs_per_day=2), Spent().with_pair(NOW - 20 * HOUR).with_pair(NOW - HOUR)
    held = too_new(rails, left, NOW)
    assert held is not None
    assert held.until == NOW + 4 * HOUR
    assert too_new(rails, left, held.until) is None
    assert too_new(Rails(), left, NOW) is None


@pytest.mark.parametrize(
    ("rails", "until"),
    [
        (Rails(mails_per_person_per_day=2), NOW + 14 * HOUR),
        (Rails(mails_per_person_per_week=3), NOW + 4 * DAY),
        (Rails(mails_per_person_per_day=3), None),
        (Rails(), None),
    ],
)
def test_one_person_gets_no_more_mails_than_the_limits(rails: Rails, until: datetime | None) -> None:
    held = enough(rails, [NOW - 3 * DAY, NOW - 10 * HOUR, NOW - HOUR], NOW)
    assert (held.until if held else None) == until


def test_what_lies_in_the_future_after_a_clock_went_back_holds_nothing_up() -> None:
    left = spent(0 * HOUR, 0 * HOUR)
    assert full(Rails(mails_per_minute=1, mails_per_day=1), left, NOW - DAY) is None


def test_no_reason_of_the_rails_holds_an_address() -> None:
    rails = Rails(mails_per_person_per_day=1, mails_per_minute=1, mails_per_day=1, new_pairs_per_day=1)
    left = Spent().with_mail(NOW).with_pair(NOW)
    bars = (full(rails, left, NOW), too_new(rails, left, NOW), enough(rails, [NOW], NOW))
    assert [bar is not None and "@" not in bar.reason and "limit" in bar.reason for bar in bars] == [True] * 3
