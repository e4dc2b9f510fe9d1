"""Instants as text, the same way in every document."""

from datetime import datetime


def zulu(instant: datetime) -> str:
    """Return a UTC instant as ISO 8601 with Z."""
    return instant.isoformat().replace("+00:00", "Z")
