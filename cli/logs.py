"""Where the program's log goes: one JSON object a line on stderr, so that stdout holds data alone."""

import logging
import sys


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send log lines of at least this level to stderr; the log holds names of events and ids, never anybody's words."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
