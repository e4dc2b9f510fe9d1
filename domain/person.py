"""A person: where mail and calendar reach her, when she works, and what of that has changed."""

from datetime import date
from uuid import UUID

from eventsourcing.domain import event

from domain import person_events as events
from domain.aggregate import Stream
from domain.by import By
from domain.circumstances import Circumstances, mail_address
from domain.errors import BadInput
from domain.full_names import full_name
from domain.hours import Leave, SpecialHours, Travel, parse_hours, zone_named
from domain.person_state import LossReason, LostConnection
from domain.personal import Personal

PROVIDERS = ("microsoft", "google")
_PRODUCTS = {"outlook": "microsoft", "office365": "microsoft", "microsoft365": "microsoft", "gmail": "google"}


def provider_named(text: str) -> str:
    """Return which of the providers is meant, in any case or by its product's name; raise BadInput for any other."""
    word = "".join(text.lower().split())
    provider = _PRODUCTS.get(word, word)
    if provider not in PROVIDERS:
        raise BadInput(f"There is no provider called '{text.strip()}'.", "Give microsoft or google.")
    return provider


class Person(Circumstances, Stream):
    """One person.

    Her public methods (here and in `Circumstances`) decide, the private ones below only assign.
    """

    TOPIC = "person"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "person.created"

    Registered = events.Registered
    Paused = events.Paused
    Resumed = events.Resumed
    ConnectionLost = events.ConnectionLost
    ConnectionRestored = events.ConnectionRestored
    Left = events.Left
    Forgotten = events.Forgotten
    HoursChanged = events.HoursChanged
    TravelPlanned = events.TravelPlanned
    LeavePlanned = events.LeavePlanned
    SpecialHoursSet = events.SpecialHoursSet
    MeetingsPerDayLimited = events.MeetingsPerDayLimited
    CapacitySet = events.CapacitySet
    NameChanged = events.NameChanged
    LanguageChanged = events.LanguageChanged
    AddressAdded = events.AddressAdded
    MainAddressChanged = events.MainAddressChanged
    AddressBounced = events.AddressBounced
    AddressReached = events.AddressReached
    CalendarAdded = events.CalendarAdded
    FreeBusyOnlySet = events.FreeBusyOnlySet
    DelegateNamed = events.DelegateNamed
    PrivateAddressAllowed = events.PrivateAddressAllowed

    @event(Registered)
    def __init__(
        self,
        name: Personal,
        addresses: tuple[Personal, ...],
        provider: str,
        zone: str,
        hours: str,
        language: str,
        by: By,
    ) -> None:
        self.name = name
        self.addresses = addresses
        self.provider = provider
        self.zone = zone
        self.hours = hours
        self.hours_since = None
        self.language = language
        self.paused = False
        self.connection = None
        self.left_at = None
        self.forgotten_at = None
        self.travels = ()
        self.leaves = ()
        self.rearranged_at = None
        self.special_hours = ()
        self.meetings_per_day = None
        self.capacity = None
        self.paused_since = None
        self.calendars = ()
        self.free_busy_only = False
        self.back_at = None
        self.delegates = ()
        self.private_address = None
        self.bouncing = ()

    @classmethod
    def register(
        cls, id: UUID, name: str, address: str, provider: str, zone: str, hours: str, language: str, by: By
    ) -> "Person":
        """Return a new person, or raise BadInput for an address, provider, zone or hours that cannot be."""
        address = mail_address(address)
        provider = provider_named(provider)
        zone_named(zone)
        parse_hours(hours)
        owner = str(id)
        return cls._create(
            cls.Registered,
            id=id,
            name=Personal(owner, full_name(name) or address.split("@")[0]),
            addresses=(Personal(owner, address),),
            provider=provider,
            zone=zone,
            hours=hours,
            language=language,
            by=by,
        )

    def pause(self, by: By) -> None:
        """Stop everything for this person; asking again changes nothing."""
        if not self.paused:
            self._pause(by=by)

    def resume(self, by: By) -> None:
        """Go on; asking again changes nothing."""
        if self.paused:
            self._resume(by=by)

    @event(Paused)
    def _pause(self, by: By) -> None:
        self.paused, self.paused_since = True, by.at

    @event(Resumed)
    def _resume(self, by: By) -> None:
        self.paused, self.paused_since, self.back_at = False, None, by.at

    @event(ConnectionLost)
    def _connection_lost(self, reason: str, by: By) -> None:
        self.connection = LostConnection(LossReason(reason), by.at)

    @event(ConnectionRestored)
    def _connection_restored(self, by: By) -> None:
        self.connection, self.back_at = None, by.at

    @event(Left)
    def _left(self, by: By) -> None:
        self.left_at = by.at

    @event(Forgotten)
    def _forgotten(self, by: By) -> None:
        self.forgotten_at = by.at
        self.left_at = self.left_at or by.at

    @event(HoursChanged)
    def _hours_changed(self, zone: str, hours: str, by: By) -> None:
        self.hours_since = by.at if hours != self.hours else self.hours_since
        self.zone, self.hours, self.rearranged_at = zone, hours, by.at

    @event(TravelPlanned)
    def _travel_planned(self, first: date, last: date, zone: str, by: By) -> None:
        self.rearranged_at = by.at
        self.travels = (*self.travels, Travel(first, last, zone))

    @event(LeavePlanned)
    def _leave_planned(self, first: date, last: date, by: By) -> None:
        self.leaves = (*self.leaves, Leave(first, last))

    @event(SpecialHoursSet)
    def _special_hours_set(self, day: date, hours: str, by: By) -> None:
        self.rearranged_at = by.at
        others = (special for special in self.special_hours if special.day != day)
        self.special_hours = (*others, SpecialHours(day, hours))

    @event(MeetingsPerDayLimited)
    def _meetings_per_day_limited(self, limit: int | None, by: By) -> None:
        self.meetings_per_day = limit

    @event(AddressAdded)
    def _address_added(self, address: Personal, by: By) -> None:
        self.addresses = (*self.addresses, address)

    @event(AddressBounced)
    def _address_bounced(self, address: Personal, by: By) -> None:
        self.bouncing = (*self.bouncing, address)

    @event(AddressReached)
    def _address_reached(self, address: Personal, by: By) -> None:
        self.bouncing = tuple(known for known in self.bouncing if known != address)

    @event(CalendarAdded)
    def _calendar_added(self, calendar: Personal, by: By) -> None:
        self.calendars = (*self.calendars, calendar)

    @event(FreeBusyOnlySet)
    def _free_busy_only_set(self, on: bool, by: By) -> None:
        self.free_busy_only = on

    @event(DelegateNamed)
    def _delegate_named(self, address: Personal, by: By) -> None:
        self.delegates = (*self.delegates, address)

    @event(PrivateAddressAllowed)
    def _private_address_allowed(self, address: Personal | None, by: By) -> None:
        self.private_address = address
