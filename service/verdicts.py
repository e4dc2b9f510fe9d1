"""What an import says of each line before anything is written."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import MentorsyncError


class Verdict(StrEnum):
    """What becomes of one line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """One line of the file: where it is, whom it is about (addresses), what becomes of it, and why."""

    line: int
    subject: str
    verdict: Verdict
    says: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found and did.

    `gone` are the addresses of those who are registered and not in the list; nothing is done about them. `latin` says
    that the file was read as Latin-1; `recorded` that something was written.
    """

    lines: tuple[LineVerdict, ...]
    gone: tuple[str, ...]
    latin: bool
    recorded: bool = False

    @property
    def refused(self) -> bool:
        """Say whether any line is refused, so that nothing may be written."""
        return any(line.verdict is Verdict.REFUSED for line in self.lines)

    def counts(self) -> dict[str, int]:
        """Return how many lines got each verdict."""
        found = Counter(line.verdict for line in self.lines)
        return {verdict.value: found[verdict] for verdict in Verdict}


def said(error: MentorsyncError) -> str:
    """Return an error as it stands beside a line."""
    return f"{error.problem} {error.remedy}"
