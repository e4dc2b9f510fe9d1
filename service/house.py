"""Everything that the use cases of one running program share: the ports and who the service itself is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.errors import Misconfigured
from domain.operating import KillSwitch
from domain.person import Person
from domain.ports import (
    Calendar,
    CalendarCache,
    Clock,
    Composer,
    Ids,
    KillPoints,
    Ledger,
    Mailbox,
    Push,
    Reader,
    ReplyAddresses,
    Samples,
    Streams,
)
from domain.push import Hook
from domain.rails import Rails, Stop
from domain.relationship import Relationship

SERVICE_OWNER = "service"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the service is.

    Its mailbox's address and provider, the programme's name, and how often it polls.
    """

    address: str
    provider: str
    programme: str
    poll: timedelta
    tzdata: str


@dataclass(frozen=True, slots=True)
class House:
    """The ports, wired. `calendars` and `mailboxes` hold the configured providers by name; `loopback` says that every
    provider is on this machine, so that nothing can leave it. `pushes` are the providers' hints by name, `hook` is
    where they reach us, or None when calendars are only polled. `switch` stops everything, `rails` keep what leaves
    within limits.
    """

    identity: Identity
    clock: Clock
    ids: Ids
    streams: Streams
    ledger: Ledger
    cache: CalendarCache
    samples: Samples
    calendars: Mapping[str, Calendar]
    mailboxes: Mapping[str, Mailbox]
    composer: Composer
    reader: Reader
    replies: ReplyAddresses
    kill: KillPoints
    loopback: bool
    pushes: Mapping[str, Push] = field(default_factory=dict)
    hook: Hook | None = None
    switch: KillSwitch = field(default_factory=lambda: NoKillSwitch())
    rails: Rails = field(default_factory=Rails)

    def now(self) -> datetime:
        """Return the present instant."""
        return self.clock.now()

    def live(self) -> bool:
        """Say whether mail and calendar writes may be made now."""
        return self.stopped() is None

    def stopped(self) -> Stop | None:
        """Return why nothing may leave now, or None: a switch and a pause hold on loopback too, go-live elsewhere."""
        return Stop.SWITCH if self.switch.thrown() else self.resting()

    def resting(self) -> Stop | None:
        """Return why the programme itself lets nothing leave now, or None."""
        programme = self.streams.programme()
        if programme is not None and programme.paused:
            return Stop.RESTORED if programme.restored else Stop.PAUSED
        if self.loopback or (programme is not None and programme.live):
            return None
        return Stop.NOT_LIVE

    def calendar_of(self, owner: str) -> tuple[Calendar, str]:
        """Return the calendar port and the account of an owner (a person id or "service")."""
        return self.calendar_for(None if owner == SERVICE_OWNER else self.streams.person(owner))

    def calendar_for(self, person: Person | None) -> tuple[Calendar, str]:
        """Return the same of a person who is at hand, None for the service itself."""
        if person is None:
            return self._calendar(self.identity.provider), self.identity.address
        return self._calendar(person.provider), person.address

    def _calendar(self, provider: str) -> Calendar:
        if provider not in self.calendars:
            raise Misconfigured(
                f"A person's calendar is at {provider}, which is not configured.",
                f"Add a [{provider}] section to the configuration.",
            )
        return self.calendars[provider]

    @property
    def mailbox(self) -> Mailbox:
        """The service's own mailbox, the only one that is ever read or sent from."""
        return self.mailboxes[self.identity.provider]


def organiser_id(organiser: str, relationship: Relationship) -> str:
    """Return the owner of the calendar in which meetings are created: a person id or "service"."""
    return {"mentor": relationship.mentor_id, "mentee": relationship.mentee_id}.get(organiser, SERVICE_OWNER)


class NoKillPoints:
    """The kill points of production: passing one does nothing."""

    def at(self, name: str) -> None:
        """Do nothing."""
        _ = name


class NoKillSwitch:
    """A house without a switch, as tests and rehearsals have it: nothing stops it."""

    def thrown(self) -> bool:
        """Say no."""
        return False

    def throw(self) -> bool:
        """Change nothing."""
        return False

    def release(self) -> bool:
        """Change nothing."""
        return False
