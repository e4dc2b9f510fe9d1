"""All operations of both clouds in one table."""

from adapters.sandbox import (
    google_calendar,
    google_calendars,
    google_mail,
    google_watch,
    graph_calendar,
    graph_mail,
    graph_schedule,
    graph_subscriptions,
)
from adapters.sandbox.wire import Operation

OPERATIONS: tuple[Operation, ...] = (
    *graph_calendar.OPERATIONS,
    *graph_schedule.OPERATIONS,
    *graph_subscriptions.OPERATIONS,
    *graph_mail.OPERATIONS,
    *google_calendar.OPERATIONS,
    *google_calendars.OPERATIONS,
    *google_watch.OPERATIONS,
    *google_mail.OPERATIONS,
)
