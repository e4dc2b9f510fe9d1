"""Reads stored events, and says of one that does not read which stream it stops; the library itself would misread."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from eventsourcing.utils import TopicError, resolve_topic

from domain.errors import MentorsyncError, NewerStream, Unreadable

_VERSION = re.compile(rb'"class_version":(\d+)')
"""Inside a text the quotes would be escaped, so that this is the version that the library wrote."""
UPDATE = "Install the version of mentorsync that wrote it; everybody else is served meanwhile."
RESTORE = "Restore the last backup that is sound, or ask for help with it; everybody else is served meanwhile."


class StoreMapper(Mapper[UUID]):
    """The library's mapper, which refuses what this program does not understand instead of guessing at it."""

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """Return the event.

        Raises NewerStream for one of a topic or of a version that this program does not know, Unreadable for a damaged
        one.
        """
        _refuse_newer(stored_event)
        try:
            return super().to_domain_event(stored_event)
        except MapperDeserialisationError as error:
            if isinstance(error.__cause__, MentorsyncError):
                raise error.__cause__ from None
            raise _damaged(stored_event.originator_id, stored_event.topic, stored_event.originator_version) from error


def told(aggregate: Any, events: Iterable[Any]) -> Any:
    """Apply the events in turn, as the library's own projector does but for its dear look at each event's type.

    Raises Unreadable where one does not follow from those before it.
    """
    for event in events:
        try:
            aggregate = event.mutate(aggregate)
        except Exception as error:
            topic = getattr(type(event), "TOPIC", "an event")
            raise _damaged(event.originator_id, topic, event.originator_version) from error
    return aggregate


def _refuse_newer(stored: StoredEvent) -> None:
    try:
        known = getattr(resolve_topic(stored.topic), "class_version", 1)
    except TopicError:
        raise _newer(stored, stored.topic) from None
    written = _VERSION.search(stored.state)
    if written is not None and int(written[1]) > known:
        raise _newer(stored, f"{stored.topic} in version {int(written[1])}, known up to {known}")


def _newer(stored: StoredEvent, what: str) -> NewerStream:
    name = _name(stored.originator_id, stored.topic)
    return NewerStream(f"The {name} holds an event of a newer program: {what}.", UPDATE)


def _damaged(id: object, topic: str, place: int) -> Unreadable:
    return Unreadable(f"The {_name(id, topic)} cannot be read: its event {place} ({topic}) is damaged.", RESTORE)


def _name(id: object, topic: str) -> str:
    kind = topic.partition(".")[0]
    return f"{kind if kind in ('relationship', 'person', 'programme', 'notebook') else 'stream'} {id}"
