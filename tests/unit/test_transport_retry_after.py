"""Retry-After in its two forms, and in the forms that are none."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from adapters.transport import retry_after

NOW = datetime(2027, 2, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("0", timedelta(0)),
        ("1", timedelta(seconds=1)),
        (" 600 ", timedelta(minutes=10)),
        ("Mon, 22 Feb 2027 09:02:00 GMT", timedelta(minutes=2)),
        ("Monday, 22-Feb-27 09:02:00 GMT", timedelta(minutes=2)),
        ("Mon Feb 22 09:02:00 2027", timedelta(minutes=2)),
        ("Mon, 22 Feb 2027 10:02:00 +0100", timedelta(minutes=2)),
        ("Mon, 22 Feb 2027 08:00:00 GMT", timedelta(0)),
        ("Wed, 24 Feb 2027 09:00:00 GMT", timedelta(days=1)),
        ("9999999999999999999999", timedelta(days=1)),
    ],
)
def test_a_wait_is_counted_from_now_and_lasts_at_most_a_day(text: str, wait: timedelta) -> None:
    assert retry_after({"Retry-After": text}, NOW) == NOW + wait


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "Mon, 99 Feb 2027 09:00:00 GMT", "٣"])
def test_what_cannot_be_read_says_nothing(text: str) -> None:
    assert retry_after({"Retry-After": text}, NOW) is None


def test_no_header_says_nothing_and_its_name_has_no_case() -> None:
    assert retry_after(httpx.Headers(), NOW) is None
    assert retry_after(httpx.Headers({"retry-after": "5"}), NOW) == NOW + timedelta(seconds=5)
