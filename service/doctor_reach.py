"""Whether the service reaches further than it should: a mailbox outside its allowance must be refused to it."""

from collections.abc import Callable

from domain.errors import MentorsyncError, NoAccess, NoMailbox, NotSignedIn
from domain.interval import Interval
from domain.rails import HOUR
from service.doctor_lines import Health, Line, Nature
from service.house import SERVICE_OWNER, House


def part_of(provider: str) -> str:
    """Return what the line about a provider's reach is called."""
    return f"{provider} reach"


def reach(house: House, provider: str, outside: str | None) -> Line:
    """Try to read a mailbox and a calendar that must not be readable; only a refusal of both is well.

    What the doctor could not prove is unknown: nobody named such a mailbox, it does not exist, or nothing can be read
    there at all, so that a refusal says nothing.
    """
    part = part_of(provider)
    if outside is None:
        return _not_tried(house, provider)
    if house.streams.person_at(outside) is not None or outside == house.identity.address:
        return Line(part, Health.BAD, "the mailbox outside is one of ours", _name(provider), Nature.CONFIGURATION)
    looks = _looks(house, provider, outside)
    found = {what: _refusal(look) for what, look in looks.items()}
    if readable := [what for what, refusal in found.items() if refusal is None]:
        says = f"a mailbox outside the allowance can be read: its {' and its '.join(readable)}"
        return Line(part, Health.BAD, says, _MENDS[provider], Nature.CONFIGURATION)
    doubts = [refusal for refusal in found.values() if not isinstance(refusal, _NOES[provider])]
    if not doubts:
        return _believed(house, provider)
    if isinstance(doubts[0], NoMailbox):
        says = "not proved: the provider knows no such mailbox outside the allowance"
        return Line(part, Health.UNKNOWN, says, _name(provider))
    return Line(part, Health.UNKNOWN, f"not proved: {getattr(doubts[0], 'problem', '')}")


def owner_at(house: House, provider: str) -> str | None:
    """Return somebody whose calendar is at that provider: the service, else a person, or None."""
    if provider == house.identity.provider:
        return SERVICE_OWNER
    people = house.streams.summaries("person")
    return next((person.id for person in people if person.facts["provider"] == provider), None)


def _believed(house: House, provider: str) -> Line:
    """A refusal proves something only while what is ours is not refused."""
    owner, part, now = owner_at(house, provider), part_of(provider), house.now()
    if owner is None:
        return Line(part, Health.UNKNOWN, "not proved: nobody of ours is there, and everything may be refused")
    calendar, account = house.calendar_of(owner)
    if _refusal(lambda: calendar.busy(account, Interval(now, now + HOUR))) is not None:
        return Line(part, Health.UNKNOWN, "not proved: what is ours is refused there, too")
    return Line(part, Health.GOOD, "a mailbox outside the allowance is refused: its calendar and its inbox")


# Google gives tokens for each account by itself, and so refuses by giving none.
_NOES: dict[str, tuple[type[MentorsyncError], ...]] = {"microsoft": (NoAccess,), "google": (NoAccess, NotSignedIn)}
_MENDS = {
    "microsoft": "Scope the app with RBAC for Applications, and take back what was consented for the whole tenant: "
    "the two add up, and a scope cannot take away what consent gave.",
    "google": "Domain-wide delegation reaches everybody of a domain: delegate in a domain of its own, or let each "
    "person consent by herself.",
}


def _name(provider: str) -> str:
    return f"Name in [{provider}] outside_mailbox one that exists and must not be readable."


def _not_tried(house: House, provider: str) -> Line:
    if house.loopback:
        return Line(part_of(provider), Health.GOOD, "nothing beyond this machine: every provider is on it")
    return Line(part_of(provider), Health.UNKNOWN, "not tried: no mailbox outside is named", _name(provider))


def _looks(house: House, provider: str, outside: str) -> dict[str, Callable[[], object]]:
    now = house.now()
    return {
        "calendar": lambda: house.calendars[provider].busy(outside, Interval(now, now + HOUR)),
        "inbox": lambda: house.mailboxes[provider].arrivals(outside, None),
    }


def _refusal(look: Callable[[], object]) -> MentorsyncError | None:
    """Return why it cannot be read, or None when it can."""
    try:
        look()
    except MentorsyncError as refusal:
        return refusal
    return None
