"""Rows of the work ledger: what is due, who holds it, and how it ended; no row holds words or addresses."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class WorkState(StrEnum):
    """Where a row stands. open: due or leased; done: proved; dropped: no longer wanted (may open again); unknown:
    held for a person; given_up: the provider said no for good; expired: too late to be useful.
    """

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work to be opened: an effect, a review or a poll.

    `key` is "<subject>/<kind>/<occasion>/<recipient>", the same whenever the same thing is meant. `subject` is a
    relationship id, a person id or "service". `lane` names what is served one at a time: "planning", "mail", or
    "calendar/<person id or service>". `due` and `expires` are UTC; reviews and polls never expire. Reviews and polls
    recur: settling them sets the next due.
    """

    key: str
    subject: str
    kind: str
    occasion: str
    recipient: str
    lane: str
    due: datetime
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker holds until its lease ends. `attempts` counts this claim too; `receipt` is what an
    earlier attempt noted (a draft id, an event id), empty at first. `token` must be shown to settle.
    """

    work: Work
    token: str
    attempts: int
    receipt: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a claimed row ended.

    With state open the row stays and is due again at `due` (a postponement, or a recurring review or poll).
    """

    key: str
    token: str
    state: WorkState
    due: datetime | None = None
    receipt: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that the outside world will name again, and the work it came from.

    `ref` is "mail:<message id>", "event:<iCal uid>", or "answer:<digest>" of the id of a mail that has acted.
    """

    ref: str
    subject: str
    key: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The bytes of a work sample, kept as `ref` under the key of their owner, a person id."""

    ref: str
    relationship: str
    owner: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LedgerWrite:
    """All that one transaction changes beside the events.

    `settle` must match the claim's token, else the whole transaction is refused with StaleLease (a review that was
    woken meanwhile excepted: see the Streams port). `open` inserts rows, or re-opens dropped and expired ones; a row
    that is open, done, unknown or given_up is left as it is. `wake` names subjects whose review becomes due at the
    given instant, besides those that follow from the saved streams. `references` are upserted. `cursors` are
    (account, stream name, cursor), the account as a person id or "service". `drop` are keys of open rows that nobody
    holds and that are no longer wanted, such as of something that was set aside and is well again. `files` are sealed
    and kept (see the Samples port).
    """

    settle: Settlement | None = None
    open: tuple[Work, ...] = ()
    wake: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    cursors: tuple[tuple[str, str, str], ...] = ()
    drop: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()


class StaleLease(Exception):
    """The row was claimed by another worker meanwhile.

    Whatever this worker wanted to record must not be recorded.
    """


class StaleStream(Exception):
    """Another save was faster.

    Reload, look whether the outcome is already there, and only then decide again.
    """


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row as an administrator sees it."""

    work: Work
    state: WorkState
    attempts: int
    reason: str
    receipt: str
    leased: bool
