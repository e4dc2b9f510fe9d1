"""Where the program's log goes: one JSON object a line on stderr, so that stdout holds data alone.

Only keys that are listed here are ever written, and no value that looks like an address or a token: what a line holds
is decided in one place, and not by whoever logs.
"""

import logging
import sys
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

from cli.scrubbing import scrubbed

KEYS = frozenset(
    {
        # Every line.
        "event",
        "level",
        "timestamp",
        # One unit of work (service/telling.py).
        "kind",
        "subject",
        "occasion",
        "recipient",
        "attempts",
        "late_seconds",
        "took_seconds",
        "reason",
        "trouble",
        "problem",
        "bug",
        # Ids, never names.
        "relationship",
        "person",
        "owner",
        "next",
        # Numbers, words of ours and instants.
        "at",
        "silence",
        "counts",
        "hints",
        "ignored",
        "language",
        "library",
        "missing",
        "people",
        "relationships",
        "to",
        "together",
        "until",
        "voided_leases",
    }
)
"""All that a line may hold. A new key is a decision: it must never hold a person's words, address or name."""

LEFT_OUT = "left_out"
_ROOT = Path(__file__).resolve().parents[1]


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send log lines of at least this level to stderr; the log holds names of events and ids, never anybody's words."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            traced,
            listed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # What libraries say may hold addresses and tokens: that one of them warned is told, and not what it said.
    logging.getLogger().handlers[:] = [Libraries(logging.WARNING)]


def traced(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn an exception into the kinds of errors and the places they passed: messages may quote what was read."""
    given = line.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        line["bug"] = _told(error)
    return line


def listed(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out what is not listed, naming the keys, and take addresses and tokens out of the rest.

    What happened, and to what kind of thing, comes first, the rest in the order of its keys.
    """
    order = sorted(line.keys() & KEYS, key=lambda key: (key != "event", key != "kind", key))
    kept = {key: scrubbed(line[key]) for key in order}
    strangers = sorted(line.keys() - KEYS)
    return {**kept, LEFT_OUT: strangers} if strangers else kept


def _told(error: BaseException) -> list[str]:
    told, seen = [], set[int]()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        told.append(f"{type(at).__qualname__} at {' > '.join(_places(at.__traceback__)) or 'an unknown place'}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return told


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        name = file.relative_to(_ROOT) if file.is_relative_to(_ROOT) else Path(*file.parts[-2:])
        places.append(f"{name.as_posix()}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places


class Libraries(logging.Handler):
    """Tells that a library had something to say."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the library's name and the severity."""
        import structlog

        structlog.get_logger().warning("library.warned", library=record.name, kind=record.levelname.lower())
