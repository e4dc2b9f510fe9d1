"""Instants as they stand in our tables: ISO 8601 in UTC, of one length, so that text order is time order."""

from datetime import UTC, datetime


def stamp(instant: datetime) -> str:
    """Return an aware instant as text such as 2027-02-22T09:00:00.000000Z."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").zfill(26) + "Z"


def instant_of(text: str) -> datetime:
    """Return the instant that a stamp means, in UTC."""
    return datetime.fromisoformat(text)
