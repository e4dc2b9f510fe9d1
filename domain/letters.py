"""What each mail of mentorsync says, as plain values; how it looks is the composer's business.

No letter but the brief to its author has a field that could hold a private note. Each has its reader's `language`, a
tag such as "de-AT"; where none of ours is meant it is written in English.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.calendar_letters import InvitationLetter as InvitationLetter
from domain.calendar_letters import MailedEvent as MailedEvent
from domain.calendar_letters import OfferLetter as OfferLetter
from domain.charter_letters import CharterLetter as CharterLetter
from domain.charter_letters import CharterTerms as CharterTerms
from domain.echo_letters import EchoLetter as EchoLetter
from domain.echo_letters import EchoLine as EchoLine
from domain.letter_lines import ActionLine as ActionLine
from domain.letter_lines import ClockChange as ClockChange
from domain.letter_lines import FactLine as FactLine
from domain.letter_lines import LocalClock as LocalClock
from domain.letter_lines import MeetingTime as MeetingTime
from domain.notice_letters import NoticeLetter as NoticeLetter
from domain.notice_letters import NoticeTopic as NoticeTopic


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

    @property
    def idle(self) -> bool:
        """Say whether the mentor has nothing to do before the meeting: nothing to answer or read, nothing owed."""
        owes = any(line.owner == self.mentor for line in self.open_actions)
        return not (self.empty or self.samples or self.attached or owes)


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
    wants. `first` says that it is the first one to its reader: then it tells what can be written to us at any time.
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
    first: bool = False


@dataclass(frozen=True, slots=True)
class ChaseLetter:
    """To the owner of an action that is due: is it done?"""

    reader: str
    other: str
    action: ActionLine
    nudge: int
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
