"""What a calendar shows and what we ask of it, in words that are the same for Outlook and Google."""

from dataclasses import dataclass
from enum import StrEnum

from domain.interval import Interval


class Response(StrEnum):
    """An attendee's answer to an invitation; "none" and "notResponded" of the providers are needs_action."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    NEEDS_ACTION = "needs_action"


class Shows(StrEnum):
    """How an entry counts for its owner's time; free and working_elsewhere do not block, the others do."""

    BUSY = "busy"
    TENTATIVE = "tentative"
    OUT_OF_OFFICE = "out_of_office"
    FREE = "free"
    WORKING_ELSEWHERE = "working_elsewhere"

    @property
    def blocks(self) -> bool:
        """Say whether the owner is not to be booked over."""
        return self not in (Shows.FREE, Shows.WORKING_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One invited person: a lower-case address, the answer known so far, and the new time that came with it, if any."""

    address: str
    response: Response
    proposed: Interval | None = None


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event as one account's calendar shows it.

    `event_id` is the provider's id in that calendar (immutable form on Outlook); `ical_uid` is equal on all copies.
    `own_response` is the account owner's answer (accepted for an organiser). `organiser` and attendee addresses are
    lower case. `tag` is the provider's mark of an event that we created, where it shows one, else None. `etag` is the
    provider's change mark for optimistic locking. `join_url` is the https link to the online meeting as this calendar
    shows it, or empty. No titles are kept.
    """

    event_id: str
    ical_uid: str
    time: Interval
    shows: Shows
    own_response: Response
    organiser: str
    attendees: tuple[Attendee, ...]
    cancelled: bool
    tag: str | None
    etag: str
    join_url: str = ""


def blocking(event_id: str, time: Interval) -> CalendarEntry:
    """Return an entry that says no more than that its owner's time is taken; it is nobody's meeting."""
    return CalendarEntry(event_id, "", time, Shows.BUSY, Response.ACCEPTED, "", (), False, None, "")


@dataclass(frozen=True, slots=True)
class ParkedItem:
    """An item of a calendar that could not be understood: its id (empty when not even that can be read) and why, in a
    word of ours such as "unknown-zone".
    """

    event_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose news are wanted: the address of the account, and the cursor of its last round; None asks for all.

    `calendars` are further ones of the same account, by the provider's ids. With `times_only` nothing but busy times is
    read, which needs less consent.
    """

    account: str
    cursor: str | None = None
    calendars: tuple[str, ...] = ()
    times_only: bool = False


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """One round of news from a calendar: entries that are new or changed, ids that are gone, and the cursor for the
    next round.

    With `complete` the entries are all that the calendar holds in `window`, so whatever is known to lie there and is
    not among them is gone. An entry may come again unchanged; a later mention of an id wins over an earlier one and
    only the later is reported. What could not be understood is `parked`; where its time is known all the same, an entry
    blocks that time. With `times_only` the entries are stretches of time that nothing more is known of.

    Ids are those of the account's own calendar; of what lies in a further one the id is "<calendar>/<event>".
    """

    entries: tuple[CalendarEntry, ...]
    gone: tuple[str, ...]
    cursor: str
    complete: bool
    window: Interval | None = None
    parked: tuple[ParkedItem, ...] = ()
    times_only: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch that blocks a person's time, without a title."""

    time: Interval
    shows: Shows


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """A meeting to be put into the organiser's calendar, from where the provider alone invites the attendees.

    `key` is the effect's key: asking twice with one key makes one event. `zone` is the IANA zone in which the event
    is written, so that a person reads the wall clock that holds. The body carries no agenda text. With `online` the
    provider is asked for a link of its own (Teams, Meet); `place` is where people meet in a room, or empty.
    """

    key: str
    subject: str
    body: str
    time: Interval
    zone: str
    attendees: tuple[str, ...]
    online: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """An event that is known to exist in the organiser's calendar.

    `join_url` is the https link to the online meeting; empty where none was asked for, where the provider gives none,
    and while it is still making it: then a later look at the event shows it.
    """

    event_id: str
    ical_uid: str
    time: Interval
    etag: str
    cancelled: bool = False
    join_url: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A new time for an existing event.

    `etag` is the change mark last seen, so that a human's edit in between is not overwritten.
    """

    event_id: str
    time: Interval
    zone: str
    etag: str | None
