"""What each mail of mentorsync says, as plain values; how it looks is the composer's business.

No letter has a field that could hold a private note.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LocalClock:
    """Whose wall clock to show a meeting on: the person's first name and IANA zone."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When a meeting is.

    A UTC start, its length in minutes, and the clocks on which to show it, the reader's own first.
    """

    start: datetime
    minutes: int
    clocks: tuple[LocalClock, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as a mail shows it: whose it is (a name), what, until when, and whether it is done."""

    owner: str
    text: str
    due: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class CharterTerms:
    """The charter as both read it.

    Hours are as written by each ("mon-fri 09:00-17:00"), organiser and pins are names or "the mentoring service".
    """

    version: int
    goals: tuple[str, ...]
    cadence_days: int
    minutes: int
    mentor_hours: str
    mentee_hours: str
    mentor_zone: str
    mentee_zone: str
    pins: str
    organiser: str
    conflict: str
    notice_hours: int
    agenda_lead_hours: int
    reply_promise_days: int


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """The mentor's very first mail.

    Who runs the programme, why she was asked, what the mentee brings, who can read this, how to stop.
    """

    programme: str
    mentor: str
    mentee: str
    goals: tuple[str, ...]
    why: str
    bring: str
    cadence_days: int
    minutes: int
    answer_by: date


@dataclass(frozen=True, slots=True)
class CharterLetter:
    """The proposed charter, to one of the two, who is asked to answer "agree"."""

    reader: str
    other: str
    terms: CharterTerms
    programme: str


@dataclass(frozen=True, slots=True)
class PreparationLetter:
    """The prompt to the mentee.

    What to talk about next time, with the five parts of a good agenda and what is still open.
    """

    mentee: str
    mentor: str
    time: MeetingTime
    agenda_due: datetime
    goals: tuple[str, ...]
    open_actions: tuple[ActionLine, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class AgendaLetter:
    """The agenda in the mentor's inbox: the parts of good practice, then the open actions of both.

    All parts empty means that the mentee sent nothing, and the mail says so honestly. `observed` is marked
    confidential.
    """

    mentor: str
    mentee: str
    time: MeetingTime
    goals: tuple[str, ...]
    done: tuple[str, ...]
    learned: tuple[str, ...]
    questions: tuple[str, ...]
    samples: tuple[str, ...]
    observed: tuple[str, ...]
    unsorted: tuple[str, ...]
    open_actions: tuple[ActionLine, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class HeldQuestionLetter:
    """After the meeting, to the mentee: did it happen, what was learned, who does what until when."""

    mentee: str
    mentor: str
    time: MeetingTime


@dataclass(frozen=True, slots=True)
class FollowUpLetter:
    """To each of the two after a meeting that was held: what was learned and the actions of both."""

    reader: str
    other: str
    time: MeetingTime
    presumed: bool
    learned: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    next_around: date | None


@dataclass(frozen=True, slots=True)
class ChaseLetter:
    """To the owner of an action that is due: is it done?"""

    reader: str
    other: str
    action: ActionLine
    nudge: int


class NoticeTopic(StrEnum):
    """The facts that a notice can tell; which words they have is the composer's business."""

    DECLINED = "declined"
    EXPIRED = "expired"
    PROPOSAL = "proposal"
    MOVED = "moved"
    CONFLICT_QUESTION = "conflict_question"
    SHORTENED = "shortened"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"
    TWO_MEETINGS = "two_meetings"
    THIRD_PERSON = "third_person"
    ZONE_RULES_CHANGED = "zone_rules_changed"
    SKIPPED = "skipped"
    RECONNECT = "reconnect"
    LEFT = "left"
    TENTATIVE_OVERLAP = "tentative_overlap"


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """One short fact for one reader.

    `old` is the meeting as it was or as it stands, `new` as it is now, as it was wished for, or the one that is kept.
    `yours` says that the cause lies with the reader (her own appointment, her own hand); when it does not, nothing says
    with whom it lies. `next_around` is when the next meeting may be looked for, `answer_by` until when an answer counts
    (UTC), `count` which reminder this is (0 for what comes once).
    """

    reader: str
    other: str
    topic: NoticeTopic
    programme: str
    old: MeetingTime | None = None
    new: MeetingTime | None = None
    yours: bool = False
    next_around: date | None = None
    answer_by: datetime | None = None
    count: int = 0


Letter = (
    RequestLetter
    | CharterLetter
    | PreparationLetter
    | AgendaLetter
    | HeldQuestionLetter
    | FollowUpLetter
    | ChaseLetter
    | NoticeLetter
)
