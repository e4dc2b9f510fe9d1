"""What the contract suite of calendars and mailboxes needs beside the ports: accounts, hands, faults and time."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.calendar import Booked, BookingRequest, CalendarChanges, CalendarEntry
from domain.interval import Interval
from domain.ports import Calendar, Mailbox, Push

START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
MEETING = Interval(datetime(2027, 3, 10, 14, 0, tzinfo=UTC), datetime(2027, 3, 10, 15, 0, tzinfo=UTC))
LATER = Interval(MEETING.start + timedelta(days=1), MEETING.end + timedelta(days=1))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Trouble(StrEnum):
    """What goes wrong with a call: refused for a while, out of order (a gateway's page included), half an answer, done
    but unanswered, cursor forgotten; or for good: consent withdrawn.
    """

    BUSY = "busy"
    DOWN = "down"
    GATEWAY = "gateway"
    CUT = "cut"
    LOST = "lost"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Odd(StrEnum):
    """How an event can make no sense."""

    ZONE = "unknown_zone"
    SWAPPED = "swapped_times"
    BARE = "malformed_item"


class Consent(StrEnum):
    """What a person lets be read of her calendar."""

    FULL = "full"
    TIMES = "freebusy"
    NONE = "none"


class Act(StrEnum):
    """What a person does to a meeting in her own calendar."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DELETE = "delete"


class Stage(Protocol):
    """A world around one adapter, in which only the test acts. `host` has calendar and mailbox at the tested provider.

    `colleague` is at the same provider, `outsider` at the other one, where `elsewhere` speaks to the calendar.
    """

    host: str
    colleague: str
    outsider: str

    @property
    def calendar(self) -> Calendar:
        """The calendars of the tested provider."""
        ...

    @property
    def mailbox(self) -> Mailbox:
        """The mailboxes of the tested provider."""
        ...

    @property
    def push(self) -> Push:
        """The subscriptions of the tested provider."""
        ...

    @property
    def elsewhere(self) -> Calendar:
        """The calendars of the other provider."""
        ...

    def now(self) -> datetime:
        """Return the virtual instant."""
        ...

    def settle(self) -> None:
        """Let ten minutes pass: everything under way arrives."""
        ...

    def act(self, account: str, act: Act, meeting: Booked) -> None:
        """Let a person act on her copy of the meeting, and let it take effect."""
        ...

    def drag(self, account: str, meeting: Booked, time: Interval) -> None:
        """Let a person move the meeting by hand."""
        ...

    def relocate(self, account: str, meeting: Booked, place: str) -> None:
        """Let a person write another place into the meeting by hand."""
        ...

    def place(self, account: str, meeting: Booked) -> str:
        """Return the place that the meeting has in an account's calendar."""
        ...

    def words(self, account: str, meeting: Booked) -> tuple[str, str]:
        """Return the title of the meeting in an account's calendar, and its text."""
        ...

    def enter(self, account: str, time: Interval, status: str, calendar: str = "") -> None:
        """Let a person enter something of her own, in one of her further calendars or in her own; the status is one of
        Outlook's five words for showing time.
        """
        ...

    def further(self, account: str) -> str:
        """Let a person open one more calendar, and return its id."""
        ...

    def repeat(self, account: str, time: Interval, count: int) -> None:
        """Let a person enter something that comes again every day."""
        ...

    def skip(self, account: str, day: str) -> None:
        """Let a person take the occurrence of that day (ISO) out of what comes again."""
        ...

    def consent(self, account: str, consent: Consent) -> None:
        """Let a person, or who decides for her, say what may be read."""
        ...

    def remove(self, account: str) -> None:
        """Let the mailbox of a person be gone."""
        ...

    def spoil(self, odd: Odd) -> None:
        """Let the first event that is read next from the host's calendar make no sense."""
        ...

    def write(self, account: str, to: str, subject: str, text: str) -> None:
        """Let a person send a mail, and let it arrive."""
        ...

    def reply(self, account: str, subject: str, text: str) -> None:
        """Let a person answer the newest mail whose subject has these words, and let it arrive."""
        ...

    def inbox(self, account: str) -> list[bytes]:
        """Return the mails in a person's inbox as they arrived, without those of calendars, oldest first."""
        ...

    def trouble(self, operation: str, trouble: Trouble, retry_after: str = "") -> None:
        """Let the next call of an operation of the host ("calendar.book", "mailbox.find") go wrong."""
        ...


def request(
    stage: Stage, *guests: str, key: str = "booking-1", time: Interval = MEETING, online: bool = False
) -> BookingRequest:
    """Return a booking; without guests named, the colleague and the outsider are invited."""
    invited = guests or (stage.colleague, stage.outsider)
    return BookingRequest(key, f"Mentoring {key}", "See the charter.", time, "Europe/Berlin", invited, online)


def shown(stage: Stage, meeting: Booked) -> CalendarEntry:
    """Return the meeting as the host's calendar shows it."""
    entry = stage.calendar.read(stage.host, meeting.event_id)
    assert entry is not None
    return entry


def everything(stage: Stage, account: str, *, elsewhere: bool = False) -> CalendarChanges:
    """Return a complete read of a calendar."""
    calendar = stage.elsewhere if elsewhere else stage.calendar
    return calendar.changes(account, None, stage.now())
