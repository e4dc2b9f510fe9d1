"""The common ground of our event streams.

Every event says by whom it came about, and its time is the time of that.
"""

from typing import Any, Self
from uuid import UUID

from eventsourcing.domain import Aggregate, CanMutateAggregate

from domain.by import By


class Stream(Aggregate):
    """An aggregate whose events carry `by: By`, whose `by.at` is also the event's timestamp, and whose id is given
    from outside.

    Ids are random and say nothing about anyone, so that an id confirms nobody after erasure; they come from the Ids
    port.
    """

    class Event(Aggregate.Event):
        """The base of all events: who, through what, on which clause, when."""

        by: By

    @classmethod
    def _create(cls, event_class: Any, *, id: UUID | None = None, **kwargs: Any) -> Self:
        return super()._create(event_class, id=id, timestamp=kwargs["by"].at, **kwargs)

    def trigger_event(self, event_class: type[CanMutateAggregate[UUID]], **kwargs: Any) -> None:
        """Record an event at the time of its origin."""
        super().trigger_event(event_class, timestamp=kwargs["by"].at, **kwargs)

    def record(self, event_class: type[Any], **facts: Any) -> None:
        """Record an event by its class in the module of events.

        The library keeps its own subclass under the same name.
        """
        self.trigger_event(getattr(type(self), event_class.__name__), **facts)
