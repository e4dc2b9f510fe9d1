"""Times offered by mail to somebody whose calendar cannot be read, and which of them an answer means."""

import re
from dataclasses import dataclass
from datetime import datetime

from domain.charter import Organiser, Role
from domain.interval import Interval

_NUMBER = re.compile(r"(?:option|number|no\.?|nr\.?|#)?\s{0,3}([1-9])\s{0,3}[.):!]?", re.IGNORECASE)
_NONE = frozenset(("none", "none of them", "none of these", "neither", "keine", "keiner", "aucune", "aucun", "ninguna"))


@dataclass(frozen=True, slots=True)
class Offer:
    """A few starts for the meeting of one cycle, offered to one of the two; instants are UTC.

    `target`, `zone`, `organiser`, `counters` and `tzdata` are those of the meeting that follows from an answer. `final`
    says that an answer settles the time: the other's calendar is known, or the other chose it. `chosen` is the start
    that was answered, `refused` says that none suited.
    """

    cycle: int
    generation: int
    role: Role
    starts: tuple[datetime, ...]
    target: datetime
    zone: str
    organiser: Organiser
    expires: datetime
    counters: tuple[tuple[str, int], ...]
    tzdata: str
    final: bool
    at: datetime
    chosen: datetime | None = None
    refused: bool = False

    @property
    def ref(self) -> str:
        """The name that the meeting will have: "<cycle>.<generation>"."""
        return f"{self.cycle}.{self.generation}"

    def open_at(self, now: datetime) -> bool:
        """Say whether an answer still counts."""
        return self.chosen is None and not self.refused and now < self.expires

    def agreed(self, time: Interval) -> bool:
        """Say whether this person agreed by mail to a meeting at that time."""
        return self.chosen == time.start


def choice_in(line: str) -> int | None:
    """Return the number of the offered time that a line as a whole names, 0 for "none", None when it names neither."""
    words = " ".join(line.strip().rstrip(".!").casefold().split())
    if words in _NONE:
        return 0
    found = _NUMBER.fullmatch(words)
    return int(found[1]) if found else None
