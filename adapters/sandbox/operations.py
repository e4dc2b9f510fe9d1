"""All operations of both clouds in one table."""

from adapters.sandbox import google_calendar, google_mail, graph_calendar, graph_mail
from adapters.sandbox.wire import Operation

OPERATIONS: tuple[Operation, ...] = (
    *graph_calendar.OPERATIONS,
    *graph_mail.OPERATIONS,
    *google_calendar.OPERATIONS,
    *google_mail.OPERATIONS,
)
