"""What the two people of the simulation do with their own calendars and mailboxes, each as their cloud lets them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from functools import partial
from random import Random

from adapters.memory.hands import MemoryHands
from adapters.memory.invitations import answer, by_uid, invite, tell_change
from adapters.memory.world import MemoryWorld, Record
from domain.calendar import Attendee, CalendarEntry, Response, Shows
from domain.interval import Interval
from tests.simulation.script import Act

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
THIRD = "ken@example.com"
REPLIES = {
    "skip": (("preparation", "agenda"), "Let's skip this one."),
    "question": (("preparation",), "Questions: What should I stop doing?"),
    "held": (("held_question",), "held"),
    "not_held": (("held_question",), "not held"),
}


@dataclass(frozen=True, slots=True)
class People:
    """The two and their hands; `clouds` names each address's cloud, `addresses` each role's address.

    Every act returns in a few words what came of it.
    """

    world: MemoryWorld
    addresses: dict[str, str]
    clouds: dict[str, str]

    def do(self, act: Act) -> str:
        """Let one of the two do something now."""
        deed = _DEEDS.get(act.what, _reply)
        return deed(Hand(self, self.addresses[act.who], Random(act.choice), act.what))

    def busy(self, account: str, time: Interval) -> None:
        """Enter an appointment of one's own."""
        MemoryHands(self.world).busy(account, time)

    def accept_all(self, account: str) -> None:
        """Answer yes to every invitation that lies there unanswered."""
        for record in list(self.world.accounts[account].records.values()):
            entry = record.entry
            unanswered = entry.own_response is Response.NEEDS_ACTION and entry.organiser != account
            if unanswered and not (record.gone or entry.cancelled) and entry.time.end > self.world.now:
                MemoryHands(self.world).accept(account, entry.ical_uid)

    def ask_again(self, organiser: str, entry: CalendarEntry) -> None:
        """A new time asks the guests anew, in the organiser's copy at once and in theirs when the news arrives."""
        fresh = tuple(Attendee(guest.address, Response.NEEDS_ACTION) for guest in entry.attendees)
        record = self.world.accounts[organiser].records[entry.event_id]
        record.entry = replace(record.entry, attendees=fresh)
        for guest in entry.attendees:
            if guest.address in self.world.accounts and guest.address != organiser:
                self.world.later(lambda address=guest.address: self._asked(address, entry))  # type: ignore[misc]

    def _asked(self, account: str, entry: CalendarEntry) -> None:
        record = by_uid(self.world.accounts[account], entry.ical_uid)
        if record is None or record.entry.cancelled:
            return
        # Outlook brings an updated invitation back into a calendar that it was taken out of; Google does not.
        gone = record.gone and self.clouds.get(account) == "google"
        asked = replace(record.entry, own_response=Response.NEEDS_ACTION, shows=Shows.TENTATIVE)
        self.world.put(account, asked, gone=gone)


@dataclass(frozen=True, slots=True)
class Hand:
    """One act under way."""

    people: People
    account: str
    chance: Random
    what: str

    @property
    def world(self) -> MemoryWorld:
        """The world it is done in."""
        return self.people.world

    @property
    def cloud(self) -> str:
        """Where the one who acts has the calendar."""
        return self.people.clouds[self.account]

    @property
    def other(self) -> str:
        """The address of the other of the two."""
        return next(address for address in self.people.addresses.values() if address != self.account)

    @property
    def hands(self) -> MemoryHands:
        """The plain hands of the world."""
        return MemoryHands(self.world)

    def records(self, standing: bool = True) -> list[Record]:
        """Return the account's events with other people that stand (or were taken out), soonest first."""
        found = [r for r in self.world.accounts[self.account].records.values() if r.entry.attendees]
        chosen = [r for r in found if (r.gone or r.entry.cancelled) is not standing]
        return sorted(chosen, key=lambda r: (r.entry.time.end <= self.world.now, r.entry.time.start, r.entry.ical_uid))

    def entry(self) -> CalendarEntry | None:
        """Return an event that stands in the own calendar, mostly the next one."""
        records = self.records()
        if not records:
            return None
        return (records[0] if self.chance.random() < 0.8 else self.chance.choice(records)).entry

    def time(self, length: timedelta) -> Interval:
        """Return a time that this person would like; few are sensible, all happen."""
        now, wish = self.world.now, self.chance.choice(("day", "day", "day", "day", "hour", "night", "past", "soon"))
        day = (now + self.chance.randint(1, 9) * DAY).replace(hour=9, minute=0, second=0, microsecond=0)
        starts: dict[str, datetime] = {
            "day": day + self.chance.randrange(32) * 15 * MINUTE,
            "hour": now + self.chance.randint(1, 30) * HOUR,
            "night": day - self.chance.randint(2, 8) * HOUR,
            "past": now - self.chance.randint(1, 50) * HOUR,
            "soon": now + self.chance.randint(1, 90) * MINUTE,
        }
        start = starts[wish].replace(second=0, microsecond=0)
        return Interval(start, start + length)


def _move(hand: Hand) -> str:
    entry = hand.entry()
    if entry is None:
        return "nothing to move"
    if entry.organiser != hand.account and hand.cloud == "google":
        return "a guest cannot move an event in Google"
    time = hand.time(entry.time.end - entry.time.start)
    hand.hands.move(hand.account, entry.ical_uid, time)
    if entry.organiser == hand.account:
        hand.people.ask_again(hand.account, entry)
    return f"{entry.ical_uid} to {told(time)}"


def _respond(hand: Hand) -> str:
    invitations = [r.entry for r in hand.records() if r.entry.organiser != hand.account]
    if not invitations:
        return "no invitation"
    entry = invitations[0]
    getattr(hand.hands, hand.what)(hand.account, entry.ical_uid)
    if hand.what == "decline" and hand.cloud == "microsoft":
        record = by_uid(hand.world.accounts[hand.account], entry.ical_uid)
        if record is not None:
            hand.world.put(hand.account, record.entry, gone=True)
    return entry.ical_uid


def _propose(hand: Hand) -> str:
    invitations = [r.entry for r in hand.records() if r.entry.organiser != hand.account]
    if not invitations:
        return "no invitation"
    entry = invitations[0]
    hand.hands.tentative(hand.account, entry.ical_uid)
    if hand.people.clouds.get(entry.organiser) != "microsoft":
        return f"{entry.ical_uid}: only a maybe reaches a calendar of Google's"
    time = hand.time(entry.time.end - entry.time.start)

    def arrive() -> None:
        record = by_uid(hand.world.accounts[entry.organiser], entry.ical_uid)
        if record is not None and not record.gone:
            hand.world.put(entry.organiser, replace(record.entry, attendees=_with_wish(record.entry, hand, time)))

    hand.world.later(arrive)
    return f"{entry.ical_uid} at {told(time)}"


def _with_wish(entry: CalendarEntry, hand: Hand, time: Interval) -> tuple[Attendee, ...]:
    return tuple(replace(a, proposed=time) if a.address == hand.account else a for a in entry.attendees)


def _delete(hand: Hand) -> str:
    entry = hand.entry()
    if entry is None:
        return "nothing to delete"
    hand.hands.delete(hand.account, entry.ical_uid)
    return entry.ical_uid


def _vanish(hand: Hand) -> str:
    """Outlook lets a guest take a copy out without a word; elsewhere a deletion tells."""
    entry = hand.entry()
    if entry is None:
        return "nothing to take out"
    if entry.organiser == hand.account or hand.cloud == "google":
        return _delete(hand)
    hand.world.put(hand.account, entry, gone=True)
    return f"{entry.ical_uid}, without a word"


def _restore(hand: Hand) -> str:
    """Take the last one back out of the bin; a guest can only while the organiser's stands."""
    thrown = hand.records(standing=False)
    if not thrown:
        return "nothing in the bin"
    entry = thrown[-1].entry
    theirs = by_uid(hand.world.accounts[entry.organiser], entry.ical_uid)
    if entry.organiser != hand.account and (theirs is None or theirs.gone or theirs.entry.cancelled):
        return f"{entry.ical_uid} was cancelled by its organiser"
    entry = hand.world.put(hand.account, replace(entry, cancelled=False))
    if entry.organiser == hand.account:
        _stand_again(hand, entry)
    else:
        answer(hand.world, entry, hand.account, entry.own_response)
    return entry.ical_uid


def _stand_again(hand: Hand, entry: CalendarEntry) -> None:
    """Outlook invites anew; in Google the copies stand again as they were, but for those that a guest took out."""
    anew = hand.cloud == "microsoft"
    if anew:
        unanswered = tuple(replace(guest, response=Response.NEEDS_ACTION) for guest in entry.attendees)
        entry = hand.world.put(hand.account, replace(entry, attendees=unanswered))

    def arrive(address: str) -> None:
        record = by_uid(hand.world.accounts[address], entry.ical_uid)
        if record is None or (record.gone and not anew):
            return
        copy = replace(record.entry, cancelled=False, time=entry.time)
        if anew:
            copy = replace(copy, own_response=Response.NEEDS_ACTION, shows=Shows.TENTATIVE)
        elif copy.own_response is Response.ACCEPTED:
            copy = replace(copy, shows=Shows.BUSY)
        hand.world.put(address, copy)

    for guest in entry.attendees:
        if guest.address in hand.world.accounts:
            hand.world.later(partial(arrive, guest.address))


def _appointment(hand: Hand) -> str:
    entry = hand.entry()
    time = hand.time(45 * MINUTE) if entry is None or hand.chance.random() < 0.3 else entry.time
    hand.hands.busy(hand.account, time, hand.chance.choice((Shows.BUSY, Shows.BUSY, Shows.TENTATIVE)))
    return f"at {told(time)}"


def _leave(hand: Hand) -> str:
    start = (hand.world.now + hand.chance.randint(0, 3) * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    time = Interval(start, start + hand.chance.choice((1, 2, 5, 12)) * DAY)
    hand.hands.busy(hand.account, time, Shows.OUT_OF_OFFICE)
    return f"at {told(time)}"


def _by_hand(hand: Hand) -> str:
    """Invite the other to a meeting of one's own making."""
    number = hand.world.accounts[hand.account].next()
    time = hand.time(45 * MINUTE)
    guests = (Attendee(hand.other, Response.NEEDS_ACTION),)
    uid = f"{number}-{hand.account}"
    entry = CalendarEntry(
        f"event-{number}", uid, time, Shows.BUSY, Response.ACCEPTED, hand.account, guests, False, None, ""
    )
    invite(hand.world, hand.world.put(hand.account, entry))
    return f"{uid} at {told(time)}"


def _by_hand_both(hand: Hand) -> str:
    return f"{_by_hand(hand)} and {_by_hand(replace(hand, account=hand.other))}"


def _guest(hand: Hand) -> str:
    """The organiser invites a third person to the meeting."""
    own = [r.entry for r in hand.records() if r.entry.organiser == hand.account]
    if not own:
        return "no meeting of one's own"
    entry = own[0]
    if all(guest.address != THIRD for guest in entry.attendees):
        entry = replace(entry, attendees=(*entry.attendees, Attendee(THIRD, Response.NEEDS_ACTION)))
        tell_change(hand.world, hand.world.put(hand.account, entry))
    return entry.ical_uid


def _touch(hand: Hand) -> str:
    """Write another title or room; the time stays."""
    entry = hand.entry()
    if entry is None:
        return "nothing to touch"
    hand.hands.relocate(hand.account, entry.ical_uid, f"Room {hand.chance.randrange(90)}")
    return entry.ical_uid


def _reply(hand: Hand) -> str:
    kinds, text = REPLIES[hand.what]
    letters = [x for x in hand.world.accounts[hand.account].letters.values() if x.folder == "inbox"]
    fitting = [x for x in letters if str(message_from_bytes(x.raw)["X-Mentorsync-Kind"]) in kinds]
    if not fitting:
        return "no mail to answer"
    files = _files(hand) if hand.what == "question" else {}
    hand.hands.reply(hand.account, fitting[-1].id, text, files)
    return f"to {fitting[-1].message_id}{''.join(f', with {name}' for name in files)}"


def _files(hand: Hand) -> dict[str, bytes]:
    """Half of the answers about the next meeting bring a file, of a name that no other one has."""
    name = f"sample-{hand.chance.randrange(10**9)}.txt"
    return {name: name.encode()} if hand.chance.random() < 0.5 else {}


def told(time: Interval) -> str:
    """Return a time in a few letters."""
    return f"{time.start:%a %m-%d %H:%M}-{time.end:%H:%M}"


_DEEDS: dict[str, Callable[[Hand], str]] = {
    "move": _move,
    "accept": _respond,
    "decline": _respond,
    "tentative": _respond,
    "propose": _propose,
    "delete": _delete,
    "vanish": _vanish,
    "restore": _restore,
    "appointment": _appointment,
    "leave": _leave,
    "by_hand": _by_hand,
    "by_hand_both": _by_hand_both,
    "guest": _guest,
    "touch": _touch,
}
