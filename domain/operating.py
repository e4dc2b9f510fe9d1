"""What those who operate a daemon promise it: a switch that stops all that leaves, and somebody who watches over it."""

from typing import Protocol


class KillSwitch(Protocol):
    """Stops every outgoing effect at once, whatever else was said.

    It is asked right before each effect, holds over every restart, and only a person takes it back.
    """

    def thrown(self) -> bool:
        """Say whether nothing may leave; so it is too when that cannot be told."""
        ...

    def throw(self) -> bool:
        """From now on nothing leaves; return whether that is new. Misconfigured when it cannot be kept."""
        ...

    def release(self) -> bool:
        """Take it back; return whether it was thrown. Misconfigured when that cannot be done."""
        ...


class Supervisor(Protocol):
    """Whoever started the daemon and would start it again; without one all of this does nothing."""

    def ready(self) -> None:
        """The daemon has begun to work; said once."""
        ...

    def alive(self) -> None:
        """The daemon still works; said after every turn, never from elsewhere."""
        ...

    def stopping(self) -> None:
        """The daemon was asked to stop and finishes what is in hand."""
        ...
