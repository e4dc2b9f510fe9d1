"""Looks at every part that a working programme stands on, one line each, and says how to mend what is not well."""

import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from domain.errors import (
    BadInput,
    Broken,
    MentorsyncError,
    Misconfigured,
    Refused,
    StoreMissing,
    StoreNewer,
    TryLater,
    Unreadable,
)
from domain.interval import Interval
from domain.ledger import WorkState
from service import doctor_rails, doctor_reach, inbox_standing, probing
from service.calendar_standing import ids_in_short, unread
from service.doctor_lines import Health, Line, Nature
from service.event_words import count, moment
from service.house import SERVICE_OWNER, House
from service.inbox import PARKED
from service.push_standing import push_report
from service.rows import LEAVING
from service.status import bouncing, calendar_counts, ledger_counts
from service.unreadable import stopped

PATIENCE = timedelta(minutes=15)
LOOK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Premises:
    """Ways to look at the parts that lie outside the house.

    `secret_files` are those that the configuration names; reading it refuses one that is absent, somebody else's,
    readable by others or in a folder that others can write to. `lock_holder` names the daemon that holds the store, or
    None; `check_store` returns what is wrong with the store; `open_house` opens it with or without providers. `outside`
    names for a provider a mailbox that must not be readable.
    """

    providers: tuple[str, ...]
    secret_files: tuple[Path, ...]
    check_store: Callable[[], list[str]]
    lock_holder: Callable[[], str | None]
    open_house: Callable[[bool], AbstractContextManager[House]]
    outside: Mapping[str, str] = field(default_factory=dict)


def examine(premises: Premises, probe: bool = False) -> tuple[Line, ...]:
    """Return a line for each part, the same parts in the same order whatever is wrong.

    With `probe` the daemon is asked to try out a reply address, where the store opens.
    """
    if probe and _opens(premises):
        with premises.open_house(False) as house:
            probing.ask_for_probe(house)
    return (
        Line("configuration", Health.GOOD, f"read; providers: {', '.join(premises.providers)}"),
        _secrets(premises.secret_files),
        _looked("store", lambda: _store(premises)),
        _looked("keys", lambda: _keys(premises)),
        _looked("lock", lambda: _lock(premises)),
        *_inside(premises),
    )


def misconfigured(error: MentorsyncError) -> tuple[Line, ...]:
    """Return what can be said when not even the configuration can be read: nothing else was looked at."""
    line = Line("configuration", Health.BAD, error.problem, error.remedy, Nature.CONFIGURATION)
    rest = (
        "secret files",
        "store",
        "keys",
        "lock",
        "time zones",
        "clock",
        "providers",
        "reach",
        inbox_standing.PART,
        "kill switch",
        "live",
        "rails",
        "calendars",
        "push",
        "outbox",
        probing.PART,
        "addresses",
        "parked mails",
        "streams",
    )
    return (line, *(_unknown(part, "not looked at, because the configuration cannot be read") for part in rest))


def _inside(premises: Premises) -> Iterator[Line]:
    """Look at what needs an open house, with providers when they can be had."""
    parts: tuple[tuple[str, Callable[[House], Line]], ...] = (
        ("kill switch", doctor_rails.kill_switch),
        ("live", doctor_rails.live),
        ("rails", doctor_rails.rails),
        ("calendars", _calendars),
        ("push", _push),
        ("outbox", _outbox),
        (probing.PART, probing.probe_line),
        ("addresses", _addresses),
        ("parked mails", _parked),
        ("streams", _streams),
    )
    if not _opens(premises):
        reaches = (doctor_reach.part_of(provider) for provider in premises.providers)
        outside = (*premises.providers, *reaches, inbox_standing.PART)
        names = ("time zones", "clock", *outside, *(name for name, _ in parts))
        yield from (_unknown(name, "not looked at, because the store does not open") for name in names)
        return
    yield _looked("time zones", lambda: _with(premises, False, _zones))
    yield _looked("clock", lambda: _with(premises, False, _clock))
    for provider in premises.providers:
        yield _looked(provider, lambda name=provider: _with(premises, True, lambda house: _provider(house, name)))  # type: ignore[misc]
    for provider in premises.providers:
        look_outside = partial(doctor_reach.reach, provider=provider, outside=premises.outside.get(provider))
        yield _looked(doctor_reach.part_of(provider), partial(_with, premises, True, look_outside))
    yield _looked(inbox_standing.PART, partial(_with, premises, True, inbox_standing.inbox_line))
    for part, look in parts:
        yield _looked(part, partial(_with, premises, False, look))


def _opens(premises: Premises) -> bool:
    """Say whether the house opens; why it does not is said of the store and the keys, not of every part."""
    try:
        with premises.open_house(False):
            return True
    except MentorsyncError:
        return False


def _with(premises: Premises, providers: bool, look: Callable[[House], Line]) -> Line:
    with premises.open_house(providers) as house:
        return look(house)


def _looked(part: str, look: Callable[[], Line]) -> Line:
    """Turn what goes wrong while looking into a line; what is another part's trouble leaves this one unknown."""
    try:
        return look()
    except (StoreMissing, StoreNewer) as error:
        if part == "store":
            return Line(part, Health.BAD, error.problem, error.remedy, Nature.STORE)
        return _unknown(part, "not looked at, because the store does not open")
    except TryLater as error:
        return Line(part, Health.BAD, f"unreachable: {error.problem}", error.remedy, Nature.LATER)
    except Broken as error:
        return Line(
            part, Health.BAD, f"refuses the token or the account: {error.problem}", error.remedy, Nature.CONFIGURATION
        )
    except (Refused, Unreadable) as error:
        return Line(part, Health.BAD, error.problem, error.remedy, Nature.STORE)
    except (Misconfigured, BadInput) as error:
        return Line(part, Health.BAD, error.problem, error.remedy, Nature.CONFIGURATION)


def _unknown(part: str, says: str) -> Line:
    return Line(part, Health.UNKNOWN, says)


def _secrets(files: Sequence[Path]) -> Line:
    says = "root's or the service's user's, readable by their owner alone, where nobody else can exchange them"
    return Line("secret files", Health.GOOD, f"{count(len(files), 'file')}, {says}")


def _store(premises: Premises) -> Line:
    wrong = premises.check_store()
    if wrong:
        mend = "Stop the daemon, keep a copy, and restore the last good backup."
        return Line("store", Health.BAD, "; ".join(wrong), mend, Nature.STORE)
    return Line("store", Health.GOOD, "opens, and its integrity holds")


def _keys(premises: Premises) -> Line:
    with premises.open_house(False) as house:
        people = house.streams.summaries("person")
        for person in people:
            person.facts["name"].reveal()
    return Line(
        "keys", Health.GOOD, f"the names of {count(len(people), 'person')} open with them".replace("persons", "people")
    )


def _lock(premises: Premises) -> Line:
    holder = premises.lock_holder()
    return Line("lock", Health.GOOD, f"held: {holder}" if holder else "free: no daemon is running")


def _zones(house: House) -> Line:
    """Opening the house turns the system's own zones off, so that all machines reckon alike."""
    if zoneinfo.TZPATH:
        mend = "Start mentorsync by its own script, or set PYTHONTZPATH to nothing."
        return Line(
            "time zones",
            Health.BAD,
            f"those of this system come first: {zoneinfo.TZPATH[0]}",
            mend,
            Nature.CONFIGURATION,
        )
    return Line("time zones", Health.GOOD, f"the pinned ones, tzdata {house.identity.tzdata}")


def _clock(house: House) -> Line:
    return Line("clock", Health.GOOD, f"it is {moment(house.now())}")


def _provider(house: House, provider: str) -> Line:
    """Read a calendar there: the service's own, or that of somebody who is at that provider."""
    owner = doctor_reach.owner_at(house, provider)
    if owner is None:
        mend = "Register somebody whose calendar is there, or leave the section out."
        return Line(provider, Health.UNKNOWN, "not tried: nobody whose calendar is there is registered", mend)
    calendar, account = house.calendar_of(owner)
    now: datetime = house.now()
    calendar.busy(account, Interval(now, now + LOOK))
    whose = "the service's calendar" if owner == SERVICE_OWNER else "a calendar"
    return Line(provider, Health.GOOD, f"reachable; {whose} can be read with the credential")


_LOST = {
    "consent": "whose consent ended",
    "gone": "whose mailbox is gone",
    "never": "never connected",
}


def _calendars(house: House) -> Line:
    """What cannot be read counts as busy and is never free, so no time is found for its owner."""
    counts = calendar_counts(house, house.streams.summaries("person"))
    says = f"{counts.read} of {counts.people} were read"
    mends = []
    if counts.failing:
        whose = ids_in_short(unread(house))
        says = f"{says}; {count(counts.failing, 'calendar')} cannot be read now, so nothing is free there: {whose}"
        mends.append("Renew the consent and check the address; the log of the daemon tells each reason.")
    if counts.lost:
        lost = ", ".join(f"{number} {_LOST[reason]}" for reason, number in counts.lost.items())
        says = f"{says}; times are agreed by mail with their owners: {lost}"
        mends.append("Ask them to renew the consent, or look why the calendar was never connected.")
    if counts.lost.get("gone"):
        mends.append("If the owner of a mailbox that is gone has left, say so with mentorsync person left.")
    if counts.nonsense:
        says = f"{says}; entries that make no sense: {counts.nonsense} ({counts.reasons})"
        mends.append("Let their owners give them a start, a later end and a known time zone; they are read again then.")
    if mends:
        mends.append("Whose they are is shown by: mentorsync person list")
        return Line("calendars", Health.BAD, says, " ".join(mends), Nature.LATER)
    return Line("calendars", Health.GOOD, says)


def _push(house: House) -> Line:
    report = push_report(house, house.streams.summaries("person"))
    if not report.on:
        return Line("push", Health.GOOD, "off: calendars are polled alone, and no port is open")
    if not house.live():
        return Line("push", Health.GOOD, "on; nothing is subscribed before mentorsync go-live")
    holding = [f"{one.owner[:8]} until {moment(one.ends)}" for one in report.accounts if one.ends is not None]
    says = f"on for {len(holding)} of {count(len(report.accounts), 'calendar')}: {', '.join(holding) or 'none'}"
    if not report.missing:
        return Line("push", Health.GOOD, says)
    first = next((one.trouble for one in report.missing if one.trouble), "Nothing was tried yet.")
    mend = "Calendars are polled meanwhile. When it is mended, start the daemon again: it subscribes anew."
    return Line("push", Health.BAD, f"{says}; otherwise: {first}", mend, Nature.LATER)


def _outbox(house: House) -> Line:
    counts = ledger_counts(house, house.now())
    late = timedelta(seconds=max(counts.oldest_due_seconds, counts.oldest_postponed_seconds or 0))
    says = f"{counts.due} due, {counts.postponed} postponed, {counts.unknown} unknown, {counts.given_up} given up"
    for state, number in ((WorkState.UNKNOWN, counts.unknown), (WorkState.GIVEN_UP, counts.given_up)):
        if number:
            whose = ids_in_short(row.work.subject for row in house.ledger.rows([state], kinds=LEAVING))
            mend = f"Look at them with: mentorsync outbox --state {state.value}; then mentorsync outbox resolve KEY."
            return Line("outbox", Health.BAD, f"{says}: {whose}", mend, Nature.LATER)
    if house.live() and late > PATIENCE:
        mend = "Start the daemon, or see with mentorsync outbox what keeps it."
        return Line(
            "outbox",
            Health.BAD,
            f"{says}; the oldest is {int(late.total_seconds() // 60)} minutes late",
            mend,
            Nature.LATER,
        )
    return Line("outbox", Health.GOOD, says)


def _addresses(house: House) -> Line:
    """Mail that came back for good is a matter for people: nothing more is sent there."""
    number = bouncing(house.streams.summaries("person"))
    if not number:
        return Line("addresses", Health.GOOD, "none that took no mail")
    mend = "Ask them by other means, have them write from it again, or register them anew."
    says = f"{count(number, 'address')} to which mail came back for good; nothing more is sent there"
    return Line("addresses", Health.BAD, says.replace("addresss", "addresses"), mend, Nature.LATER)


def _parked(house: House) -> Line:
    """Nothing waits for them, but somebody may: what they asked for was not done."""
    rows = house.ledger.rows([WorkState.OPEN], None, [PARKED])
    if not rows:
        return Line("parked mails", Health.GOOD, "none")
    since, reasons = min(row.work.due for row in rows), ", ".join(sorted({row.work.recipient for row in rows}))
    says = f"{len(rows)}, the oldest since {moment(since)}; what they asked for was not done: {reasons}"
    mend = "Look at them with: mentorsync parked; then mentorsync parked replay KEY, or drop KEY."
    return Line("parked mails", Health.BAD, says, mend, Nature.LATER)


def _streams(house: House) -> Line:
    """What the daemon came upon and still cannot read; all streams are told again by a backup that is verified."""
    found = stopped(house)
    if not found:
        return Line("streams", Health.GOOD, "the daemon came upon none that cannot be read")
    more = f" So it is with {len(found) - 1} more." if len(found) > 1 else ""
    trouble = found[0].trouble
    return Line("streams", Health.BAD, f"{trouble.problem}{more}", trouble.remedy, Nature.STORE)
