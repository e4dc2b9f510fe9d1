"""The programme that an organisation runs: its name, and whether anything may leave the house yet."""

from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Stream
from domain.by import By


class Programme(Stream):
    """The one programme of a store."""

    TOPIC = "programme"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "programme.created"

    class Founded(Stream.Created):
        """The programme began; nothing leaves the house yet."""

        TOPIC = "programme.founded"
        name: str
        by: By

    class WentLive(Stream.Event):
        """An administrator allowed mail and calendar writes to leave the house."""

        TOPIC = "programme.went-live"

    class PausedAfterRestore(Stream.Event):
        """The store came back from a backup: nothing leaves the house until somebody has looked and went live again."""

        TOPIC = "programme.paused-after-restore"

    @event(Founded)
    def __init__(self, name: str, by: By) -> None:
        self.name = name
        self.live = False

    def go_live(self, by: By) -> None:
        """Allow mail and calendar writes; asking again changes nothing."""
        if not self.live:
            self._go_live(by=by)

    @event(WentLive)
    def _go_live(self, by: By) -> None:
        self.live = True

    def pause_after_restore(self, by: By) -> None:
        """Let nothing leave any more, for what left after the backup is not known here."""
        if self.live:
            self._pause_after_restore(by=by)

    @event(PausedAfterRestore)
    def _pause_after_restore(self, by: By) -> None:
        self.live = False

    @classmethod
    def found(cls, id: UUID, name: str, by: By) -> "Programme":
        """Return a new programme that is not live."""
        return cls._create(cls.Founded, id=id, name=name, by=by)
