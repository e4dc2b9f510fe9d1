"""The promises that the outside world makes to the domain.

Every adapter of a port keeps all of them, and one contract suite checks that.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.calendar_port import Calendar as Calendar
from domain.mail_ports import Composer as Composer
from domain.mail_ports import Mailbox as Mailbox
from domain.mail_ports import Reader as Reader
from domain.mail_ports import ReplyAddresses as ReplyAddresses
from domain.push_ports import Hints as Hints
from domain.push_ports import Push as Push
from domain.samples_port import Samples as Samples
from domain.store_ports import CalendarCache as CalendarCache
from domain.store_ports import Ledger as Ledger
from domain.store_ports import Streams as Streams


class Clock(Protocol):
    """The only source of "now"."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def wait_until(self, due: datetime) -> Sequence[str]:
        """Let time pass until `due` or until something changed, whichever is first, and return the changed accounts
        (addresses).

        An account named here "may have changed": it is a hint that hastens a poll and never replaces one. Returns
        early (with nothing) when the process is asked to stop.
        """
        ...


class Ids(Protocol):
    """The only source of new identities."""

    def new(self) -> UUID:
        """Return an id that was never returned before and says nothing about anyone."""
        ...


class KillPoints(Protocol):
    """Names the moments between two steps at which a crash must be harmless; does nothing in production."""

    def at(self, name: str) -> None:
        """Pass the named moment."""
        ...
