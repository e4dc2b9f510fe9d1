"""What changes in a person's life with the programme: hours, travel, leave, addresses, calendars, leaving."""

from datetime import date

from domain import person_events as events
from domain.by import By
from domain.errors import BadInput, Refused
from domain.full_names import full_name
from domain.hours import Leave, SpecialHours, Travel, parse_hours, zone_named
from domain.person_state import LossReason, PersonState
from domain.personal import Personal

LONGEST = 366


def mail_address(text: str) -> str:
    """Return the address in lower case without blanks around, or raise BadInput for what is none."""
    address = text.strip().lower()
    if address.count("@") != 1 or not all(address.split("@")) or any(c.isspace() for c in address):
        raise BadInput(f"'{address}' is not a mail address.", "Give one address such as name@example.org.")
    return address


class Circumstances(PersonState):
    """The decisions about a person's circumstances; every one may be repeated and then changes nothing."""

    def lose_connection(self, reason: str, by: By) -> None:
        """Her calendar cannot be read: `reason` is "consent", "gone" or "never".

        The same loss counts from its beginning, and what was lost before was connected once.
        """
        known = LossReason(reason)
        if self.connection is None or known not in (self.connection.reason, LossReason.NEVER):
            self.record(events.ConnectionLost, reason=known.value, by=by)

    def restore_connection(self, by: By) -> None:
        """Her calendar can be read again."""
        if self.connection is not None:
            self.record(events.ConnectionRestored, by=by)

    def leave_organisation(self, by: By) -> None:
        """She has left for good: what was arranged with her comes to its end."""
        if not self.left:
            self.record(events.Left, by=by)

    def be_forgotten(self, by: By) -> None:
        """She takes part in nothing any more, as if she had left; what to destroy is for the caller."""
        if self.forgotten_at is None:
            self.record(events.Forgotten, by=by)

    def change_name(self, name: str, by: By) -> None:
        """Take another name, in either order; raise BadInput for an empty one."""
        owned = self.own(full_name(name))
        if not owned.text:
            raise BadInput("The name is empty.", "Give the full name.")
        if owned != self.name:
            self.record(events.NameChanged, name=owned, by=by)

    def change_language(self, language: str, by: By) -> None:
        """Her mails are in another language from now on; in English where we do not have that one."""
        if language.strip() != self.language:
            self.record(events.LanguageChanged, language=language.strip(), by=by)

    def change_hours(self, zone: str | None, hours: str | None, by: By) -> None:
        """Take another zone or other hours, None keeps what is and so do the same hours in other words; raise BadInput
        for what cannot be.
        """
        new_zone, new_hours = zone or self.zone, hours or self.hours
        zone_named(new_zone)
        if parse_hours(new_hours) == parse_hours(self.hours):
            new_hours = self.hours
        if (new_zone, new_hours) != (self.zone, self.hours):
            self.record(events.HoursChanged, zone=new_zone, hours=new_hours, by=by)

    def plan_travel(self, first: date, last: date, zone: str, by: By) -> None:
        """From the first day to the last one her days are those of another zone."""
        _check_days(first, last)
        zone_named(zone)
        if Travel(first, last, zone) not in self.travels:
            self.record(events.TravelPlanned, first=first, last=last, zone=zone, by=by)

    def plan_leave(self, first: date, last: date, by: By) -> None:
        """She is away from the first day to the last one."""
        _check_days(first, last)
        if Leave(first, last) not in self.leaves:
            self.record(events.LeavePlanned, first=first, last=last, by=by)

    def set_special_hours(self, day: date, hours: str, by: By) -> None:
        """On one day other hours than usual count, such as "09:00-12:00; 14:00-16:00", empty for none at all."""
        times = "; ".join(part.strip() for part in hours.split(";") if part.strip())
        if times:
            parse_hours("; ".join(f"mon {part}" for part in times.split("; ")))
        if SpecialHours(day, times) not in self.special_hours:
            self.record(events.SpecialHoursSet, day=day, hours=times, by=by)

    def limit_meetings_per_day(self, limit: int | None, by: By) -> None:
        """At most so many mentoring meetings on one day; None takes the limit away."""
        if limit is not None and limit < 1:
            raise BadInput("A day needs room for one meeting.", "Give 1 or more, or pause the person.")
        if limit != self.meetings_per_day:
            self.record(events.MeetingsPerDayLimited, limit=limit, by=by)

    def take_mentees(self, capacity: int | None, by: By) -> None:
        """She takes so many mentees at once; None takes the limit away. Those whom she has already stay."""
        if capacity is not None and capacity < 0:
            raise BadInput("Nobody can take less than no mentee.", "Give 0 or more.")
        if capacity != self.capacity:
            self.record(events.CapacitySet, mentees=capacity, by=by)

    def add_address(self, address: str, by: By) -> None:
        """Mail from that address is hers too; nobody else's address may be given (the caller looks)."""
        owned = self.own(mail_address(address))
        if owned not in self.addresses:
            self.record(events.AddressAdded, address=owned, by=by)

    def take_main_address(self, address: str, by: By) -> None:
        """Mail goes to that address of hers from now on, the name of her calendar too; it must be hers already."""
        owned = self.own(mail_address(address))
        if owned not in self.addresses:
            raise Refused("That address is not registered for her.", "Register it first with person set --address.")
        if owned in self.bouncing:
            raise Refused("Mail to that address came back.", "Let her write from it once, and it counts again.")
        if owned != self.addresses[0]:
            self.record(events.MainAddressChanged, address=owned, by=by)

    def mark_bounced(self, address: str, by: By) -> None:
        """Mail to that address of hers came back for good; an address that is not hers is none of our business."""
        owned = self.own(address.strip().lower())
        if owned in self.addresses and owned not in self.bouncing:
            self.record(events.AddressBounced, address=owned, by=by)

    def mark_reached(self, address: str, by: By) -> None:
        """That address of hers takes mail again."""
        owned = self.own(address.strip().lower())
        if owned in self.bouncing:
            self.record(events.AddressReached, address=owned, by=by)

    def add_calendar(self, calendar: str, by: By) -> None:
        """Another calendar of her account, by the provider's id, makes her busy too."""
        if not calendar.strip():
            raise BadInput("The calendar has no id.", "Give the id that the provider shows for it.")
        owned = self.own(calendar.strip())
        if owned not in self.calendars:
            self.record(events.CalendarAdded, calendar=owned, by=by)

    def read_busy_times_only(self, on: bool, by: By) -> None:
        """Read only busy times of her calendar, or entries again."""
        if on != self.free_busy_only:
            self.record(events.FreeBusyOnlySet, on=on, by=by)

    def name_delegate(self, address: str, by: By) -> None:
        """Somebody at that address may answer for her; her own address is refused."""
        owned = self.own(mail_address(address))
        if owned in self.addresses:
            raise Refused("A person is not her own delegate.", "Give the address of somebody else.")
        if owned not in self.delegates:
            self.record(events.DelegateNamed, address=owned, by=by)

    def allow_private_address(self, address: str, by: By) -> None:
        """She agrees that who was in a relationship with her may write there once she has left; "" takes that back."""
        owned = self.own(mail_address(address)) if address.strip() else None
        if owned != self.private_address:
            self.record(events.PrivateAddressAllowed, address=owned, by=by)

    def writes_from(self, address: str) -> bool:
        """Say whether that address is one of hers."""
        return Personal(str(self.id), address.strip().lower()) in self.addresses


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise BadInput("The last day lies before the first one.", "Give the days in order.")
    if (last - first).days >= LONGEST:
        raise BadInput("That is longer than a year.", "Give at most 366 days.")
