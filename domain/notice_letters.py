"""What a notice says: one short fact for one reader, of one of the topics that there are."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.letter_lines import FactLine, MeetingTime


class NoticeTopic(StrEnum):
    """The facts that a notice can tell; which words they have is the composer's business."""

    DECLINED = "declined"
    NOT_AGREED = "not_agreed"
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
    RESTING = "resting"
    STOPPED = "stopped"
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
