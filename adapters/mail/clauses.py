"""Parts the opening of a reply into sentences, and a sentence into clauses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adapters.mail.headings import heading_beside, heading_by_words, heading_of

MOST_LINES = 6
MOST_SENTENCES = 7
# A line this long was probably wrapped by the mail program, so the sentence goes on in the next one.
WRAPPED = 60
_END = re.compile(
    r"(?P<asks>[?!.]*\?[?!.]*)(?=\s|$|[)\"])|(?P<point>\.)(?=\s|$)|[!;\u2026]+[.!]*(?=\s|$)|\.{2,}|:(?=\s)|"
    r"\s[-\u2013\u2014]\s|[\u2013\u2014]|\)\s|,?\s?[\U0001f300-\U0001faff\u2600-\u27bf]+"
)
_NO_END = re.compile(r"(?:\b[^\W\d]|\b(?:mr|mrs|ms|dr|prof|sra?|mme|mlle|vs|etc|bzw|ca|st))$", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:no|nr)$", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}$")
_GOES_ON = re.compile(r"\s*(?:[a-z\d,]|(?:jan|feb|m[äa]r|apr|mai|may|jun|jul|aug|sep|o[kc]t|nov|de[zc])\w*\b)")
_CLAUSE = re.compile(
    r",\s+|\s(?=(?:but|because|since|and|so|as i|however|aber|weil|da|denn|und|also|mais|car|parce que?|et|donc|"
    r"puisque|pero|porque|y|ya que|así que|pues)\s)",
    re.IGNORECASE,
)
_SIGNS = 0x2600
_TONES = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff "
_BULLET = re.compile(r"\s{0,20}(?:[-*•·\u2013]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, whether it ends with a question mark, in which line it stands, and how it is written there."""

    text: str
    asks: bool
    line: int
    whole: str = ""


def head_of(lines: list[str]) -> list[str]:
    """Return the lines before the first heading or point of a list; the first line is always one."""
    end = next((n for n, line in enumerate(lines) if n and (_BULLET.match(line) or _is_heading(line))), len(lines))
    return lines[: min(end, MOST_LINES)]


def sentences_of(lines: Iterable[str]) -> list[Sentence]:
    """Return the first sentences of the lines; one that was wrapped counts for its last line."""
    found: list[Sentence] = []
    kept = ""
    numbered = [(n, line) for n, line in enumerate(lines) if line.strip()]
    for place, (number, line) in enumerate(numbered):
        goes_on = len(line) >= WRAPPED and place + 1 < len(numbered) and numbered[place + 1][0] == number + 1
        kept = f"{kept} {line}".strip()
        if goes_on and not kept.endswith((".", "!", "?")):
            continue
        found += [Sentence(text, asks, number, whole) for text, asks, whole in _sentences(kept)]
        kept = ""
    return found[:MOST_SENTENCES]


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence; what joins one to the clause before stands at its beginning."""
    return [part.strip() for part in _CLAUSE.split(sentence) if part.strip()]


def _sentences(text: str) -> Iterator[tuple[str, bool, str]]:
    start = 0
    for found in _END.finditer(text):
        words, sign = text[start : found.start()].strip(), found[0].strip(" ,")
        if found["point"] and _joins(words, text[found.end() :]):
            continue
        asks = found["asks"] is not None
        if words:
            yield words, asks, text[start : found.end()].strip()
        elif sign and not asks and ord(sign[0]) > _SIGNS:
            yield sign, text[found.end() :].lstrip(_TONES).startswith("?"), ""
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip(), False, text[start:].strip()


def _joins(before: str, after: str) -> bool:
    """Say whether a point ends no sentence: an initial, a title, the day of a date."""
    if _NUMBER.search(before) and after.lstrip()[:1].isdigit():
        return True
    return bool(_NO_END.search(before)) or bool(_DAY.search(before) and _GOES_ON.match(after.casefold()))


def _is_heading(line: str) -> bool:
    name, colon, rest = line.partition(":")
    if heading_of(name) and (colon or not line.strip().endswith(("?", "."))):
        return True
    return bool(colon) and (heading_beside(name) is not None or (not rest.strip() and bool(heading_by_words(name))))
