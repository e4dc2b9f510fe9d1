"""Google's errors and what they mean to us, pair by pair."""

import json
from datetime import UTC, datetime, timedelta

import httplib2
import pytest
from googleapiclient.errors import HttpError

from adapters.google.errors import gone, ours, reason_of, taken, unreadable
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

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def error(status: int, reason: str = "", **headers: str) -> HttpError:
    """Return an error as Google's SDK raises it."""
    details = [{"domain": "global", "reason": reason, "message": "No."}] if reason else []
    body = {"error": {"code": status, "message": "No.", "errors": details}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = httplib2.Response({"status": str(status), **named})
    return HttpError(answer, json.dumps(body).encode(), uri="https://calendar.example/anna@example.org")


@pytest.mark.parametrize(
    ("status", "reason", "on_read", "on_write"),
    [
        (403, "rateLimitExceeded", TryLater, TryLater),
        (429, "rateLimitExceeded", TryLater, TryLater),
        (403, "userRateLimitExceeded", TryLater, TryLater),
        (429, "userRateLimitExceeded", TryLater, TryLater),
        (429, "", TryLater, TryLater),
        (403, "quotaExceeded", TryLater, TryLater),
        (403, "dailyLimitExceeded", TryLater, TryLater),
        (500, "backendError", TryLater, Doubtful),
        (502, "", TryLater, Doubtful),
        (503, "backendError", TryLater, Doubtful),
        (504, "", TryLater, Doubtful),
        (401, "authError", NotSignedIn, NotSignedIn),
        (403, "forbidden", NoAccess, NoAccess),
        (403, "forbiddenForServiceAccounts", NoAccess, NoAccess),
        (403, "insufficientPermissions", NoAccess, NoAccess),
        (404, "notFound", NoMailbox, NoMailbox),
        (400, "invalid", Broken, Broken),
        (410, "fullSyncRequired", CursorExpired, CursorExpired),
        (410, "updatedMinTooLongAgo", CursorExpired, CursorExpired),
        (410, "", CursorExpired, CursorExpired),
        (412, "conditionNotMet", Refused, Refused),
    ],
)
def test_each_error_of_google_has_one_meaning(
    status: int, reason: str, on_read: type[MentorsyncError], on_write: type[MentorsyncError]
) -> None:
    assert type(ours(error(status, reason), write=False, now=NOW)) is on_read
    assert type(ours(error(status, reason), write=True, now=NOW)) is on_write


@pytest.mark.parametrize(
    ("status", "reason", "headers", "not_before"),
    [
        (429, "rateLimitExceeded", {"Retry_After": "90"}, NOW + timedelta(seconds=90)),
        (429, "rateLimitExceeded", {"retry_after": "90"}, NOW + timedelta(seconds=90)),
        (429, "rateLimitExceeded", {"Retry_After": "Mon, 01 Mar 2027 08:05:00 GMT"}, NOW + timedelta(minutes=5)),
        (429, "rateLimitExceeded", {}, None),
        (503, "backendError", {"Retry_After": "7"}, NOW + timedelta(seconds=7)),
        (403, "quotaExceeded", {}, NOW + HOUR),
        (403, "quotaExceeded", {"Retry_After": "7"}, NOW + timedelta(seconds=7)),
    ],
)
def test_the_provider_says_when_to_come_back(
    status: int, reason: str, headers: dict[str, str], not_before: datetime | None
) -> None:
    found = ours(error(status, reason, **headers), write=False, now=NOW)
    assert isinstance(found, TryLater)
    assert found.not_before == not_before


@pytest.mark.parametrize(
    ("status", "reason", "is_gone"),
    [
        (404, "notFound", True),
        (410, "deleted", True),
        (410, "fullSyncRequired", False),
        (403, "forbidden", False),
    ],
)
def test_gone_is_what_is_not_there(status: int, reason: str, is_gone: bool) -> None:
    assert gone(error(status, reason)) is is_gone


def test_an_id_is_taken_exactly_on_a_conflict() -> None:
    assert taken(error(409, "duplicate"))
    assert not taken(error(412, "conditionNotMet"))


@pytest.mark.parametrize("legacy", [[{"domain": "usageLimits", "reason": "rateLimitExceeded"}], []])
def test_a_rate_limit_told_in_the_newer_form_too_is_one(legacy: list[dict[str, str]]) -> None:
    details = [
        {"@type": "type.googleapis.com/google.rpc.Help", "links": []},
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED"},
    ]
    body = {"error": {"code": 403, "message": "No.", "errors": legacy, "details": details}}
    found = HttpError(httplib2.Response({"status": "403"}), json.dumps(body).encode())
    assert isinstance(ours(found, write=True, now=NOW), TryLater)


def test_an_error_without_details_has_no_reason() -> None:
    plain = HttpError(httplib2.Response({"status": "502"}), b"<html>Bad Gateway</html>")
    assert reason_of(plain) == ""
    assert reason_of(error(502)) == ""


def test_an_answer_that_cannot_be_read_leaves_a_write_in_doubt() -> None:
    assert isinstance(unreadable(write=True), Doubtful)
    assert isinstance(unreadable(write=False), TryLater)


def test_no_error_names_a_person() -> None:
    for status in (400, 401, 403, 404, 410, 412, 429, 500):
        assert "anna" not in str(ours(error(status), write=False, now=NOW))
