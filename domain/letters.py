"""What each mail of mentorsync says, as plain values; how it looks is the composer's business.

No letter but the brief to its author has a field that could hold a private note. Each has its reader's `language`, a
tag such as "de-AT"; where none of ours is meant it is written in English.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from domain.charter_letters import CharterLetter as CharterLetter
from domain.charter_letters import CharterTerms as CharterTerms


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
class ClockChange:
    """On whose clock a meeting shows at an unusual hour, and which hour it would be as usual.

    The two places change their clocks on different days, and one person's clock holds.
    """

    clock: LocalClock
    usual: time


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as a mail shows it: whose it is (a name), what, until when, and whether it is done."""

    owner: str
    text: str
    due: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as a mail tells it: its kind, whose it is (a name; `own` where that is the reader), and on which day."""

    kind: str
    owner: str
    own: bool
    day: date


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """The mentor's very first mail.

    Who runs the programme, why she was asked, what the mentee brings, who can read this, how to stop. `reminder` says
    which reminder it is, 0 for the first time.
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
    reminder: int = 0
    language: str = "en"


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
    clock_change: ClockChange | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class AgendaLetter:
    """The agenda in the mentor's inbox: the parts of good practice, then the open actions of both.

    `closed` are the actions that either of the two has done since they met last, `done` what the mentee wrote beside
    them. All of the mentee's parts empty means that the mentee sent nothing: the mail says so honestly and asks whether
    to keep, to shorten (to `shorter` minutes) or to skip. `observed` is marked confidential. `added` is what is new in
    an agenda that comes once more. `terms` are those of the charter in the first agenda, which breaks the ice.
    `attached` are the names of the files that come with this mail, `attached_before` of those that came before.
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
    closed: tuple[ActionLine, ...] = ()
    clock_change: ClockChange | None = None
    shorter: int = 15
    added: tuple[str, ...] = ()
    terms: CharterTerms | None = None
    attached: tuple[str, ...] = ()
    attached_before: tuple[str, ...] = ()
    language: str = "en"

    @property
    def empty(self) -> bool:
        """Say whether the mentee has sent nothing."""
        words = (self.done, self.learned, self.questions, self.samples, self.observed, self.unsorted)
        return not any((*words, self.attached, self.attached_before))


@dataclass(frozen=True, slots=True)
class HeldQuestionLetter:
    """After the meeting, to the mentee: did it happen, what was learned, who does what until when."""

    mentee: str
    mentor: str
    time: MeetingTime
    language: str = "en"


@dataclass(frozen=True, slots=True)
class FollowUpLetter:
    """To each of the two after a meeting that was held: what was learned and the actions of both.

    `agenda_missed` says that the agenda could not be sent before the meeting. `facts` are the same for both readers.
    `goals` are the mentee's own, with their numbers, in the mail to the mentee alone: whether they still say what she
    wants.
    """

    reader: str
    other: str
    time: MeetingTime
    presumed: bool
    learned: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    next_around: date | None
    agenda_missed: bool = False
    facts: tuple[FactLine, ...] = ()
    language: str = "en"
    goals: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChaseLetter:
    """To the owner of an action that is due: is it done?"""

    reader: str
    other: str
    action: ActionLine
    nudge: int
    language: str = "en"


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


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One of the reader's own notes, by its number, with the day that it names; no representation shows its words."""

    number: int
    text: str = field(repr=False)
    hint: date | None


@dataclass(frozen=True, slots=True)
class BriefLetter:
    """The reader's own private notes about the other, before the two meet: those that name a day, then the others."""

    reader: str
    other: str
    time: MeetingTime
    dated: tuple[NoteLine, ...]
    notes: tuple[NoteLine, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ReferenceQuestionLetter:
    """To a mentee while somebody else considers the mentor: how does it work with her, what was learned?"""

    mentee: str
    mentor: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ReferencesLetter:
    """To a mentee who considers a mentor: what at least three others say of it, without names or dates."""

    mentee: str
    mentor: str
    words: tuple[str, ...] = field(repr=False)
    language: str = "en"


class NoticeTopic(StrEnum):
    """The facts that a notice can tell; which words they have is the composer's business."""

    DECLINED = "declined"
    EXPIRED = "expired"
    DECLINED_NEXT = "declined_next"
    EXPIRED_NEXT = "expired_next"
    PROPOSAL = "proposal"
    MOVED = "moved"
    CONFLICT_QUESTION = "conflict_question"
    SHORTENED = "shortened"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"
    TWO_MEETINGS = "two_meetings"
    THIRD_PERSON = "third_person"
    THIRD_PERSON_ELSEWHERE = "third_person_elsewhere"
    ZONE_RULES_CHANGED = "zone_rules_changed"
    SKIPPED = "skipped"
    RECONNECT = "reconnect"
    LEFT = "left"
    LEFT_REACHABLE = "left_reachable"
    NOTES_KEPT = "notes_kept"
    MENTOR_LEFT = "mentor_left"
    MENTOR_LEFT_REACHABLE = "mentor_left_reachable"
    MENTOR_LEFT_NEXT = "mentor_left_next"
    CLOSED = "closed"
    TENTATIVE_OVERLAP = "tentative_overlap"
    NO_OTHER_TIME = "no_other_time"
    INVITATION_MISSING = "invitation_missing"
    WISH_QUESTION = "wish_question"
    QUIET_NOTE = "quiet_note"
    STALLED = "stalled"
    DEAD_END = "dead_end"
    OPENLY = "openly"
    NETWORK_CONTACT = "network_contact"
    LIGHT_TOUCH = "light_touch"
    PRIVATE_TOUCH = "private_touch"
    REVIVE_QUESTION = "revive_question"
    REVIVED = "revived"
    TERMS_AGREED = "terms_agreed"
    TERMS_REFUSED = "terms_refused"
    TERMS_LAPSED = "terms_lapsed"
    TERM_ENDS = "term_ends"
    TERM_OVER = "term_over"
    PAUSED = "paused"
    PAUSE_OVER = "pause_over"


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """One short fact for one reader.

    `old` is the meeting as it was or as it stands, `new` as it is now, as it was wished for, or the one that is kept.
    `yours` says that the cause lies with the reader (her own appointment, her own hand); when it does not, nothing says
    with whom it lies. `next_around` is when the next meeting may be looked for, `answer_by` until when an answer counts
    (UTC), `count` which reminder this is (0 for what comes once). `words` are the other's own, to the reader,
    and `facts` what it rests on. `until` is the last day of a term.
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
    words: str = ""
    facts: tuple[FactLine, ...] = ()
    language: str = "en"
    until: date | None = None


@dataclass(frozen=True, slots=True)
class EchoLine:
    """One thing that a mail of the reader brought about.

    `what` is the kind of deed, `texts` the words that it is about, `owner` and `due` those of an action, `time` that of
    a meeting. `terms` are those of a charter that the reader gets in no other mail.
    """

    what: str
    texts: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    time: MeetingTime | None = None
    terms: CharterTerms | None = None


@dataclass(frozen=True, slots=True)
class EchoLetter:
    """The one answer to a mail of the reader: what was understood, which words were not used, or what is asked back.

    `question` is "" when the mail was understood. Until the end of `undo_until` it can be taken back; None when it
    cannot. `delegate` is the address of whoever wrote it in the reader's stead, or ""; `stead` is the name of
    the person for whom the reader wrote it, where the answer goes to a delegate. `unreached` says that no mail may go
    to the delegate, so that the person gets the answer.
    """

    reader: str
    other: str
    lines: tuple[EchoLine, ...]
    unclear: tuple[str, ...]
    question: str
    undo_until: date | None
    delegate: str
    language: str = "en"
    stead: str = ""
    unreached: bool = False


Letter = (
    RequestLetter
    | CharterLetter
    | PreparationLetter
    | AgendaLetter
    | HeldQuestionLetter
    | FollowUpLetter
    | ChaseLetter
    | NoticeLetter
    | EchoLetter
    | OfferLetter
    | InvitationLetter
    | BriefLetter
    | ReferenceQuestionLetter
    | ReferencesLetter
)
