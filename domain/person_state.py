"""What is known of a person at one moment: the attributes that her events fill and her decisions read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.full_names import given_name
from domain.hours import Leave, SpecialHours, Travel
from domain.personal import Personal


class LossReason(StrEnum):
    """Why a calendar cannot be read: consent was taken back, the mailbox is gone, or it never could be."""

    CONSENT = "consent"
    GONE = "gone"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class LostConnection:
    """Why and since when (UTC) a person's calendar cannot be read."""

    reason: LossReason
    since: datetime


class PersonState:
    """The attributes of a Person; only her recording methods assign them.

    The first of `addresses` is where mail goes and whose calendar is read; `calendars` are further ones of the same
    account by the provider's id. `connection` is None while nothing is known against it; `left_at` is when she left
    the organisation, `forgotten_at` when she asked to be forgotten, `hours_since` when she last changed her hours.
    `back_at` is when she last came back from a pause, or her calendar from being lost. `meetings_per_day` None is no
    limit of her own, and so is `capacity`: how many mentees she takes at once. `bouncing` are those of the addresses
    that take no mail.

    `private_address` is where she may be written to after she has left, if she agreed to that.
    """

    name: Personal
    addresses: tuple[Personal, ...]
    provider: str
    zone: str
    hours: str
    hours_since: datetime | None
    language: str
    paused: bool
    connection: LostConnection | None
    left_at: datetime | None
    forgotten_at: datetime | None
    travels: tuple[Travel, ...]
    leaves: tuple[Leave, ...]
    rearranged_at: datetime | None
    special_hours: tuple[SpecialHours, ...]
    meetings_per_day: int | None
    capacity: int | None
    paused_since: datetime | None
    calendars: tuple[Personal, ...]
    free_busy_only: bool
    back_at: datetime | None
    delegates: tuple[Personal, ...]
    private_address: Personal | None
    bouncing: tuple[Personal, ...]

    if TYPE_CHECKING:

        @property
        def id(self) -> UUID:
            """The person's id."""
            ...

        def record(self, event_class: type[Any], **facts: Any) -> None:
            """Record an event."""
            ...

    @property
    def address(self) -> str:
        """Where mail goes and whose calendar is read."""
        return self.addresses[0].reveal()

    @property
    def bounces(self) -> bool:
        """Say whether the address where mail goes takes none."""
        return self.addresses[0] in self.bouncing

    @property
    def first_name(self) -> str:
        """The name by which a mail speaks of her."""
        return given_name(self.name.reveal())

    @property
    def left(self) -> bool:
        """Say whether she has left the organisation."""
        return self.left_at is not None

    @property
    def reachable_after(self) -> bool:
        """Say whether she has left and may still be written to at an address of her own; who was forgotten may not."""
        known = self.private_address is not None and self.private_address.text is not None
        return self.left and self.forgotten_at is None and known

    def own(self, text: str) -> Personal:
        """Return words or an address as this person's own, to be sealed with her key."""
        return Personal(str(self.id), text)
