"""Instants as text, the same way in every document."""

from datetime import UTC, date, datetime, time, timedelta

from domain.errors import BadInput


def zulu(instant: datetime) -> str:
    """Return a UTC instant as ISO 8601 with Z."""
    return instant.isoformat().replace("+00:00", "Z")


def instant_meant(text: str) -> tuple[datetime, date | None]:
    """Return the UTC instant that a person typed: an instant with its offset, or a day, which is meant to its end.

    A day ends with the next midnight in UTC and is returned too. BadInput for anything else.
    """
    try:
        if len(text) == len("2027-03-01"):
            day = date.fromisoformat(text)
            return datetime.combine(day + timedelta(days=1), time(), UTC), day
        instant = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        instant = None
    if instant is None or instant.tzinfo is None:
        raise BadInput(
            f"'{text}' is neither a day nor an instant with its offset.",
            "Give a day such as 2027-03-01, or an instant such as 2027-03-01T09:00Z.",
        )
    return instant.astimezone(UTC), None
