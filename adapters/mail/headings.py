"""The headings under which people write in a reply."""

import re

_NAMES = {
    "done": ("done", "done since last time", "what i did", "what i have done", "erledigt", "fait", "hecho"),
    "learned": ("learned", "learnt", "learning", "learnings", "what i learned", "lessons learned", "gelernt"),
    "questions": (
        "question",
        "questions",
        "my questions",
        "need",
        "needs",
        "questions and needs",
        "questions & needs",
        "questions/needs",
        "fragen",
        "preguntas",
    ),
    "samples": ("sample", "samples", "work sample", "work samples"),
    "observed": ("observed", "observation", "observations", "what i observed"),
    "goals": ("goal", "goals", "my goals", "ziele"),
    "actions": ("action", "actions", "action item", "action items", "next steps", "to do", "todo"),
}
_SECTIONS = {name: section for section, names in _NAMES.items() for name in names}
_DRESS = " \t\xa0*_#"
MAX_HEADING = 40
_NOTE = re.compile(
    r"[\s*_#]{0,8}(?:private |my )?(?:notes?|notiz(?:en)?|notas?|remarques?)"
    r"(?: \(?(?:private|privat|privé|privada)\)?)?"
    r"[\s*_]{0,4}:",
    re.IGNORECASE,
)


def heading_of(words: str) -> str | None:
    """Return the section that the words are the heading of ("needs" -> "questions"), or None."""
    if len(words) > MAX_HEADING:
        return None
    return _SECTIONS.get(" ".join(words.strip(_DRESS).casefold().split()))


def is_note_heading(line: str) -> bool:
    """Say whether the line opens a private note, such as "Note (private): I am not sure about her"."""
    return _NOTE.match(line) is not None
