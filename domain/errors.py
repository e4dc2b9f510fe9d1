"""Errors that say whose move is next; only the command line and the mails turn them into sentences."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class MentorsyncError(Exception):
    """Something known went wrong.

    `problem` says what, `remedy` what to do, each one sentence without names or words of people.
    """

    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


@dataclass(eq=False)
class Refused(MentorsyncError):
    """A person's move: the request cannot be done as it was asked."""


@dataclass(eq=False)
class BadInput(MentorsyncError):
    """A person's move.

    The words of the request are not understood (an unknown zone, hours that do not parse).
    """


@dataclass(eq=False)
class NotFound(MentorsyncError):
    """A person's move: nothing is known under that id or address."""


@dataclass(eq=False)
class TryLater(MentorsyncError):
    """The provider's move: it is busy or unreachable and nothing was done.

    `not_before` is its own word on when, if any.
    """

    not_before: datetime | None = None


@dataclass(eq=False)
class Doubtful(MentorsyncError):
    """Nobody's move yet.

    A write may or may not have been done, so it must be looked up before anything else.
    """


@dataclass(eq=False)
class Broken(MentorsyncError):
    """An administrator's move: the provider says no and will say so again (consent, permission, address)."""


@dataclass(eq=False)
class NotSignedIn(Broken):
    """An administrator's move: the provider does not take the credential (expired, revoked, wrong), whatever is asked.

    Nothing was done, and nothing is wrong with what was asked: once the credential is mended, it can be done.
    """


@dataclass(eq=False)
class NoAccess(Broken):
    """An administrator's move: this one account may not be read or written (consent was taken back or never given)."""


@dataclass(eq=False)
class NoMailbox(Broken):
    """An administrator's move: the provider knows no such account, or no longer."""


@dataclass(eq=False)
class CursorExpired(MentorsyncError):
    """Ours.

    The provider no longer knows this cursor, so a full read from the beginning is due (cursor `None`).
    """


@dataclass(eq=False)
class Misconfigured(MentorsyncError):
    """An administrator's move: the configuration or a secret file is missing or wrong."""


@dataclass(eq=False)
class StoreMissing(MentorsyncError):
    """An administrator's move: the store is absent or cannot be read."""


@dataclass(eq=False)
class StoreLocked(MentorsyncError):
    """An administrator's move: another daemon holds the store."""


@dataclass(eq=False)
class StoreNewer(MentorsyncError):
    """An administrator's move: the store was written by a newer program."""


@dataclass(eq=False)
class Unreadable(MentorsyncError):
    """An administrator's move: one stream of the store is damaged; all others can be read."""


@dataclass(eq=False)
class NewerStream(Unreadable):
    """An administrator's move: one stream holds an event of a newer program; all others can be read."""
