"""The polite end of a letter, which says nothing."""

import re

MAX_AFTER = 4
MAX_WORDS = 6
MOST_NAMES = 3
# A closing has one of these words, and no word but these and the small ones; a name may stand behind them.
_GOODBYE_WORDS = """
regards wishes cheers thanks thank sincerely best talk see warmly yours gruß grüße grüßen grüsse grüssen lg vg mfg danke
dank cordialement amicalement bien salutations merci saludo saludos gracias abrazo atentamente cordialmente
"""
_SMALL_WORDS = """
with and kind warm warmest kindest many all the again a lot so much you soon very my in advance viele liebe lieben
beste besten herzliche herzlichen schöne schönen sonnige freundliche freundlichen mit vielen im voraus für mille
beaucoup à und vous toi et meilleures sincères un una cordial cordiales muchas mil y por adelantado d'avance
"""
_GOODBYES = frozenset(_GOODBYE_WORDS.casefold().split())
_KNOWN = _GOODBYES | frozenset(_SMALL_WORDS.casefold().split())
_MARKS = re.compile(r"[^\w\s'\u2019-]")


def without_closing(lines: list[str]) -> list[str]:
    """Return the lines without a closing such as "Best regards," and the name below it, when nothing longer follows."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    for number in filled[-MAX_AFTER - 1 :]:
        after = [lines[n] for n in filled if n > number]
        if number and _closes(lines[number], bool(after)) and all(_short(line) for line in after):
            return lines[:number]
    return lines


def without_signature(lines: list[str], names: frozenset[str]) -> list[str]:
    """Return the lines without the name of a person concerned at their end, what she is, and how she takes leave."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    for place, number in enumerate(filled[-MAX_AFTER:], max(len(filled) - MAX_AFTER, 0)):
        after = [lines[n] for n in filled[place + 1 :]]
        if place and _named(lines[number], names) and all(_short(line) and line[-1:] not in ".!?" for line in after):
            above = filled[place - 1]
            leaves = place > 1 and lines[above].rstrip().endswith(",") and len(lines[above].split()) <= MAX_WORDS
            return lines[: above if leaves else number]
    return lines


def addresses(line: str, names: frozenset[str]) -> bool:
    """Say whether a line only calls somebody by name: "Jonas,"."""
    return line.rstrip().endswith((",", "!", ":")) and _named(line, names)


def _named(line: str, names: frozenset[str]) -> bool:
    """Say whether a line is nothing but names of the people concerned, or their initials."""
    parts = [part.casefold() for part in _MARKS.sub(" ", line).split()]
    initials = {name[:1] for name in names}
    known = (part in names or (len(part) <= 2 and set(part) <= initials) for part in parts)
    return 0 < len(parts) <= MOST_NAMES and line[:1].isupper() and all(known)


def _closes(line: str, followed: bool) -> bool:
    """Say whether the line takes leave; with the name in the same line ("LG Mara") nothing more may come."""
    if len(line) > 60 or any(mark in line for mark in "?:"):
        return False
    parts = _MARKS.sub(" ", line).replace("\u2019", "'").split()
    if not 0 < len(parts) <= MAX_WORDS:
        return False
    known = [part.casefold() in _KNOWN for part in parts]
    said = len(parts) if all(known) else known.index(False)
    name = parts[said:]
    named = len(name) <= 2 and all(part[:1].isupper() for part in name) and not (name and followed)
    return named and any(part.casefold() in _GOODBYES for part in parts[:said])


def _short(line: str) -> bool:
    """A name, a role, a telephone number; not a point and not a heading."""
    return len(line) < 60 and ":" not in line and not line.lstrip().startswith(("-", "*", "•"))
