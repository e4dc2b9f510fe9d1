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


def said(*errors: MentorsyncError) -> str:
    """Return what is wrong with a line as it stands beside it; several things in one sentence, "" for nothing."""
    if len(errors) < 2:
        return "".join(str(error).strip() for error in errors)
    text = "; ".join(map(_clause, errors))
    return f"{text[:1].upper()}{text[1:]}."


def _clause(error: MentorsyncError) -> str:
    """Return an error as a part of a sentence, with what to do in brackets."""
    problem, remedy = (_inside(text) for text in (error.problem, error.remedy))
    return f"{problem} ({remedy})" if remedy else problem


def _inside(sentence: str) -> str:
    """Return a sentence without its beginning and its end."""
    return f"{sentence[:1].lower()}{sentence[1:].removesuffix('.')}"
