"""What a mailbox of the sandbox holds: calendar entries, mails, and the order in which they changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Guest:
    """One invited person as one copy of the event knows them; `response` uses Google's four words."""

    address: str
    name: str = ""
    response: str = "needsAction"
    optional: bool = False
    responded: datetime | None = None
    proposed: tuple[datetime, datetime] | None = None
    comment: str = ""


@dataclass(slots=True)
class Entry:
    """One account's own copy of an event; instants are UTC, `zone` is the name the organiser wrote.

    `asked` is the sequence at which the guests were last asked for an answer: when the time was set or moved.
    A series is a master with a `rule` and its occurrences, which name the `master` and their `original` start.
    """

    subject: str
    start: datetime
    end: datetime
    organiser: str
    zone: str = "UTC"
    id: str = ""
    number: int = 0
    ical_uid: str = ""
    body: str = ""
    body_type: str = "text"
    location: str = ""
    online: str = ""
    join_url: str = ""
    guests: list[Guest] = field(default_factory=list)
    response: str = "organizer"
    show_as: str = "busy"
    all_day: bool = False
    cancelled: bool = False
    gone: bool = False
    sequence: int = 0
    asked: int = 0
    transaction: str = ""
    request_digest: str = ""
    rule: Json = field(default_factory=dict)
    master: str = ""
    original: datetime | None = None
    exception: bool = False
    properties: dict[str, str] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)
    created: datetime | None = None
    updated: datetime | None = None
    change: int = 0
    first: int = 0

    def guest(self, address: str) -> Guest | None:
        """The guest with this address, or None."""
        return next((guest for guest in self.guests if guest.address.lower() == address.lower()), None)

    @property
    def live(self) -> bool:
        """Whether the owner still sees it as a standing appointment."""
        return not (self.gone or self.cancelled)


@dataclass(slots=True)
class Calendar:
    """One calendar of an account; every change takes the next number of a count of its own."""

    id: str = ""
    name: str = "Calendar"
    zone: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    made: int = 0
    log: list[Entry] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """The number of the last change."""
        return len(self.log)

    def add(self, entry: Entry, now: datetime) -> Entry:
        """Store a new entry under its id and note the change."""
        entry.created = now
        self.entries[entry.id] = entry
        self.touch(entry, now)
        entry.first = entry.change
        return entry

    def touch(self, entry: Entry, now: datetime) -> Entry:
        """Note that an entry changed at this instant."""
        self.log.append(entry)
        entry.change, entry.updated = len(self.log), now
        return entry

    def copy_of(self, ical_uid: str, original: datetime | None = None) -> Entry | None:
        """The copy with this iCalendar UID that has not been deleted, or None; `original` names one occurrence."""
        same = (e for e in self.entries.values() if e.ical_uid == ical_uid and e.original == original)
        return next((entry for entry in same if not entry.gone), None)

    def occurrences(self, master: Entry) -> list[Entry]:
        """The standing occurrences of a series."""
        return [e for e in self.entries.values() if e.master == master.id and e.live] if master.rule else []

    def between(self, start: datetime, end: datetime) -> Iterator[Entry]:
        """Entries (cancelled ones included, deleted ones and masters of series not) that overlap the window,
        by start and number."""
        standing = [e for e in self.entries.values() if not e.gone and not e.rule]
        inside = [e for e in standing if e.start < end and e.end > start]
        return iter(sorted(inside, key=lambda e: (e.start, e.number)))

    def changed_since(self, change: int) -> list[Entry]:
        """Entries changed after that number, in the order of their last change."""
        return [entry for number, entry in enumerate(self.log[change:], change + 1) if entry.change == number]


@dataclass(slots=True)
class Mail:
    """One mail in one mailbox; `generation` grows when it moves between folders."""

    number: int
    raw: bytes
    folder: str
    at: datetime
    message_id: str
    subject: str
    sender: str
    to: str
    in_reply_to: str
    references: str
    id: str
    thread: str
    labels: list[str]
    draft_id: str = ""
    calendar: bool = False
    generation: int = 0
    gone: bool = False
    change: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """One line of a mailbox's history: `kind` is messagesAdded, messagesDeleted,
    labelsAdded or labelsRemoved."""

    number: int
    kind: str
    mail: Mail
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class Mailbox:
    """One account's mails with their history; the counts are this mailbox's own."""

    mails: list[Mail] = field(default_factory=list)
    history: list[History] = field(default_factory=list)
    drafts: int = 0
    changes: int = 1000

    def record(self, kind: str, mail: Mail, labels: tuple[str, ...] = ()) -> None:
        """Append to the history and mark the mail as changed."""
        self.changes += 1
        mail.change = self.changes
        self.history.append(History(self.changes, kind, mail, labels))

    def since(self, number: int) -> list[History]:
        """The lines of the history after that number."""
        return self.history[max(0, number - (self.changes - len(self.history))) :]

    def changed_since(self, number: int) -> list[Mail]:
        """Mails changed after that number, in the order of their last change."""
        return [line.mail for line in self.since(number) if line.mail.change == line.number]

    def live(self) -> list[Mail]:
        """Mails that exist now, oldest first."""
        return [mail for mail in self.mails if not mail.gone]


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours on an account's own wall clock; days are mon..sun."""

    days: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A leave during which the mailbox answers by itself; half open, UTC."""

    start: datetime
    end: datetime
    text: str


@dataclass(slots=True)
class Account:
    """One person's mailbox and calendars on one of the clouds (`microsoft` or `google`).

    `calendar` is the primary one, to which invitations come; `others` are further ones by their ids.

    Mail and invitations to `aliases` arrive here as well; the clouds' interfaces know the account by `address` alone.
    `zone_shown` is a name for the zone that is not its own, as a mailbox of Exchange may carry.
    `consent` is what the service may see: `full`, `freebusy` (no events, only when they are) or `none`.
    """

    address: str
    provider: str
    name: str
    zone: str
    hours: Hours
    calendar: Calendar = field(default_factory=Calendar)
    others: dict[str, Calendar] = field(default_factory=dict)
    mailbox: Mailbox = field(default_factory=Mailbox)
    zone_shown: str = ""
    aliases: list[str] = field(default_factory=list)
    consent: str = "full"
    removed: bool = False
    absences: list[Absence] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Name the primary calendar as its cloud does."""
        self.calendar.id = self.address if self.provider == "google" else f"AAMkADC{self.stamp}0"

    @property
    def revoked(self) -> bool:
        """Whether the service may see nothing at all."""
        return self.consent == "none"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The account's own address and then its further ones, all in small letters."""
        return (self.address, *self.aliases)

    def seat(self, entry: Entry) -> Guest | None:
        """The guest under whom this person was invited, whichever of the addresses that was; or None."""
        return next((guest for guest in entry.guests if guest.address.lower() in self.addresses), None)

    def calendars(self) -> list[Calendar]:
        """The primary calendar and then the others, oldest first."""
        return [self.calendar, *self.others.values()]

    def add_calendar(self, name: str, zone: str) -> Calendar:
        """Open one more calendar."""
        number = len(self.others) + 1
        google = f"c_{self.stamp}{number}@group.calendar.google.com"
        made = Calendar(google if self.provider == "google" else f"AAMkADC{self.stamp}{number}", name, zone)
        return self.others.setdefault(made.id, made)

    def calendar_called(self, wanted: str) -> Calendar | None:
        """The calendar with this id, as its cloud writes it; the primary one for an empty id."""
        own = ("", "primary", self.address) if self.provider == "google" else ("", self.calendar.id)
        return self.calendar if wanted.lower() in own or wanted in own else self.others.get(wanted)

    def calendar_named(self, name: str) -> Calendar | None:
        """The calendar under this name in any case; the primary one for no name."""
        return next((c for c in self.calendars() if name.lower() in ("", c.name.lower())), None)

    def home(self, entry: Entry) -> Calendar:
        """The calendar that holds an event of this account."""
        return next((c for c in self.others.values() if entry.id in c.entries), self.calendar)

    def entries(self) -> list[Entry]:
        """All events of this account, deleted ones included."""
        return [entry for calendar in self.calendars() for entry in calendar.entries.values()]

    def absence(self, at: datetime) -> Absence | None:
        """The leave with automatic replies that holds at an instant, or None."""
        return next((absence for absence in self.absences if absence.start <= at < absence.end), None)

    @property
    def domain(self) -> str:
        """The part of the address behind the at sign."""
        return self.address.partition("@")[2]

    @property
    def stamp(self) -> str:
        """Eight hexadecimal digits that keep the ids of two mailboxes apart."""
        return hashlib.sha256(self.address.encode()).hexdigest()[:8]

    def new_event_id(self) -> str:
        """The next event id of this calendar, in the form of its cloud."""
        self.calendar.made += 1
        number = self.calendar.made
        prefix = "sand" if self.provider == "google" else "AAkALgAAE"
        return f"{prefix}{self.stamp}{number:06d}"
