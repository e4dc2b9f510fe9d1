"""The one table from what went wrong to the exit code, and the two sentences that are said about it."""

from enum import IntEnum

from domain.errors import (
    BadInput,
    Broken,
    CursorExpired,
    Doubtful,
    MentorsyncError,
    Misconfigured,
    NewerStream,
    NotFound,
    Refused,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    TryLater,
    Unreadable,
)


class ExitCode(IntEnum):
    """What a caller of `mentorsync` can rely on; a code that is not here must be read as failure."""

    DONE = 0
    OUR_BUG = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4
    CONFIGURATION = 5
    TRY_LATER = 6
    STORE_MISSING = 10
    LOCKED = 11
    STORE_NEWER = 13
    INTERRUPTED = 130


_CODES: dict[type[Exception], ExitCode] = {
    BadInput: ExitCode.USAGE,
    Refused: ExitCode.REFUSED,
    NotFound: ExitCode.NOT_FOUND,
    Misconfigured: ExitCode.CONFIGURATION,
    Broken: ExitCode.CONFIGURATION,
    TryLater: ExitCode.TRY_LATER,
    Doubtful: ExitCode.TRY_LATER,
    CursorExpired: ExitCode.TRY_LATER,
    StoreMissing: ExitCode.STORE_MISSING,
    StoreLocked: ExitCode.LOCKED,
    StoreNewer: ExitCode.STORE_NEWER,
    Unreadable: ExitCode.STORE_MISSING,
    NewerStream: ExitCode.STORE_NEWER,
}


def exit_code(error: Exception) -> ExitCode:
    """Return the code of the nearest known kind of this error, `OUR_BUG` when it is of none."""
    known = (_CODES[kind] for kind in type(error).__mro__ if kind in _CODES)
    return next(known, ExitCode.OUR_BUG)


def sentences(error: MentorsyncError) -> str:
    """Return what is wrong and what to do, each on its line."""
    return f"{error.problem}\n{error.remedy}"
