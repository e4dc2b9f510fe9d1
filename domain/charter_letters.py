"""What the mail about a charter says: the terms as both read them, and what is asked of the reader."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CharterTerms:
    """The charter as both read it.

    Hours are weekly hours as domain.hours reads them; mentor and mentee are first names, `pins` is one of them, and so
    is `organiser`, or "" for the mentoring service itself. What a charter does not say is 0 or "", and no mail speaks
    of it; the rest means what it means in Charter.
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
    shortest_minutes: int = 0
    venue: str = ""
    place: str = ""
    buffer_minutes: int = 0
    mentor_preferred: str = ""
    mentee_preferred: str = ""
    rhythm: str = "days"
    slack_days: int = 0
    stretch_minutes: int = 0
    tentative_yields: bool = False
    quiet: str = ""
    weekly_mails: int = 0
    references: bool = False
    until: date | None = None
    mentor: str = ""
    mentee: str = ""


@dataclass(frozen=True, slots=True)
class CharterLetter:
    """The proposed charter, to one of the two, who is asked to answer "agree".

    `before` are the terms that were asked for, where the mentor said yes on other ones. `reminder` says which reminder
    it is, 0 for the first time; `answer_by` is the last day for an answer. With `proposal` they are what the other
    would like instead of the terms of `before`, which count. `accepted` says that the reader asked the other, who said
    yes.
    """

    reader: str
    other: str
    terms: CharterTerms
    programme: str
    before: CharterTerms | None = None
    reminder: int = 0
    answer_by: date | None = None
    language: str = "en"
    proposal: bool = False
    accepted: bool = False
