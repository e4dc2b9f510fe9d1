"""Everything that can ever have happened to a person in the programme; names and topics are forever."""

from datetime import date

from domain.aggregate import Stream
from domain.by import By
from domain.person_state import PersonState
from domain.personal import Personal


class Registered(Stream.Created):
    """A person became known to the programme."""

    TOPIC = "person.registered"
    name: Personal
    addresses: tuple[Personal, ...]
    provider: str
    zone: str
    hours: str
    language: str
    by: By


class Paused(Stream.Event):
    """The person asked for silence: nothing more is sent, booked or planned for her."""

    TOPIC = "person.paused"


class Resumed(Stream.Event):
    """The person is back."""

    TOPIC = "person.resumed"


class ConnectionLost(Stream.Event):
    """Her calendar cannot be read.

    `reason` is "consent" (it was taken back), "gone" (there is no such mailbox) or "never" (it was not connected yet).
    """

    TOPIC = "person.connection-lost"
    reason: str


class ConnectionRestored(Stream.Event):
    """Her calendar can be read again."""

    TOPIC = "person.connection-restored"


class Left(Stream.Event):
    """The person has left the organisation."""

    TOPIC = "person.left"


class Forgotten(Stream.Event):
    """The person asked to be forgotten: she takes part in nothing any more, and her key is destroyed."""

    TOPIC = "person.forgotten"


class HoursChanged(Stream.Event):
    """The person lives in another zone or works at other hours from now on."""

    TOPIC = "person.hours-changed"
    zone: str
    hours: str


class NameChanged(Stream.Event):
    """The person is called otherwise from now on."""

    TOPIC = "person.name-changed"
    name: Personal

    def apply(self, aggregate: PersonState) -> None:
        """Assign what it says."""
        aggregate.name = self.name


class LanguageChanged(Stream.Event):
    """The person reads her mails in another language from now on; a language tag."""

    TOPIC = "person.language-changed"
    language: str

    def apply(self, aggregate: PersonState) -> None:
        """Assign what it says."""
        aggregate.language = self.language


class TravelPlanned(Stream.Event):
    """From the first day to the last one, both included, the person's days are those of another zone."""

    TOPIC = "person.travel-planned"
    first: date
    last: date
    zone: str


class LeavePlanned(Stream.Event):
    """The person is away from the first day to the last one, both included, on her own calendar."""

    TOPIC = "person.leave-planned"
    first: date
    last: date


class SpecialHoursSet(Stream.Event):
    """On one day other hours than usual count: times without days, empty for none at all."""

    TOPIC = "person.special-hours-set"
    day: date
    hours: str


class MeetingsPerDayLimited(Stream.Event):
    """The person has at most so many mentoring meetings on one day; None takes the limit away."""

    TOPIC = "person.meetings-per-day-limited"
    limit: int | None


class CapacitySet(Stream.Event):
    """The person takes so many mentees at once; None is no limit."""

    TOPIC = "person.capacity-set"
    mentees: int | None

    def apply(self, aggregate: PersonState) -> None:
        """Assign what it says."""
        aggregate.capacity = self.mentees


class AddressAdded(Stream.Event):
    """Mail from another address is hers too."""

    TOPIC = "person.address-added"
    address: Personal


class MainAddressChanged(Stream.Event):
    """From now on mail goes to another of her addresses, and that is the name of her calendar."""

    TOPIC = "person.main-address-changed"
    address: Personal

    def apply(self, aggregate: PersonState) -> None:
        """Put it in front; the others stay hers."""
        others = (known for known in aggregate.addresses if known != self.address)
        aggregate.addresses = (self.address, *others)


class AddressBounced(Stream.Event):
    """Mail to one of her addresses came back for good: nothing more is sent there."""

    TOPIC = "person.address-bounced"
    address: Personal


class AddressReached(Stream.Event):
    """An address that took no mail does so again: she wrote from it, or an administrator looked."""

    TOPIC = "person.address-reached"
    address: Personal


class CalendarAdded(Stream.Event):
    """Another calendar of her account makes her busy too; the id is the provider's."""

    TOPIC = "person.calendar-added"
    calendar: Personal


class FreeBusyOnlySet(Stream.Event):
    """Whether only busy times of her calendar may be read, and no entries."""

    TOPIC = "person.free-busy-only-set"
    on: bool


class DelegateNamed(Stream.Event):
    """Somebody at that address may answer for the person."""

    TOPIC = "person.delegate-named"
    address: Personal


class PrivateAddressAllowed(Stream.Event):
    """When she has left, those she mentored or was mentored by may write to her there; None takes that back."""

    TOPIC = "person.private-address-allowed"
    address: Personal | None
