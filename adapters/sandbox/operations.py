"""All operations of both clouds in one table."""

from adapters.sandbox import google_calendar, graph_calendar
from adapters.sandbox.wire import Operation

OPERATIONS: tuple[Operation, ...] = (
    *graph_calendar.OPERATIONS,
    *google_calendar.OPERATIONS,
)
