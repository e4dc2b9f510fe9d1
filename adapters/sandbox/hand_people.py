"""What the hand changes about a person: consent, working hours, time zone, and whether there is a mailbox at all."""

from dataclasses import replace

from adapters.sandbox.act import Act, Outcome, deed, undone
from adapters.sandbox.world import World
from adapters.sandbox.zones import zone_of

SCOPES = ("full", "freebusy", "none")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _consent(_: World, act: Act) -> Outcome:
    """Take consent back, give it, or narrow it to free and busy; nothing in the calendar changes by that."""
    scope = act.text("scope", {"revoke": "none", "grant": "full"}.get(act.name, ""))
    if scope not in SCOPES:
        return undone(f"the scope is one of {', '.join(SCOPES)}")
    act.account.consent = scope
    return Outcome()


def _gone(_: World, act: Act) -> Outcome:
    """The mailbox is removed: the clouds do not know it any more, and mail to it comes back."""
    act.account.removed = True
    return Outcome()


def _hours(_: World, act: Act) -> Outcome:
    days = tuple(str(day) for day in act.fields.get("days", act.account.hours.days))
    if not set(days) <= set(DAYS):
        return undone(f"the days are some of {', '.join(DAYS)}")
    act.account.hours = replace(act.account.hours, days=days, start=act.text("from"), end=act.text("to"))
    return Outcome()


def _zone(_: World, act: Act) -> Outcome:
    """Live by another zone; `shown` is the name that Outlook shows for it, if that is none of Windows' own."""
    try:
        zone_of(act.text("zone"))
    except ValueError as problem:
        return undone(str(problem))
    act.account.zone, act.account.zone_shown = act.text("zone"), act.text("shown")
    return Outcome()


def _alias(world: World, act: Act) -> Outcome:
    """One more address of the same mailbox."""
    address = act.text("address").strip().lower()
    if "@" not in address or world.account(address) is not None:
        return undone("no address, or one that is taken")
    act.account.aliases.append(address)
    return Outcome()


DEEDS = {
    "revoke": deed(_consent, may="comment"),
    "grant": deed(_consent, may="comment"),
    "consent": deed(_consent, "scope"),
    "alias": deed(_alias, "address"),
    "gone": deed(_gone),
    "hours": deed(_hours, "from to", "days"),
    "zone": deed(_zone, "zone", "shown"),
}
