"""A house over a memory world with two people who answer by habit, so that a test says what is different."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import lru_cache
from pathlib import Path

from adapters.mail.compose import MailComposer
from adapters.mail.reader import MailReader
from adapters.mail.reply_addresses import PlusAddresses
from adapters.memory.calendar import MemoryCalendar
from adapters.memory.clock import ManualClock, SequentialIds
from adapters.memory.hands import MemoryHands
from adapters.memory.mailbox import MemoryMailbox
from adapters.memory.world import Letter, MemoryWorld
from adapters.sqlite.store import SqliteStore
from domain.calendar import CalendarEntry
from domain.relationship import Relationship
from service.daemon import Daemon
from service.house import House, Identity, NoKillPoints
from service.people import add_person, programme
from service.requests import Ask, request_relationship
from tests.contract.stores import opened

START = datetime(2027, 2, 22, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SERVICE, MENTOR, MENTEE = "mentoring@example.org", "mara@example.org", "jonas@example.net"
HABITS = {
    "request": "accept",
    "charter": "agree",
    "preparation": "Questions: What should I stop doing?",
    "held_question": "held\nAction for me: write it down by 2027-03-05",
    "chase": "done",
}


class Theatre:
    """The world, the house, the daemon, and what the two answer (`habits` by kind of mail; without one: silence)."""

    def __init__(
        self, store: SqliteStore, organiser: str = "mentor", loopback: bool = True, language: str = "en"
    ) -> None:
        self.world = MemoryWorld(START, [SERVICE, MENTOR, MENTEE])
        self.hands = MemoryHands(self.world)
        self.house = house_over(self.world, store, loopback)
        self.habits = dict(HABITS)
        self.attends = True
        self._answered: set[tuple[str, str]] = set()
        programme(self.house)
        mentor = add_person(
            self.house, MENTOR, "Mara Lindqvist", "microsoft", "America/Chicago", "mon-fri 09:00-17:00", language
        )
        mentee = add_person(self.house, MENTEE, "Jonas Albrecht", "google", "Europe/Berlin", "mon-fri 09:00-18:00")
        ask = Ask(mentor, mentee, ("Lead without doing",), "You did it.", "I prepare.", organiser=organiser)
        self.id = request_relationship(self.house, ask)
        self.daemon = Daemon(self.house, lambda: False)
        self.daemon.start()

    @property
    def relationship(self) -> Relationship:
        """The relationship as the store has it now."""
        return self.house.streams.relationship(self.id)

    def live_until(self, end: datetime) -> None:
        """Let the daemon work and the people answer until `end`."""
        while self.world.now < end:
            self.daemon.run_due()
            self._answer()
            self.daemon.sleep(end)
        self.daemon.run_due()

    def live_to(self, kind: str, cycle: int = 1) -> None:
        """Live until a mail of that kind about that cycle (or of any occasion) has left."""
        limit = self.world.now + 60 * DAY
        while not self._left(kind, cycle):
            assert self.world.now < limit, f"no {kind} left"
            self.live_until(self.world.now + HOUR)

    def _left(self, kind: str, cycle: int) -> bool:
        occasions = [occasion for name, occasion, _ in self.relationship.mails if name == kind]
        meetings = kind not in ("request", "charter", "chase", "notice")
        return any(not meetings or occasion.startswith(f"{cycle}.") for occasion in occasions)

    def live_to_booking(self, ref: str = "1.1") -> CalendarEntry:
        """Live until the meeting stands in the mentor's calendar, and return it as shown there."""
        limit = self.world.now + 60 * DAY
        while not (meeting := self.relationship.meetings.get(ref)) or not meeting.ical_uid:
            assert self.world.now < limit, f"no booking of {ref}"
            self.live_until(self.world.now + HOUR)
        return self.events(MENTOR)[-1]

    def _answer(self) -> None:
        for account in (MENTOR, MENTEE):
            for letter in self.inbox(account):
                text = self.habits.get(kind_of(letter))
                if text is not None and (account, letter.id) not in self._answered:
                    self._answered.add((account, letter.id))
                    self.world.at(self.world.now + HOUR, self._reply(account, letter.id, text))
            if self.attends:
                self._attend(account)

    def _reply(self, account: str, letter_id: str, text: str) -> Callable[[], None]:
        return lambda: self.hands.reply(account, letter_id, text)

    def _attend(self, account: str) -> None:
        for entry in self.events(account):
            if entry.organiser != account and (account, entry.ical_uid) not in self._answered:
                self._answered.add((account, entry.ical_uid))
                self.hands.accept(account, entry.ical_uid)

    def inbox(self, account: str, kind: str = "") -> list[Letter]:
        """Return the mails that arrived at an account, of one kind or all, in order."""
        letters = [x for x in self.world.accounts[account].letters.values() if x.folder == "inbox"]
        return sorted((x for x in letters if not kind or kind_of(x) == kind), key=lambda x: x.number)

    def events(self, account: str) -> list[CalendarEntry]:
        """Return the standing events with other people in one calendar."""
        records = self.world.accounts[account].records.values()
        return [r.entry for r in records if not r.gone and not r.entry.cancelled and r.entry.attendees]

    def mail_kinds(self, account: str) -> list[str]:
        """Return the kinds of the mails that arrived at an account, in order, answers to its own mails left out."""
        return [kind for letter in self.inbox(account) if (kind := kind_of(letter)) != "echo"]


@lru_cache(maxsize=4096)  # the people look at all their mails again every hour
def kind_of(letter: Letter) -> str:
    """Return which kind of our mails it is, or nothing."""
    return str(message_from_bytes(letter.raw)["X-Mentorsync-Kind"] or "")


def house_over(world: MemoryWorld, store: SqliteStore, loopback: bool = True) -> House:
    """Return a house whose clouds are a memory world."""
    calendar, mailbox = MemoryCalendar(world), MemoryMailbox(world)
    return House(
        identity=Identity(SERVICE, "microsoft", "Mentoring at Example", timedelta(hours=24), "2026.6"),
        clock=ManualClock(world),
        ids=SequentialIds(1),
        streams=store,
        ledger=store,
        cache=store,
        samples=store,
        calendars={"microsoft": calendar, "google": calendar},
        mailboxes={"microsoft": mailbox, "google": mailbox},
        composer=MailComposer(),
        reader=MailReader(),
        replies=PlusAddresses(SERVICE, b"m" * 32),
        kill=NoKillPoints(),
        loopback=loopback,
    )


@contextmanager
def theatre(folder: Path, organiser: str = "mentor", loopback: bool = True, language: str = "en") -> Iterator[Theatre]:
    """Open a theatre on a fresh store in that folder."""
    with opened(folder) as store:
        yield Theatre(store, organiser, loopback, language)
