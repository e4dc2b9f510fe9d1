"""An invitation passed on: the organiser's copy gets one guest more, and so does the meeting."""

import email.utils
from functools import partial

from adapters.sandbox import invitations
from adapters.sandbox.delivery import deliver, headline
from adapters.sandbox.records import Account, Entry, Guest
from adapters.sandbox.world import DELIVERY, World


def forward(world: World, account: Account, entry: Entry, guest: Guest) -> None:
    """Bring another guest: at once on the organiser's own copy, else when the forwarded invitation has travelled."""
    if entry.response == "organizer":
        invitations.change(world, account, entry, {"guests": [*entry.guests, guest]})
        return
    world.later(DELIVERY, partial(_arrive, world, account, entry.organiser, entry.ical_uid, guest))


def _arrive(world: World, sender: Account, organiser: str, ical_uid: str, guest: Guest) -> list[str]:
    there = world.account(organiser)
    entry = None if there is None or there.removed else there.calendar.copy_of(ical_uid)
    if there is None or entry is None or not entry.live or entry.guest(guest.address) is not None:
        return []
    invitations.change(world, there, entry, {"guests": [*entry.guests, guest]})
    if there.provider == "microsoft":
        deliver(world, there, _notice(world, there, sender, entry, guest), sender.address, calendar=True)
    return [there.address]


def _notice(world: World, there: Account, sender: Account, entry: Entry, guest: Guest) -> bytes:
    """What Exchange writes to the organiser when a guest has passed an invitation on."""
    lines = [
        f"From: {email.utils.formataddr((sender.name, sender.address))}",
        f"To: {there.address}",
        f"Subject: {headline(f'Meeting Forward Notification: {entry.subject}')}",
        f"Date: {email.utils.format_datetime(world.now)}",
        f"Message-ID: <forward-{there.stamp}-{len(there.mailbox.mails) + 1}@mail.{sender.domain}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"{sender.name} has forwarded this meeting request to additional recipients: {guest.name or guest.address}.",
        "",
    ]
    return "\r\n".join(lines).encode()
