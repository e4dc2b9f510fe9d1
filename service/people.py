"""Use cases about people and the programme: register and change a person, found the programme, go live."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.by import ADMINISTRATOR, CLI, By
from domain.capacity import capacity_in
from domain.circumstances import mail_address
from domain.errors import Refused
from domain.ledger import LedgerWrite
from domain.person import Person
from domain.programme import Programme
from service.house import House


def add_person(
    house: House,
    address: str,
    name: str,
    provider: str,
    zone: str,
    hours: str,
    language: str = "en",
    capacity: str = "none",
) -> str:
    """Register a person and return her id; an address that is registered already is refused.

    The capacity is written as in `capacity_in`.
    """
    by = By(ADMINISTRATOR, CLI, None, house.now())
    person = Person.register(house.ids.new(), name, address, provider, zone, hours, language, by)
    if house.streams.person_at(person.address) is not None:
        raise Refused("That address is registered already.", "Look at it with: mentorsync person list")
    person.take_mentees(capacity_in(capacity), by)
    house.streams.save(person, now=by.at)
    return str(person.id)


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """What is to change about a person; None and empty keep what is, a limit of 0 takes the limit away.

    A `capacity` is a number of mentees, or "none" for no limit. A `private_address` of "" takes the consent back. The
    `main_address` is one that she has already, or gets with the same change.
    """

    zone: str | None = None
    hours: str | None = None
    meetings_per_day: int | None = None
    free_busy_only: bool | None = None
    addresses: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    capacity: str = ""
    private_address: str | None = None
    name: str | None = None
    language: str | None = None
    main_address: str | None = None


def change_person(house: House, person: Person, changes: PersonChanges) -> bool:
    """Change what is given, all or nothing, and return whether anything is new.

    An address that another person is registered with is refused.
    """
    for address in changes.addresses:
        if house.streams.person_at(mail_address(address)) not in (None, str(person.id)):
            raise Refused("Somebody else is registered with that address.", "Look with: mentorsync person list")
    return _done(house, person, lambda by: _change(person, changes, by))


def _change(person: Person, changes: PersonChanges, by: By) -> None:
    _readdress(person, changes, by)
    person.change_hours(changes.zone, changes.hours, by)
    if changes.meetings_per_day is not None:
        person.limit_meetings_per_day(changes.meetings_per_day or None, by)
    if changes.capacity:
        person.take_mentees(capacity_in(changes.capacity), by)
    if changes.free_busy_only is not None:
        person.read_busy_times_only(changes.free_busy_only, by)
    for calendar in changes.calendars:
        person.add_calendar(calendar, by)
    for delegate in changes.delegates:
        person.name_delegate(delegate, by)
    if changes.private_address is not None:
        person.allow_private_address(changes.private_address, by)


def _readdress(person: Person, changes: PersonChanges, by: By) -> None:
    if changes.name is not None:
        person.change_name(changes.name, by)
    if changes.language is not None:
        person.change_language(changes.language, by)
    for address in changes.addresses:
        person.add_address(address, by)
    if changes.main_address is not None:
        person.take_main_address(changes.main_address, by)


def plan_travel(house: House, person: Person, first: date, last: date, zone: str) -> bool:
    """From the first day to the last one the person's days are those of another zone; return whether that is new."""
    return _done(house, person, lambda by: person.plan_travel(first, last, zone, by))


def plan_leave(house: House, person: Person, first: date, last: date) -> bool:
    """The person is away from the first day to the last one; return whether that is new."""
    return _done(house, person, lambda by: person.plan_leave(first, last, by))


def set_special_hours(house: House, person: Person, day: date, hours: str) -> bool:
    """On one day other hours than usual count; return whether that is new."""
    return _done(house, person, lambda by: person.set_special_hours(day, hours, by))


def record_left(house: House, person: Person) -> bool:
    """The person has left the organisation; her relationships end with their next reviews. Return whether it is new."""
    return _done(house, person, person.leave_organisation)


def _done(house: House, person: Person, act: Callable[[By], None]) -> bool:
    by, main = By(ADMINISTRATOR, CLI, None, house.now()), person.addresses[0]
    act(by)
    new = bool(person.pending_events)
    house.streams.save(person, now=by.at, write=None if person.addresses[0] == main else _read_anew(person))
    return new


def _read_anew(person: Person) -> LedgerWrite:
    """Under another name of the account no old cursor need mean anything: an empty one has the whole window read."""
    return LedgerWrite(cursors=((str(person.id), "calendar", ""),))


def pause_person(house: House, person: Person) -> bool:
    """Stop everything for a person, as her own "stop" does; return whether that is new."""
    new = not person.paused
    person.pause(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(person, now=house.now())
    return new


def resume_person(house: House, person: Person) -> bool:
    """Go on for a person; what became useless meanwhile lapses and is not made up for. Return whether that is new."""
    new = person.paused
    person.resume(By(ADMINISTRATOR, CLI, None, house.now()))
    house.streams.save(person, now=house.now())
    return new


def programme(house: House) -> Programme:
    """Return the programme, founding it when there is none yet."""
    known = house.streams.programme()
    if known is not None:
        return known
    by = By(ADMINISTRATOR, CLI, None, house.now())
    founded = Programme.found(house.ids.new(), house.identity.programme, by)
    house.streams.save(founded, now=by.at)
    return founded


def go_live(house: House) -> bool:
    """Allow mail and calendar writes to leave; return whether that is new."""
    return _decided(house, Programme.go_live)


def pause_programme(house: House) -> bool:
    """Let nothing leave for anybody, on this machine neither; return whether that is new."""
    return _decided(house, Programme.pause)


def resume_programme(house: House) -> bool:
    """End the pause of the programme; return whether that is new."""
    return _decided(house, Programme.resume)


def _decided(house: House, decide: Callable[[Programme, By], None]) -> bool:
    known, by = programme(house), By(ADMINISTRATOR, CLI, None, house.now())
    decide(known, by)
    new = bool(known.pending_events)
    house.streams.save(known, now=by.at)
    return new
