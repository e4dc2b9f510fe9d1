"""Tells what the author of a reply newly wrote from everything that the mail program quoted.

Our own mark is looked for first; without it the shape of quotes in many languages decides. Every step reads each line
a fixed number of times, because the mail's author may be hostile.
"""

import re
from dataclasses import dataclass

from adapters.mail import marks
from adapters.mail.headings import heading_of
from adapters.mail.limits import LINE
from adapters.mail.own_text import OwnText

_HEADER_LINES = 3
_WINDOW = 8
_NEAR = 2
_INLINE = re.compile(
    r"\b(?:answers?|replies|comments?|see|responses?)\b.{0,40}\b(?:below|inline|in (?:red|blue|green|bold))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NewWords:
    """What the author newly wrote, whether that could be told with confidence, and whether our mark stood in it."""

    text: str
    sure: bool
    marked: bool = False


def new_words(text: str, ours: OwnText | None = None) -> NewWords:
    """Return the new words of a reply's text; lines of our own mail, when it is given, are none.

    Not sure: nothing is left of a text that had words, or the author says that answers stand inside a quote that has no
    marks.
    """
    lines = text.split("\n")
    start, skip = _quote_start(lines)
    head, tail = lines[:start], lines[start + skip :]
    marked = _begins_quoted(tail)
    written = head + (_answers(tail) if marked else [])
    kept = _trimmed(ours.without(written) if ours else written)
    left = "\n".join(kept).strip()
    hidden = not marked and any(tail) and _INLINE.search(left[:500]) is not None
    mark = any(marks.is_sentinel(line) for line in lines)
    return NewWords(left, bool(left or not text.strip()) and not hidden, mark)


def is_forward(text: str) -> bool:
    """Say whether the text opens with a forwarded mail."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return marks.is_forward_mark(first)


def _quote_start(lines: list[str]) -> tuple[int, int]:
    """Return the line at which the quote begins, and how many lines introduce it."""
    sentinel = next((n for n, line in enumerate(lines) if marks.is_sentinel(line)), None)
    if sentinel is None:
        return _shaped_start(lines)
    start, _ = _shaped_start(lines[:sentinel])
    if start == sentinel:
        start = _above(lines, sentinel)
    return start, sentinel - start


def _shaped_start(lines: list[str]) -> tuple[int, int]:
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if marks.is_quoted(line):
            return number, 0
        length = marks.attribution_length(lines, number) or _opens_old_mail(lines, number)
        if length:
            return number, length
    return len(lines), 0


def _opens_old_mail(lines: list[str], number: int) -> int:
    """Return 1 for a rule such as "-----Original Message-----" or the first line of a quoted header, else 0."""
    line = lines[number]
    return int(marks.is_rule(line) or marks.is_forward_mark(line) or _is_header_block(lines, number))


def _is_header_block(lines: list[str], start: int) -> bool:
    """Three or more lines "Word: value" with an address, or with date and time; our own headings are none.

    A name of one letter ("À", "A") may stand among them and counts for nothing: people letter what they offer.
    """
    ruled = not lines[start][:LINE].strip(" \t_-")
    block: list[str] = []
    for line in filter(str.strip, lines[start + ruled : start + _WINDOW]):
        header = marks.header_of(line)
        if header is None or heading_of(header[0]) is not None or header[0].startswith("action"):
            break
        if len(header[0]) > 1:
            block.append(header[1])
    return len(block) >= _HEADER_LINES and any(marks.has_address(v) or marks.has_day_and_time(v) for v in block)


def _above(lines: list[str], sentinel: int) -> int:
    """Return where the introduction right above our mark begins; there one sign is enough."""
    end = sentinel
    while end and not marks.bare(lines[end - 1]):
        end -= 1
    for start in range(max(0, end - marks.MAX_ATTRIBUTION), end):
        if marks.attribution_length(lines, start, needed=1) == end - start:
            return start
    return sentinel


def _begins_quoted(tail: list[str]) -> bool:
    first = next((line for line in tail if line.strip()), "")
    return marks.is_quoted(first)


def _answers(tail: list[str]) -> list[str]:
    """Return the lines between and below the quoted ones; what answers a heading of ours stands under it again."""
    kept: list[str] = [""]
    heading, distance = None, 0
    for line in tail:
        if marks.is_quoted(line):
            words = marks.bare(line)
            asked = heading_of(words.partition(":")[0])
            heading, distance = (asked, 0) if asked else (heading, distance + bool(words))
            continue
        if line.strip() and heading and distance <= _NEAR - 1:
            kept.append(f"{heading.capitalize()}:")
        if line.strip():
            heading = None
        kept.append(line)
    return kept


def _trimmed(lines: list[str]) -> list[str]:
    """Drop the signature ("-- ", RFC 3676 section 4.3) and what devices sign with."""
    end = next(
        (n for n, line in enumerate(lines) if line.rstrip() == "--" and any(map(str.strip, lines[:n]))), len(lines)
    )
    kept = lines[:end]
    while kept and (not kept[-1].strip() or marks.is_device_line(kept[-1]) or not kept[-1].strip(" \t_-")):
        kept.pop()
    return kept
