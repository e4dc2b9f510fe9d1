"""The one place where Google's errors become ours."""

import json
from datetime import datetime, timedelta

from googleapiclient.errors import HttpError

from adapters.transport import retry_after
from adapters.transport.patience import FIRST
from domain.errors import (
    Broken,
    CursorExpired,
    Doubtful,
    MentorsyncError,
    NoAccess,
    NoMailbox,
    NotSignedIn,
    Refused,
    TryLater,
)

# "Handle API errors" of the Calendar and Gmail guides: the same trouble comes as 403 or as 429.
_RATE = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
# Use limits of a whole day; the guides ask not to hammer on them.
_QUOTA = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_QUOTA_PAUSE = timedelta(hours=1)

_NOTHING_TO_DO = "Nothing to do: it is tried again."


def ours(error: HttpError, *, write: bool, now: datetime) -> MentorsyncError:
    """Say whose move is next; `write` means that the request may have changed something although it failed."""
    status, reason = int(error.status_code), reason_of(error)
    if reason in _RATE or reason in _QUOTA or status == 429:
        return TryLater("Google asks for patience.", _NOTHING_TO_DO, _when(error, reason, now))
    if status >= 500:
        return lost_answer() if write else TryLater("Google is not well.", _NOTHING_TO_DO, _when(error, reason, now))
    return _no(status, reason)


def throttled(error: HttpError) -> timedelta | None:
    """Return how long to leave the account alone at least, when it asks for patience; else None."""
    reason = reason_of(error)
    if reason in _QUOTA:
        return _QUOTA_PAUSE
    return FIRST if reason in _RATE or int(error.status_code) == 429 else None


def _no(status: int, reason: str) -> MentorsyncError:
    if reason == "fullSyncRequired" or status == 410:
        return CursorExpired("Google forgot the cursor.", "A full read follows by itself.")
    if status == 412:
        return Refused("The event changed meanwhile.", "Look at the calendar and decide again.")
    if status == 401:
        return NotSignedIn(
            "Google refuses the credential.", "Check the credential under [google]; it may have expired."
        )
    if status == 403:
        return NoAccess("Google refuses access to an account.", "Renew the consent and check the scopes.")
    if status == 404:
        return NoMailbox("Google knows no such account or entry.", "Check the person's address.")
    return Broken(f"Google refuses a request (HTTP {status}, {reason}).", "Look at the log and report it.")


def lost_answer() -> Doubtful:
    """Return the error for a write whose outcome cannot be told from the answer."""
    return Doubtful("The answer to a write was lost.", "Nothing to do: it is looked up before anything else is tried.")


def unreadable(*, write: bool) -> MentorsyncError:
    """Return the error for an answer that is not JSON although it says that all is well."""
    return lost_answer() if write else TryLater("Google's answer is not complete.", _NOTHING_TO_DO)


def gone(error: HttpError) -> bool:
    """Say whether the thing asked for is not there: never was (404), or was and is deleted (410)."""
    return int(error.status_code) in (404, 410) and reason_of(error) != "fullSyncRequired"


def taken(error: HttpError) -> bool:
    """Say whether an event with the id of our choice exists already, perhaps deleted (409, reason duplicate)."""
    return int(error.status_code) == 409


def reason_of(error: HttpError) -> str:
    """Return Google's word for the error ("rateLimitExceeded" …), or an empty text."""
    try:
        told = json.loads(error.content)["error"]
    except (ValueError, TypeError, KeyError):
        return ""
    # The SDK shows one of the two lists and prefers the newer, whose words are written otherwise.
    reason = next((_reason(told, key) for key in ("errors", "details") if _reason(told, key)), "")
    first, *rest = reason.lower().split("_")
    return first + "".join(word.capitalize() for word in rest) if reason.isupper() else reason


def _reason(told: object, key: str) -> str:
    found = told.get(key) if isinstance(told, dict) else None
    items = found if isinstance(found, list) else []
    return next((str(item["reason"]) for item in items if isinstance(item, dict) and item.get("reason")), "")


def _when(error: HttpError, reason: str, now: datetime) -> datetime | None:
    headers = {str(name).title(): str(value) for name, value in error.resp.items()}
    asked = retry_after(headers, now)
    return now + _QUOTA_PAUSE if asked is None and reason in _QUOTA else asked
