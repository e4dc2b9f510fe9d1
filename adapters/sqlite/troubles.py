"""What an error of SQLite means and whose move is next, told by its result code, for its text is for people."""

import sqlite3
from collections.abc import Callable, Iterator

from eventsourcing.persistence import ConnectionUnavailableError

from domain.errors import MentorsyncError, Misconfigured, StoreMissing, TryLater

_PRIMARY = 0xFF
"""The part of a result code that is not detail (SQLite, "Result and Error Codes", section 2)."""

_Said = tuple[Callable[[str, str], MentorsyncError], str, str]
_BUSY: _Said = (TryLater, "{} is in use by another process.", "Try again in a moment.")
_FULL: _Said = (TryLater, "The disk of {} is full.", "Free some space, then go on.")
_SHUT: _Said = (
    TryLater,
    "{} cannot be opened just now.",
    "See that its folder is there and that this user may read and write it, then try again.",
)
_ILL: _Said = (
    TryLater,
    "The disk of {} answers with an error.",
    "Check the disk and its connection, then try again; nothing has to be restored as long as the file is sound.",
)
_READ_ONLY: _Said = (Misconfigured, "{} cannot be written.", "Allow this user to write it and its folder.")
_DAMAGED: _Said = (StoreMissing, "{} is damaged or no database.", "Restore it from a backup.")
_MEANINGS: dict[int, _Said] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: _SHUT,
    sqlite3.SQLITE_IOERR: _ILL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def trouble_of(error: BaseException, name: str) -> MentorsyncError | None:
    """Return what happened to a database, or None when nothing did and the error is a mistake of ours.

    `name` says which it is inside of a sentence ("the store 'path'"). The library's errors are known by what they hide.
    """
    meaning = next((said for said in map(_meaning, _chain(error)) if said is not None), None)
    if meaning is None:
        return None
    kind, problem, remedy = meaning
    told = problem.format(name)
    return kind(told[:1].upper() + told[1:], remedy)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _meaning(error: BaseException) -> _Said | None:
    if isinstance(error, ConnectionUnavailableError):
        return _BUSY
    # Errors of the module itself, such as the use of a closed database, have no code.
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return None if code is None else _MEANINGS.get(code & _PRIMARY)
