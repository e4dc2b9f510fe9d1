"""What one mail of a person brought about, what of it was not understood, and what it is asked back about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.charter import Role
from domain.conversation import AgendaItems
from domain.personal import Personal

UNDO_TIME = timedelta(days=7)


class Question(StrEnum):
    """What is asked back about a mail that did not act. WHO goes to the registered address and quotes nothing."""

    NONE = ""
    WHO = "who"
    WHAT = "what"
    SURE = "sure"
    PRIVATE = "private"
    PERSON = "person"
    CANNOT = "cannot"
    TIMES = "times"
    ABSENT = "absent"


class DeedKind(StrEnum):
    """What a mail can bring about."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    COUNTERED = "countered"
    REFERRED = "referred"
    NOT_REFERRED = "not_referred"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    APPROVED = "approved"
    AGREED = "agreed"
    AGENDA = "agenda"
    LEARNED = "learned"
    OWED = "owed"
    CLOSED = "closed"
    LET_GO = "let_go"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    SHORTENED = "shortened"
    KEPT = "kept"
    ENDED = "ended"
    UNDONE = "undone"
    RESUMED = "resumed"
    NOTED = "noted"
    FILES = "files"
    SAMPLED = "sampled"
    WISHED = "wished"
    CHOSEN = "chosen"
    AGENDA_ASKED = "agenda_asked"
    PROPOSED = "proposed"
    TERMS_REFUSED = "terms_refused"
    TERMS_CHANGED = "terms_changed"
    PAUSED = "paused"
    WENT_ON = "went_on"
    AIMED = "aimed"
    AIM_ENDED = "aim_ended"
    KEPT_TRYING = "kept_trying"
    OPENLY = "openly"
    RECALIBRATED = "recalibrated"
    CONTACT_KEPT = "contact_kept"
    NOTES_DELETED = "notes_deleted"
    REVIVAL_WISHED = "revival_wished"
    REVIVED = "revived"
    CHARTER_DECLINED = "charter_declined"
    HELPED = "helped"


LASTING = (
    DeedKind.FILES,
    DeedKind.WISHED,
    DeedKind.CHOSEN,
    DeedKind.AGENDA_ASKED,
    DeedKind.TERMS_REFUSED,
    DeedKind.TERMS_CHANGED,
    DeedKind.PAUSED,
    DeedKind.WENT_ON,
    DeedKind.AIMED,
    DeedKind.AIM_ENDED,
    DeedKind.UNDONE,
    DeedKind.RESUMED,
    DeedKind.REQUESTED,
    DeedKind.KEPT_TRYING,
    DeedKind.OPENLY,
    DeedKind.RECALIBRATED,
    DeedKind.CONTACT_KEPT,
    DeedKind.NOTES_DELETED,
    DeedKind.REVIVAL_WISHED,
    DeedKind.REVIVED,
    DeedKind.HELPED,
)
"""What cannot be taken back by a word: it is undone by doing it again, or by the other's answer."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One fact that a mail brought about.

    `ref` names a meeting or a mail, or is the reason why files were not passed on, `number` a cycle, an action or a
    version of the charter, `role` whose it is. `items` and `texts` are the words that were new.
    """

    what: DeedKind
    ref: str = ""
    number: int = 0
    role: Role | None = None
    items: AgendaItems | None = None
    texts: tuple[Personal, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One mail of a person: `mail` names it, `kind` and `occasion` are those of the mail of ours that it answers.

    With `answers_echo` it was written in answer to our answer to an earlier mail about the same. `unclear` are its
    words that were not used. `delegate` is the address of whoever wrote it in the person's stead.
    """

    mail: str
    role: Role
    kind: str
    occasion: str
    at: datetime
    deeds: tuple[Deed, ...] = ()
    unclear: tuple[Personal, ...] = ()
    question: Question = Question.NONE
    delegate: Personal | None = None
    undone: bool = False
    answers_echo: bool = False

    @property
    def acted(self) -> bool:
        """Say whether it brought about anything that can be taken back."""
        return any(deed.what not in LASTING for deed in self.deeds)

    @property
    def can_be_undone(self) -> bool:
        """Say whether a word takes back all of it; a meeting that became shorter stays so."""
        return self.acted and not self.undone and all(deed.what is not DeedKind.SHORTENED for deed in self.deeds)

    @property
    def answered_to(self) -> Personal | None:
        """The delegate who gets the answer to what he wrote, or None for the person herself: what only she can decide
        is put to her.
        """
        return None if self.question in (Question.PERSON, Question.WHO, Question.PRIVATE) else self.delegate

    @property
    def undo_until(self) -> datetime:
        """Until when it can be undone (UTC)."""
        return self.at + UNDO_TIME
