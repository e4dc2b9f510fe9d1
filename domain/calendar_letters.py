"""What the mails say that stand in for a calendar: times to choose from, and a meeting as an entry inside a mail."""

from dataclasses import dataclass
from datetime import datetime

from domain.letter_lines import MeetingTime


@dataclass(frozen=True, slots=True)
class OfferLetter:
    """A few times to choose from by their number, for one whose calendar cannot be read; `answer_by` is UTC."""

    reader: str
    other: str
    times: tuple[MeetingTime, ...]
    answer_by: datetime
    language: str = "en"


@dataclass(frozen=True, slots=True)
class MailedEvent:
    """A meeting as a calendar entry inside a mail: the same `uid` always, a higher `sequence` with every change.

    `off` says that it is cancelled; `attendees` are the addresses of both.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    title: str
    attendees: tuple[str, ...]
    off: bool


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """A meeting that no calendar of ours holds, told by mail with its entry; or that it is off."""

    reader: str
    other: str
    time: MeetingTime
    event: MailedEvent
    language: str = "en"
