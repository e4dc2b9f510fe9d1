"""The polite end of a letter, which says nothing."""

import re

MAX_AFTER = 4
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|kindest|warmest|many)(?: (?:regards|wishes|thanks))?|regards|cheers|"
    r"thanks(?: (?:again|a lot))?|thank you|all the best|sincerely|talk soon|see you|"
    r"(?:viele|liebe|beste|herzliche|schöne|mit freundlichen) grü(?:ß|ss)en?|"
    r"gruß|lg|vg|mfg|danke|vielen dank|cordialement|bien à (?:vous|toi)|merci|(?:un )?saludos?|gracias)[\s,.!]*",
    re.IGNORECASE,
)


def without_closing(lines: list[str]) -> list[str]:
    """Return the lines without a closing such as "Best regards," and the name below it, when nothing longer follows."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    for number in filled[-MAX_AFTER - 1 :]:
        after = [lines[n] for n in filled if n > number]
        if number and _CLOSING.fullmatch(lines[number].strip()[:60]) and all(_short(line) for line in after):
            return lines[:number]
    return lines


def _short(line: str) -> bool:
    """A name, a role, a telephone number; not a point and not a heading."""
    return len(line) < 60 and ":" not in line and not line.lstrip().startswith(("-", "*", "•"))
