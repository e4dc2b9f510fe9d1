"""What Graph's refusals mean, as a table of pairs."""

from datetime import timedelta

import httpx
import pytest

from adapters.graph.errors import Gone, Taken, error_code, failure
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
from tests.unit.graph_office import NOW

EITHER = (True, False)
READ = (False,)
WRITE = (True,)

TABLE: list[tuple[int, str, tuple[bool, ...], type[MentorsyncError]]] = [
    (429, "TooManyRequests", EITHER, TryLater),
    (429, "ApplicationThrottled", EITHER, TryLater),
    (503, "serviceNotAvailable", READ, TryLater),
    (503, "serviceNotAvailable", WRITE, Doubtful),
    (504, "gatewayTimeout", READ, TryLater),
    (504, "gatewayTimeout", WRITE, Doubtful),
    (500, "", READ, TryLater),
    (500, "", WRITE, Doubtful),
    (502, "", READ, TryLater),
    (502, "", WRITE, Doubtful),
    (408, "", READ, TryLater),
    (408, "", WRITE, Doubtful),
    (401, "InvalidAuthenticationToken", EITHER, NotSignedIn),
    (403, "ErrorAccessDenied", EITHER, NoAccess),
    (404, "ErrorItemNotFound", EITHER, Gone),
    (404, "itemNotFound", EITHER, Gone),
    (404, "MailboxNotEnabledForRESTAPI", EITHER, NoMailbox),
    (404, "ErrorInvalidUser", EITHER, NoMailbox),
    (404, "Request_ResourceNotFound", EITHER, NoMailbox),
    (404, "", EITHER, NoMailbox),
    (410, "syncStateNotFound", READ, CursorExpired),
    (410, "", READ, CursorExpired),
    (404, "SyncStateNotFound", READ, CursorExpired),
    (400, "syncStateInvalid", READ, CursorExpired),
    (410, "resyncRequired", READ, CursorExpired),
    (412, "ErrorIrresolvableConflict", WRITE, Refused),
    (412, "", WRITE, Refused),
    (409, "ErrorIrresolvableConflict", WRITE, Refused),
    (409, "ErrorDuplicateTransactionId", WRITE, Taken),
    (400, "ErrorDuplicateTransactionId", WRITE, Taken),
    (409, "", WRITE, Taken),
    (400, "ErrorInvalidRequest", EITHER, Broken),
    (302, "", EITHER, Broken),
]


@pytest.mark.parametrize(("status", "code", "writes", "meaning"), TABLE)
def test_each_refusal_says_whose_move_is_next(
    status: int, code: str, writes: tuple[bool, ...], meaning: type[MentorsyncError]
) -> None:
    for write in writes:
        assert type(failure(status, code, httpx.Headers(), write, lambda: NOW)) is meaning


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_refused_read_waits_as_long_as_the_provider_says(status: int) -> None:
    error = failure(status, "", httpx.Headers({"Retry-After": "120"}), False, lambda: NOW)
    assert isinstance(error, TryLater)
    assert error.not_before == NOW + timedelta(minutes=2)


def test_an_unhandled_gone_is_broken_and_an_unhandled_taken_is_doubtful() -> None:
    assert issubclass(Gone, Broken)
    assert issubclass(Taken, Doubtful)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"error": {"code": "ErrorItemNotFound", "message": "m"}}', "ErrorItemNotFound"),
        (b'{"error": {"code": "ann@example.org wrote"}}', ""),
        (b'{"error": {"code": 7}}', ""),
        (b'{"error": "invalid_grant"}', ""),
        (b'{"error": null}', ""),
        (b"[]", ""),
        (b"<html>Bad Gateway</html>", ""),
        (b"\xff\xfe\x00", ""),
        (b"", ""),
    ],
)
def test_only_a_plain_word_is_taken_for_a_code(body: bytes, code: str) -> None:
    assert error_code(body) == code
