"""Who lives in the sandbox: four invented people or seven, the service's two mailboxes, and seeded busy times."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from adapters.sandbox import invitations
from adapters.sandbox.records import Account, Entry, Hours
from adapters.sandbox.world import World
from adapters.sandbox.zones import zone_of

WEEKS = 20
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
DEMO = (
    ("mara.lindqvist@contoso.example", "microsoft", "Mara Lindqvist", "America/Chicago", "09:00", "17:00"),
    ("jonas.albrecht@gmail.example", "google", "Jonas Albrecht", "Europe/Berlin", "09:00", "18:00"),
    ("isla.waratah@gmail.example", "google", "Isla Waratah", "Australia/Sydney", "17:00", "21:00"),
    ("theo.hartley@contoso.example", "microsoft", "Theo Hartley", "Europe/London", "07:30", "10:00"),
)
MORE = (
    ("nuria.ferrer@gmail.example", "google", "Nuria Ferrer", "Europe/Madrid", "09:00", "18:00"),
    ("owen.birch@contoso.example", "microsoft", "Owen Birch", "America/New_York", "09:00", "17:00"),
    ("dela.mensah@gmail.example", "google", "Dela Mensah", "Africa/Accra", "08:00", "18:00"),
)
"""Who lives there besides, for the longer story that the demo tells."""
SERVICES = (
    ("mentoring@contoso.example", "microsoft", "Mentoring Programme", "UTC"),
    ("mentoring@gmail.example", "google", "Mentoring Programme", "UTC"),
)
SUBJECTS = (
    "Stand-up",
    "Budget review",
    "Design review",
    "Customer call",
    "Planning",
    "Interview",
    "Dentist",
    "Focus",
)
BUSY_PER_WEEK = 4
"""Few enough that the narrow overlap of each pair's hours keeps free time in every fortnight."""


def settle(world: World, people: str) -> None:
    """Fill a world: `demo` brings the four people, `all` all seven; the service's mailboxes are there in any case."""
    if people not in ("all", "demo", "none"):
        raise ValueError("People are 'all', 'demo' or 'none'.")
    for address, provider, name, zone in SERVICES:
        world.add(address, provider, name, zone)
    cast = {"all": (*DEMO, *MORE), "demo": DEMO, "none": ()}[people]
    for address, provider, name, zone, start, end in cast:
        account = world.add(address, provider, name, zone, Hours(WORKDAYS, start, end))
        _fill(world, account)


def _fill(world: World, account: Account) -> None:
    seed = hashlib.sha256(f"{world.seed} {account.address}".encode()).digest()
    chance = Random(int.from_bytes(seed[:8], "big"))
    monday = world.now.date() - timedelta(days=world.now.weekday())
    for week in range(WEEKS):
        for _ in range(BUSY_PER_WEEK):
            entry = _appointment(account, chance, monday + timedelta(weeks=week))
            if entry.start > world.now:
                invitations.book(world, account, entry, quiet=True)


def _appointment(account: Account, chance: Random, monday: date) -> Entry:
    opens, closes = (time.fromisoformat(text).hour * 60 for text in (account.hours.start, account.hours.end))
    day = monday + timedelta(days=chance.randrange(5))
    minutes = opens + 30 * chance.randrange((closes - opens) // 30)
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone_of(account.zone))
    start = wall.astimezone(UTC)
    return Entry(
        subject=chance.choice(SUBJECTS),
        start=start,
        end=start + timedelta(minutes=chance.choice((30, 30, 60))),
        organiser=account.address,
        zone=account.zone,
        show_as=chance.choice(("busy", "busy", "busy", "tentative")),
    )
