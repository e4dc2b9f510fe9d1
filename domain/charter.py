"""The charter: what a mentor and a mentee agree on about how their relationship works."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import BadInput
from domain.hours import parse_hours
from domain.personal import Personal

SHORTEST_MONTH = 28


class Role(StrEnum):
    """One of the two people of a relationship."""

    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> "Role":
        """Return the other of the two."""
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class Organiser(StrEnum):
    """Who schedules, that is in whose calendar the meeting is created.

    No charter says "mail": that is what is left when no calendar can be written and both are told by mail.
    """

    MENTOR = "mentor"
    MENTEE = "mentee"
    SERVICE = "service"
    MAIL = "mail"


class ConflictPolicy(StrEnum):
    """What happens to a meeting that one of the two cannot keep.

    Move it inside its cycle, skip the cycle, shorten it to what is left of its time (and move it where that is no
    help), or ask both.
    """

    MOVE = "move"
    SKIP = "skip"
    SHORTEN = "shorten"
    ASK = "ask"


class Venue(StrEnum):
    """Where the two meet; NOT_SAID is what charters mean that were agreed before anybody asked."""

    NOT_SAID = "not_said"
    ONLINE = "online"
    IN_PERSON = "in_person"


class Rhythm(StrEnum):
    """How the cadence is counted: in days, or in months to the same weekday of the month or to the same date."""

    DAYS = "days"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DATE = "monthly_date"


@dataclass(frozen=True, slots=True)
class Charter:
    """One version of the agreed terms; hours are weekly hours as text, each on its owner's own clock.

    `pins` names whose wall clock holds when the clocks change. `notice_hours` is how long before the start a meeting
    may last be arranged; `agenda_lead_hours` how long before the start the agenda reaches the mentor;
    `reply_promise_days` working days. `shortest_minutes` is how short a meeting may become (0: never shorter than
    `minutes`). `place` is where they meet in person. `buffer_minutes` stay free around everything else. Preferred hours
    lie inside the hours and are tried first ("" is no preference). A monthly rhythm takes the months that are nearest
    to `cadence_days`. `slack_days` is how far from its date a meeting may be (0: half the cadence). `stretch_minutes`
    is how far outside the hours one may be when nothing else is left (0: never), and `tentative_yields` says whether
    tentative time may be used then. `quiet` are the hours of a day in which no mail arrives, on its reader's own clock
    ("19:00-08:00", "" for none), and `weekly_mails` is how many mails a person gets in seven days at most, from all her
    relationships (0: no limit). With `references` the mentee may be asked how it works with the mentor, for others who
    consider asking her (see domain.references). `until` is the last day of its term, where the clock holds (None: it
    has none).
    """

    version: int
    cadence_days: int
    minutes: int
    mentor_hours: str
    mentee_hours: str
    pins: Role
    organiser: Organiser
    conflict: ConflictPolicy
    notice_hours: int
    agenda_lead_hours: int
    reply_promise_days: int
    shortest_minutes: int = 0
    venue: Venue = Venue.NOT_SAID
    place: Personal | None = None
    buffer_minutes: int = 0
    mentor_preferred: str = ""
    mentee_preferred: str = ""
    rhythm: Rhythm = Rhythm.DAYS
    slack_days: int = 0
    stretch_minutes: int = 0
    tentative_yields: bool = False
    quiet: str = ""
    weekly_mails: int = 0
    references: bool = False
    until: date | None = None

    def checked(self) -> "Charter":
        """Return itself, or raise BadInput for terms that cannot be; asked before a charter is recorded only."""
        for name, low, high in _LIMITS:
            if not low <= getattr(self, name) <= high:
                raise BadInput(
                    f"The charter's {name.replace('_', ' ')} must be from {low} to {high}.",
                    "Give a number inside these limits.",
                )
        quiet = f"mon-sun {self.quiet}" if self.quiet else ""
        for hours in filter(None, (self.mentor_hours, self.mentee_hours, quiet, *map(self.preferred_of, Role))):
            parse_hours(hours)
        for wrong, problem, remedy in self._contradictions():
            if wrong:
                raise BadInput(problem, remedy)
        return self

    def _contradictions(self) -> tuple[tuple[bool, str, str], ...]:
        in_person, monthly = self.venue is Venue.IN_PERSON, self.rhythm is not Rhythm.DAYS
        return (
            (
                self.organiser is Organiser.MAIL,
                "No charter can say that meetings are in nobody's calendar.",
                "Give mentor, mentee or service as the organiser.",
            ),
            (
                self.shortest_minutes > self.minutes,
                "The charter's shortest minutes are more than a meeting's.",
                "Give fewer than the meeting has, or 0 to shorten none.",
            ),
            (
                in_person is (self.place is None),
                "A meeting in person needs a place, and no other meeting has one.",
                "Give both, the venue in person and its place, or neither.",
            ),
            (
                monthly and self.cadence_days < SHORTEST_MONTH,
                "A monthly rhythm cannot come round more often than every 28 days.",
                "Give at least 28 days, or count the cadence in days.",
            ),
            (
                2 * self.slack_days > self.cadence_days,
                "The charter's slack days are more than half its cadence.",
                "Give fewer, so that two meetings cannot meet in the middle; 0 is half the cadence.",
            ),
        )

    @property
    def length(self) -> timedelta:
        """How long a meeting lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def cadence(self) -> timedelta:
        """How far apart meetings are meant to be."""
        return timedelta(days=self.cadence_days)

    @property
    def shortest(self) -> timedelta:
        """How long a meeting lasts at least; the whole length when the charter does not shorten."""
        return timedelta(minutes=self.shortest_minutes or self.minutes)

    @property
    def buffer(self) -> timedelta:
        """How much time stays free before and after a meeting."""
        return timedelta(minutes=self.buffer_minutes)

    @property
    def stretch(self) -> timedelta:
        """How far outside the hours a meeting may lie when nothing else is left."""
        return timedelta(minutes=self.stretch_minutes)

    @property
    def slack(self) -> timedelta:
        """How far from its date a meeting may be."""
        return timedelta(days=self.slack_days) if self.slack_days else self.cadence / 2

    @property
    def months(self) -> int:
        """How many months the cadence is, rounded, in a monthly rhythm; 0 in one of days."""
        return 0 if self.rhythm is Rhythm.DAYS else max(1, (self.cadence_days + 15) // 30)

    @property
    def notice(self) -> timedelta:
        """How long before the start a meeting may last be arranged."""
        return timedelta(hours=self.notice_hours)

    @property
    def agenda_lead(self) -> timedelta:
        """How long before the start the agenda is due."""
        return timedelta(hours=self.agenda_lead_hours)

    def hours_of(self, role: Role) -> str:
        """Return the weekly hours of one of the two."""
        return self.mentor_hours if role is Role.MENTOR else self.mentee_hours

    def preferred_of(self, role: Role) -> str:
        """Return the preferred weekly hours of one of the two, "" for no preference."""
        return self.mentor_preferred if role is Role.MENTOR else self.mentee_preferred

    def clause(self, name: str) -> str:
        """Return the citation of one clause of this version, such as "v1/agenda-lead"."""
        return f"v{self.version}/{name}"


@dataclass(frozen=True, slots=True)
class ProposedCharter:
    """A version that one of the two would like from `at` on; the other has not answered yet."""

    charter: Charter
    role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposed version: whether both agreed, whose it was, and who answered (None: nobody did)."""

    version: int
    author: Role
    by: Role | None
    at: datetime
    agreed: bool = False


_LIMITS = (
    ("version", 1, 10_000),
    ("cadence_days", 1, 366),
    ("minutes", 5, 480),
    ("notice_hours", 0, 24 * 30),
    ("agenda_lead_hours", 1, 24 * 14),
    ("reply_promise_days", 1, 60),
    ("shortest_minutes", 0, 480),
    ("buffer_minutes", 0, 120),
    ("slack_days", 0, 183),
    ("stretch_minutes", 0, 240),
    ("weekly_mails", 0, 100),
)
