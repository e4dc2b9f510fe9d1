"""How an event of the memory world reaches those who are invited, and their answers the organiser."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from adapters.memory.world import Account, MemoryWorld, Record
from domain.calendar import Attendee, CalendarEntry, Response, Shows


def by_uid(account: Account, ical_uid: str) -> Record | None:
    """Return the account's copy of an event, if it holds one."""
    return next((record for record in account.records.values() if record.entry.ical_uid == ical_uid), None)


def invite(world: MemoryWorld, entry: CalendarEntry) -> None:
    """Bring the organiser's new event to everyone invited who lives in this world."""

    def arrive(address: str) -> None:
        account = world.account(address)
        copy = replace(entry, event_id=f"event-{account.next()}", tag=None, own_response=Response.NEEDS_ACTION)
        world.put(address, replace(copy, shows=Shows.TENTATIVE))

    _to_all(world, entry, arrive)


def tell_change(world: MemoryWorld, entry: CalendarEntry) -> None:
    """Bring the organiser's new time to the copies; the answers stay."""

    def arrive(address: str) -> None:
        record = by_uid(world.account(address), entry.ical_uid)
        if record is not None:
            world.put(address, replace(record.entry, time=entry.time), gone=record.gone)

    _to_all(world, entry, arrive)


def tell_end(world: MemoryWorld, entry: CalendarEntry) -> None:
    """Mark the copies as cancelled."""

    def arrive(address: str) -> None:
        record = by_uid(world.account(address), entry.ical_uid)
        if record is not None and not record.gone:
            world.put(address, replace(record.entry, cancelled=True, shows=Shows.FREE))

    _to_all(world, entry, arrive)


def answer(world: MemoryWorld, entry: CalendarEntry, address: str, response: Response) -> None:
    """Bring an invited person's answer to the organiser's event."""

    def arrive() -> None:
        record = by_uid(world.accounts[entry.organiser], entry.ical_uid)
        if record is not None and not record.gone:
            attendees = tuple(
                Attendee(item.address, response if item.address == address else item.response)
                for item in record.entry.attendees
            )
            world.put(entry.organiser, replace(record.entry, attendees=attendees))

    if entry.organiser in world.accounts:
        world.later(arrive)


def _to_all(world: MemoryWorld, entry: CalendarEntry, arrive: Callable[[str], None]) -> None:
    for attendee in entry.attendees:
        if attendee.address in world.accounts and attendee.address != entry.organiser:
            world.later(partial(arrive, attendee.address))
