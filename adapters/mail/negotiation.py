"""Whether a reply negotiates: that the times it names are meant for the meeting, and that it asks for the agenda."""

import re

from adapters.mail.said_days import plain

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
_HOUR = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}|\s?(?:am|pm|uhr|h)\b)|\b(?:noon|mittags?|midi|mediodia)\b")
_PROPOSES = re.compile(
    r"\b(?:can'?t (?:do|make|come)|cannot (?:do|make|come)|can not (?:do|make)|isn'?t available|is not available|"
    r"not available|unable to|doesn'?t work|does not work|won'?t work|(?:could|can|shall|should|may) (?:we|you|she|he) "
    r"(?:do|make|meet|have|move|shift|use|take|find)|would .{0,40}\b(?:work|suit|do|be (?:ok|okay|fine|possible))\b|"
    r"how about|what about|(?:please|let'?s|could you|can you) (?:move|shift|make|reschedule|say)|"
    r"(?:kann|konnen|konnten) .{0,40}\bnicht|ist .{0,30}verhindert|ginge|gingen|ginge es|passt (?:es|ihnen|dir|euch)|"
    r"passen (?:ihnen|dir|euch)|wurde .{0,40}passen|ware .{0,40}moglich|bitte (?:auf|verlegen|verschieben)|"
    r"konnten wir|konnen wir|sagen wir|lieber|"
    r"ne peut pas|ne pourra pas|n'est pas disponible|pourrait-on|pourrions-nous|peut-on|conviendrait|"
    r"serait-il possible|"
    r"plutot|a la place|on se voit|"
    r"no puede|no podra|no esta disponible|podriamos|podemos|le vendria bien|les viene bien|seria posible|en lugar de|"
    r"mejor)\b"
)
_SHORT = 12
_AGENDA = re.compile(
    r"\b(?:do (?:you|we|they) have|have you|has (?:he|she)|is there|are there|will there be|"
    r"(?:could|can) (?:you|we|i) (?:send|have|get|see)|may i (?:have|see)|where is|what is|what's|any)\b.{0,40}"
    r"\bagenda\b|"
    r"\b(?:gibt es|gibt's|haben (?:sie|wir)|hast du|habt ihr|liegt|wo ist|wie lautet|was steht auf)\b.{0,40}"
    r"\b(?:agenda|tagesordnung)\b|"
    r"\b(?:y a-t-il|y aura-t-il|avez-vous|as-tu|est-ce qu'il y a|il y a|quel est|ou est)\b.{0,40}"
    r"\b(?:ordre du jour|agenda)\b|"
    r"\b(?:hay|habra|tiene[ns]?|teneis|cual es|donde esta)\b.{0,40}\b(?:orden del dia|agenda)\b"
)


def negotiates(text: str) -> bool:
    """Say whether the times in the text are offered for the meeting: a sentence proposes, or hardly says more than an
    hour and a question mark.
    """
    return any(_proposes(sentence) for sentence in _sentences(text))


def asks_for_agenda(text: str) -> bool:
    """Say whether a sentence asks whether there is an agenda; whoever offers one does not ask."""
    return any(s.endswith("?") and _AGENDA.search(s) for s in _sentences(text))


def _proposes(sentence: str) -> bool:
    if _PROPOSES.search(sentence):
        return True
    return sentence.endswith("?") and bool(_HOUR.search(sentence)) and len(sentence.split()) <= _SHORT


def _sentences(text: str) -> list[str]:
    return [plain(part).strip() for part in _SENTENCE.split(text) if part.strip()]
