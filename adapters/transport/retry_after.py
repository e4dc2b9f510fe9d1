"""Reads the Retry-After header (RFC 9110, section 10.2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A provider that asks for more patience is asked again daily, so that a nonsensical value cannot silence a
# mailbox.
LONGEST = timedelta(days=1)


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the instant (UTC) before which not to ask again, or None when the header is absent or
    unreadable.

    Both forms count: seconds from `now`, and an HTTP-date; never before `now` and at most a day after it.
    """
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=min(int(text[:9]), 10**8)), LONGEST)
    moment = _http_date(text)
    return None if moment is None else min(max(moment, now), now + LONGEST)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # An HTTP-date is in GMT also where the old forms do not say so.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
