"""What several mails show alike: when a meeting is, on whose clock, an action, and a fact."""

from dataclasses import dataclass
from datetime import date, datetime, time


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
