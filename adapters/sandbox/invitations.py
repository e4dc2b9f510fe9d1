"""Meetings that span calendars: invitation, update, answer and cancellation travel between the two clouds."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from adapters.sandbox.calendar_mail import answer_mail
from adapters.sandbox.delivery import deliver
from adapters.sandbox.records import Account, Calendar, Entry, Guest, Json
from adapters.sandbox.series import repeat
from adapters.sandbox.world import CANCELLED_STAYS, World

REACH_ALL = ("microsoft", "google")
SHARED_FIELDS = (
    "subject",
    "start",
    "end",
    "zone",
    "body",
    "body_type",
    "location",
    "online",
    "join_url",
    "all_day",
    "sequence",
    "asked",
)
SHARED_RULES = ("allowNewTimeProposals", "guestsCanModify", "guestsCanInviteOthers", "conferenceData")
"""Settings of the organiser's copy that hold for the guests' copies too."""

MEET_RULE = "-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-"


def book(
    world: World,
    account: Account,
    entry: Entry,
    reach: Iterable[str] = REACH_ALL,
    quiet: bool = False,
    calendar: Calendar | None = None,
) -> Entry:
    """Put a new event on its organiser's calendar (the primary one) and invite the guests on the clouds in `reach`.

    `quiet` keeps it from the watchers: what a person's own hand made is no arrival to that person.
    """
    fresh = account.new_event_id()
    entry.id, entry.number = entry.id or fresh, account.calendar.made
    entry.ical_uid = entry.ical_uid or _new_uid(account, entry)
    (calendar or account.calendar).add(entry, world.now)
    _invite(world, account, entry, entry.guests, tuple(reach))
    if not quiet:
        world.appeared(account, entry)
    return entry


def _new_uid(account: Account, entry: Entry) -> str:
    if account.provider == "google":
        return f"{entry.id}@google.com"
    return f"040000008200E00074C5B7101A82E008{account.stamp.upper()}{entry.number:08X}"


def _invite(world: World, account: Account, entry: Entry, guests: Iterable[Guest], reach: tuple[str, ...]) -> None:
    letter = copy.deepcopy(entry)
    letter.extra = _rules(letter)
    for guest in guests:
        there = world.account(guest.address)
        if there is not None and there is not account and there.provider in reach:
            world.send("invitation", there, partial(_arrive, world, there, letter))


def tell(world: World, account: Account, entry: Entry, reach: Iterable[str] = REACH_ALL) -> None:
    """Send all guests the event as it stands now."""
    _invite(world, account, entry, entry.guests, tuple(reach))


def _arrive(world: World, account: Account, letter: Entry) -> list[str]:
    if account.removed:
        return []
    mine = account.calendar.copy_of(letter.ical_uid, letter.original)
    if mine is None:
        _decline_if_away(world, account, _first_copy(world, account, letter))
        return [account.address]
    if letter.sequence < mine.sequence:
        return []
    letter = _as_shown(account, letter)
    mine.exception = letter.exception
    asked = letter.asked > mine.asked or mine.cancelled
    moved = asked or (mine.start, mine.end) != (letter.start, letter.end)
    for name in SHARED_FIELDS:
        setattr(mine, name, getattr(letter, name))
    mine.shared, mine.cancelled = dict(letter.shared), False
    mine.extra = {name: value for name, value in mine.extra.items() if name not in SHARED_RULES} | letter.extra
    own = account.seat(mine)
    mine.guests = copy.deepcopy(letter.guests)
    if not moved and own is not None:
        _set_response(mine, own.address, own.response, own.responded)
    elif moved:
        mine.response, mine.show_as = "needsAction", "tentative"
    account.calendar.touch(mine, world.now)
    if moved:
        world.appeared(account, mine, renewed=True)
        _decline_if_away(world, account, mine)
    return [account.address]


def _decline_if_away(world: World, account: Account, entry: Entry) -> None:
    """Google declines by itself what falls into an absence or a focus time that says so."""
    for other in account.calendar.between(entry.start, entry.end):
        rules = other.extra.get("outOfOfficeProperties") or other.extra.get("focusTimeProperties") or {}
        if other.live and rules.get("autoDeclineMode", "declineNone") != "declineNone":
            respond(world, account, entry, "declined", str(rules.get("declineMessage", "")))
            return


def _as_shown(account: Account, letter: Entry) -> Entry:
    """Google writes a Meet link into the invitation's text for guests who have no Google calendar to show it."""
    if account.provider == "google" or "meet.google.com" not in letter.join_url:
        return letter
    words = f"{letter.body}\n\n{MEET_RULE}\nJoin with Google Meet: {letter.join_url}\n{MEET_RULE}"
    return replace(letter, body=words.strip())


def _first_copy(world: World, account: Account, letter: Entry) -> Entry:
    mine = copy.deepcopy(_as_shown(account, letter))
    mine.id, mine.private, mine.properties = "", {}, {}
    mine.transaction, mine.request_digest = "", ""
    mine.response, mine.show_as, mine.cancelled, mine.gone = "needsAction", "tentative", False, False
    fresh = account.new_event_id()
    mine.number = account.calendar.made
    mine.id = _free_google_id(account, letter, fresh) if account.provider == "google" else fresh
    account.calendar.add(mine, world.now)
    if mine.rule:
        repeat(world, account, account.calendar, mine)
    world.appeared(account, mine)
    return mine


def _free_google_id(account: Account, letter: Entry, base: str) -> str:
    """Google shows one event under one id on every calendar, but an id stays taken after a deletion."""
    shared = letter.ical_uid.removesuffix("@google.com")
    usable = letter.ical_uid.endswith("@google.com") and shared not in account.calendar.entries
    return shared if usable else base


def _set_response(entry: Entry, address: str, response: str, at: datetime | None) -> None:
    guest = entry.guest(address)
    if guest is not None:
        guest.response, guest.responded = response, at


def change(
    world: World, account: Account, entry: Entry, fields: dict[str, object], reach: Iterable[str] = REACH_ALL
) -> Entry:
    """Apply new field values to one copy; the organiser's change is sent on,
    a guest's stays on the guest's copy."""
    before = (entry.start, entry.end)
    old_guests, old_rules = list(entry.guests), _rules(entry)
    for name, value in fields.items():
        setattr(entry, name, value)
    moved = before != (entry.start, entry.end)
    account.home(entry).touch(entry, world.now)
    if entry.response == "organizer":
        entry.sequence += 1
        if moved:
            _ask_again(account, entry)
        told = set(fields) | ({"rules"} if _rules(entry) != old_rules else set())
        _send_change(world, account, entry, old_guests, told, tuple(reach))
    return entry


def writable(world: World, account: Account, entry: Entry) -> tuple[Account, Entry]:
    """The copy that a person's change goes to: one's own, or the organiser's where Google's guests may modify it."""
    there = world.known(entry.organiser, "google")
    if account.provider == "microsoft" or there is None or not entry.extra.get("guestsCanModify"):
        return account, entry
    return there, there.calendar.copy_of(entry.ical_uid) or entry


def _rules(entry: Entry) -> Json:
    return {name: value for name, value in entry.extra.items() if name in SHARED_RULES}


def _ask_again(account: Account, entry: Entry) -> None:
    entry.asked = entry.sequence
    for guest in entry.guests:
        if guest.address.lower() not in account.addresses:
            guest.response, guest.responded, guest.proposed = "needsAction", None, None


def _send_change(
    world: World,
    account: Account,
    entry: Entry,
    old: list[Guest],
    fields: set[str],
    reach: tuple[str, ...],
) -> None:
    before = {guest.address.lower() for guest in old}
    after = {guest.address.lower() for guest in entry.guests}
    private = {"private", "properties", "extra", "show_as"}
    told = entry.guests
    if fields <= private:
        told = []
    elif fields == {"guests"}:
        told = [guest for guest in entry.guests if guest.address.lower() not in before]
    _invite(world, account, entry, told, reach)
    for guest in old:
        if guest.address.lower() not in after:
            _send_cancellation(world, guest.address, entry, reach)


def _send_cancellation(world: World, address: str, entry: Entry, reach: tuple[str, ...]) -> None:
    there = world.account(address)
    if there is not None and there.provider in reach and there.address != entry.organiser.lower():
        world.send("invitation", there, partial(_arrive_cancellation, world, there, entry.ical_uid, entry.original))


def _arrive_cancellation(world: World, account: Account, ical_uid: str, original: datetime | None) -> list[str]:
    if account.removed:
        return []
    mine = account.calendar.copy_of(ical_uid, original)
    if mine is None or mine.cancelled:
        return []
    mine.cancelled = True
    if account.provider == "microsoft":
        mine.subject, mine.show_as = f"Canceled: {mine.subject}", "free"
        world.later(CANCELLED_STAYS, partial(_tidy, world, account, mine))
    account.calendar.touch(mine, world.now)
    return [account.address]


def _tidy(world: World, account: Account, entry: Entry) -> list[str]:
    if entry.gone or not entry.cancelled:
        return []
    entry.gone = True
    account.home(entry).touch(entry, world.now)
    return [account.address]


def remove(world: World, account: Account, entry: Entry, reach: Iterable[str] = REACH_ALL) -> None:
    """Delete one copy; the organiser's deletion cancels the meeting for the guests on the clouds in
    `reach`."""
    if account.provider == "google":
        entry.cancelled = True
    else:
        entry.gone = True
    account.home(entry).touch(entry, world.now)
    if entry.response == "organizer":
        for guest in entry.guests:
            _send_cancellation(world, guest.address, entry, tuple(reach))


def restore(world: World, account: Account, entry: Entry) -> None:
    """Take an event out of the bin. Google invites the organiser's guests again, Outlook tells nobody."""
    entry.gone = False
    if account.provider == "google":
        entry.cancelled = False
    account.home(entry).touch(entry, world.now)
    if entry.response == "organizer" and account.provider == "google":
        entry.sequence += 1
        tell(world, account, entry)


def respond(
    world: World,
    account: Account,
    entry: Entry,
    response: str,
    comment: str = "",
    proposed: tuple[datetime, datetime] | None = None,
    sent_by: str = "",
) -> None:
    """A guest, or a delegate in the guest's name, answers; Outlook takes a declined meeting off the guest's calendar,
    Google keeps it as declined."""
    seat = account.seat(entry)
    invited = seat.address if seat is not None else account.address
    for mine in (entry, *account.home(entry).occurrences(entry)):
        _set_response(mine, invited, response, world.now)
        mine.response = response
        mine.show_as = {"accepted": "busy", "tentative": "tentative"}.get(response, "free")
        mine.gone = response == "declined" and account.provider == "microsoft"
        account.home(mine).touch(mine, world.now)
    # Outlook answers under its own address, whichever one was invited.
    sender = account.address if account.provider == "microsoft" else invited
    answer = Guest(sender, account.name, response, False, world.now, proposed, comment)
    there = world.account(entry.organiser)
    if there is not None:
        letter = copy.deepcopy(entry)
        world.send("answer", there, partial(_arrive_answer, world, there, letter, answer, sent_by))


def _arrive_answer(world: World, there: Account, answered: Entry, answer: Guest, sent_by: str) -> list[str]:
    entry = there.calendar.copy_of(answered.ical_uid, answered.original)
    if there.removed or entry is None or entry.cancelled or answered.sequence < entry.asked:
        return []
    guest = entry.guest(answer.address)
    if guest is None and there.provider == "google":
        # An answer under an address that nobody invited makes a second guest in Google, and none in Outlook.
        guest = Guest(answer.address, answer.name)
        entry.guests.append(guest)
    if guest is not None:
        guest.response, guest.responded = answer.response, answer.responded
        guest.proposed, guest.comment = answer.proposed, answer.comment
        there.home(entry).touch(entry, world.now)
        for occurrence in there.home(entry).occurrences(entry):
            _set_response(occurrence, answer.address, answer.response, answer.responded)
    deliver(world, there, answer_mail(world, there, answered, answer, sent_by), answer.address, calendar=True)
    return [there.address]
