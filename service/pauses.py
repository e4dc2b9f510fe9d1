"""How long a piece of work that failed waits before it is tried again."""

from datetime import datetime, timedelta

from domain.errors import TryLater

LONGEST = timedelta(hours=1)
SHORTEST = timedelta(seconds=1)
DOUBLINGS = 8


def pause_after(trouble: Exception, attempts: int, first: timedelta, now: datetime) -> timedelta:
    """Return as long as the provider asks for, else `first` doubled with every attempt, up to an hour."""
    asked = trouble.not_before if isinstance(trouble, TryLater) else None
    if asked is not None:
        return max(asked - now, SHORTEST)
    return min(first * (1 << max(0, min(attempts - 1, DOUBLINGS))), LONGEST)
