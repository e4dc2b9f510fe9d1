"""The programme that an organisation runs: its name, whether it is live, and whether it is paused."""

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
        """The store came back from a backup: nothing leaves the house until somebody has looked and resumed."""

        TOPIC = "programme.paused-after-restore"

    class Paused(Stream.Event):
        """An administrator let nothing leave for the time being."""

        TOPIC = "programme.paused"

    class Resumed(Stream.Event):
        """An administrator ended the pause."""

        TOPIC = "programme.resumed"

    @event(Founded)
    def __init__(self, name: str, by: By) -> None:
        self.name = name
        self.live = False
        self.paused = False
        self.restored = False

    @property
    def sending(self) -> bool:
        """Say whether mail and calendar writes may leave for the world outside."""
        return self.live and not self.paused

    def go_live(self, by: By) -> None:
        """Allow mail and calendar writes, and end a pause; asking again changes nothing."""
        if not self.live or self.paused:
            self._go_live(by=by)

    @event(WentLive)
    def _go_live(self, by: By) -> None:
        self.live = True
        self.paused = self.restored = False

    def pause(self, by: By) -> None:
        """Let nothing leave until somebody resumes, on this machine neither; asking again changes nothing."""
        if not self.paused:
            self._pause(by=by)

    @event(Paused)
    def _pause(self, by: By) -> None:
        self.paused = True

    def resume(self, by: By) -> None:
        """End the pause: what was live before is live again. What became useless meanwhile is not made up for."""
        if self.paused:
            self._resume(by=by)

    @event(Resumed)
    def _resume(self, by: By) -> None:
        self.paused = self.restored = False

    def pause_after_restore(self, by: By) -> None:
        """Let nothing leave any more, live or not, for what left after the backup is not known here."""
        if not self.restored:
            self._pause_after_restore(by=by)

    @event(PausedAfterRestore)
    def _pause_after_restore(self, by: By) -> None:
        self.paused = self.restored = True

    @classmethod
    def found(cls, id: UUID, name: str, by: By) -> "Programme":
        """Return a new programme that is not live."""
        return cls._create(cls.Founded, id=id, name=name, by=by)
