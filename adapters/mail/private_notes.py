"""Sets a private note apart from the rest of a reply, or says that it is not sure where the note begins or ends."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.mail.goal_lines import without_readers
from adapters.mail.headings import is_note_heading

GOALS = "goals"
_DRESS = r"[\s*_#]{0,8}(?:[-•·\u2013]\s{1,10})?[\s*_#]{0,8}"
_OPENS = re.compile(
    _DRESS + r"(?:note to (?:self|myself)|(?:my )?(?:private|personal) notes?|notes? \(?(?:private|for me|to self)\)?|"
    r"private?|just for me|for me (?:alone|only)|(?:meine )?(?:private|persönliche) notiz(?:en)?|"
    r"notiz(?:en)? \(?(?:(?:an|für) mich(?: selbst)?|privat)\)?|nur für mich|privée?s?|"
    r"(?:notes?|remarques?) \(?(?:privée?s?|pour moi(?:-même)?|à moi-même)\)?|pour moi seule?|"
    r"privad[oa]s?|notas? \(?(?:privad[oa]s?|para m[ií](?: mism[oa])?|personal(?:es)?)\)?|s[oó]lo para m[ií])"
    r"[\s\u202f*_]{0,4}:[\s\u202f*_]{0,4}",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"\bnotes? to (?:self|myself)\b|\bprivate? ?[:)]|\bpriv(?:ée?|ad[oa])s? ?[:)]|\bprivate not(?:e|iz)|"
    r"\bnotiz(?:en)? (?:an|für) mich\b|\bnur für mich\b|\b(?:note|remarque)s? (?:privée|pour moi)|"
    r"\bnotas? (?:privada|para m[ií])\b|\bfor me alone\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s{0,20}(?:[-*•·\u2013]|\d{1,2}[.)])\s{1,10}(?=\S)")


@dataclass(frozen=True, slots=True)
class Apart:
    """The lines of a reply without its private notes, and those notes; no representation shows these."""

    others: tuple[str, ...]
    notes: tuple[str, ...] = field(repr=False)


def set_apart(lines: list[str], opens: Callable[[str], str]) -> Apart | None:
    """Return the two parts, or None where a private word might be among the others.

    A note begins at a line that says so ("Note to self:", "privat:") and runs to the next empty line, behind which only
    a heading (`opens`, which names its section) or the end may follow. A heading right below it ends it only when it is
    a single line. "Note:" alone is ordinary English, so whether it is private cannot be known. Below the heading of the
    goals "(private)" is no note: it keeps a goal from the mentor.
    """
    section = ""
    others: list[str] = []
    notes: list[str] = []
    at = 0
    while at < len(lines):
        begun = _OPENS.match(lines[at])
        if begun is None:
            section = opens(lines[at]) or section
            said = without_readers(lines[at])[1] if section == GOALS else lines[at]
            if is_note_heading(lines[at]) or _SOMEWHERE.search(said):
                return None
            others.append(lines[at])
            at += 1
            continue
        end, sure = _end(lines, at, opens)
        if not sure:
            return None
        notes += _points([lines[at][begun.end() :], *lines[at + 1 : end]])
        at = end
    return Apart(tuple(others), tuple(notes))


def _end(lines: list[str], at: int, opens: Callable[[str], str]) -> tuple[int, bool]:
    """Return before which line the note ends that begins at one, and whether that is sure."""
    end = at + 1
    while end < len(lines) and lines[end].strip():
        if opens(lines[end]) or _OPENS.match(lines[end]):
            return end, end == at + 1 and not lines[at].rstrip().endswith(":")
        end += 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    return end, end == len(lines) or bool(opens(lines[end])) or _OPENS.match(lines[end]) is not None


def _points(lines: list[str]) -> list[str]:
    """Return the note's points; a line without a bullet goes on with the one before."""
    points: list[str] = []
    for line in lines:
        found = _BULLET.match(line)
        words = line[found.end() :].strip() if found else line.strip(" \t\xa0\u202f*_")
        if words and (found or not points):
            points.append(words)
        elif words:
            points[-1] = f"{points[-1]} {words}"
    return points
