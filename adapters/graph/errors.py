"""Turns what Microsoft Graph answers into our errors, in this one place."""

import json
from collections.abc import Callable
from datetime import datetime

import httpx

from adapters.transport import retry_after
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


class Gone(Broken):
    """The item that was asked for is not there (404 ErrorItemNotFound); where that is no surprise it is
    caught.
    """


class Taken(Doubtful):
    """A creation met its own earlier self: what must be unique (the transactionId) is already there."""


_GONE = frozenset({"erroritemnotfound", "itemnotfound"})
# Microsoft names some of these codes and says "codes like".
_FORGOTTEN = ("syncstate", "resync")
_OVERTAKEN = frozenset({"errorirresolvableconflict"})
_NOES = {401: NotSignedIn, 403: NoAccess, 404: NoMailbox}
_WAIT = "Nothing to do: it is tried again."


def failure(
    status: int, code: str, headers: httpx.Headers, write: bool, now: Callable[[], datetime]
) -> MentorsyncError:
    """Return the error that a refused request means; `code` is Graph's own word for it, or empty.

    Only 429 promises that nothing was done: 503 and 504 are documented to come also after a message went out.
    """
    said = f"Microsoft answered {status}{f' ({code})' if code else ''}."
    if status == 429 or (not write and _is_passing(status)):
        return TryLater(said, _WAIT, retry_after(headers, now()))
    if _is_passing(status):
        return Doubtful(said, "Nothing to do: it is looked up before anything else is tried.")
    return _by_code(status, code.lower(), said, write)


def throttled(status: int, headers: httpx.Headers) -> bool:
    """Say whether the answer asks to be left alone for a while: it says so, or says for how long."""
    return status == 429 or (_is_passing(status) and "Retry-After" in headers)


def _is_passing(status: int) -> bool:
    return status >= 500 or status == 408


def _by_code(status: int, code: str, said: str, write: bool) -> MentorsyncError:
    if status == 410 or code.startswith(_FORGOTTEN):
        return CursorExpired(said, "Nothing to do: everything is read anew.")
    if status == 412 or code in _OVERTAKEN:
        return Refused(said, "Somebody changed it meanwhile: look again before changing it.")
    if write and (status == 409 or code == "errorduplicatetransactionid"):
        return Taken(said, "Nothing to do: what is there already is looked up.")
    if status == 404 and code in _GONE:
        return Gone(said, "Check whether it was deleted by hand.")
    return _NOES.get(status, Broken)(said, _remedy(status))


def _remedy(status: int) -> str:
    if status == 401:
        return "Check the credentials under [microsoft]; a secret or certificate may have expired."
    if status == 403:
        return "Grant the application access to this mailbox; `mentorsync doctor` says what is missing."
    if status == 404:
        return "Check that the address has a mailbox in this tenant."
    return "Run `mentorsync doctor`; if it finds nothing, report this answer."


def error_code(content: bytes) -> str:
    """Return Graph's error code, or empty: an error page can be HTML and may quote anything."""
    try:
        return code_in(json.loads(content))
    except ValueError:
        return ""


def code_in(document: object) -> str:
    """Return the code of an error document, cut to what a code can be, or empty."""
    try:
        code = document["error"]["code"]  # type: ignore[index]
    except (TypeError, KeyError):
        return ""
    return code[:64] if isinstance(code, str) and code.isascii() and code.isalnum() else ""
