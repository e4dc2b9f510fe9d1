"""A person: where mail and calendar reach her, when she works, and whether everything for her is paused."""

from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Stream
from domain.by import By
from domain.errors import BadInput
from domain.hours import parse_hours, zone_named
from domain.personal import Personal

PROVIDERS = ("microsoft", "google")


class Person(Stream):
    """One person.

    `addresses` are the registered ones, the first is where mail goes and whose calendar is read.
    """

    TOPIC = "person"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "person.created"

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
        self.language = language
        self.paused = False

    @classmethod
    def register(
        cls, id: UUID, name: str, address: str, provider: str, zone: str, hours: str, language: str, by: By
    ) -> "Person":
        """Return a new person, or raise BadInput for an address, provider, zone or hours that cannot be."""
        address = address.strip().lower()
        if address.count("@") != 1 or not all(address.split("@")) or any(c.isspace() for c in address):
            raise BadInput(f"'{address}' is not a mail address.", "Give one address such as name@example.org.")
        if provider not in PROVIDERS:
            raise BadInput(f"There is no provider called '{provider}'.", "Give microsoft or google.")
        zone_named(zone)
        parse_hours(hours)
        owner = str(id)
        return cls._create(
            cls.Registered,
            id=id,
            name=Personal(owner, name.strip() or address.split("@")[0]),
            addresses=(Personal(owner, address),),
            provider=provider,
            zone=zone,
            hours=hours,
            language=language,
            by=by,
        )

    @property
    def address(self) -> str:
        """Where mail goes and whose calendar is read."""
        return self.addresses[0].reveal()

    @property
    def first_name(self) -> str:
        """The name by which a mail speaks of her."""
        return self.name.reveal().split(" ")[0]

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
        self.paused = True

    @event(Resumed)
    def _resume(self, by: By) -> None:
        self.paused = False
