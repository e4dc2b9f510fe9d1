"""Sorts prose as its writer would have done under headings; what bears no sign stays as it is."""

import re
from datetime import date

from adapters.mail.dates import split_due
from domain.reply import SaidAction

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SAID = re.compile(
    r"^(?:[^:?]{0,40}\b(?:questions?|fragen?|preguntas?)\b[^:?]{0,30}|"
    r"(?:hallo|hi|hello|bonjour|hola)\b[^:?]{0,50})\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"^(?:[^:]{0,30}:\s)?(?:i will|i['\u2019]ll|i am going to|i['\u2019]m going to|ich werde|je vais|voy a)\s"
    r"(?P<what>.+)$",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"^(?:[^:]{0,30}:\s)?(?P<who>[^\W\d_]+)\s(?:will\s|is going to\s)?(?P<what>.+)$")
_SIGNS = (
    ("questions", re.compile(r"\?\s*$")),
    (
        "done",
        re.compile(
            r"^(?:since (?:last time|we last|our last)|seit (?:dem )?letzten mal|depuis la dernière fois|"
            r"desde la última vez)",
            re.IGNORECASE,
        ),
    ),
    (
        "learned",
        re.compile(
            r"^(?:i(?:'ve)? (?:have )?learn(?:ed|t)|gelernt habe ich|ich habe gelernt|j['\u2019]ai appris|aprendí|"
            r"he aprendido)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "questions",
        re.compile(
            r"\b(?:like|love|want) to (?:talk|speak|hear)\b|\bwürde gern(?:e)? über\b|\bmöchte (?:gern(?:e)? )?über\b|"
            r"\b(?:j['\u2019]aimerais|je voudrais) parler\b|\b(?:me gustar[ií]a|quisiera) hablar\b",
            re.IGNORECASE,
        ),
    ),
)


def sorted_prose(texts: list[str]) -> dict[str, list[str]]:
    """Return the sentences by section; those without a sign are under "unsorted", in their order."""
    found: dict[str, list[str]] = {"questions": [], "done": [], "learned": [], "unsorted": []}
    for sentence in (part for text in texts for part in _SENTENCE.split(text) if part.strip()):
        section = next((name for name, sign in _SIGNS if sign.search(sentence)), "unsorted")
        words = _SAID.sub("", sentence) if section == "questions" else sentence
        found[section].append(words.strip())
    return found


def promised(texts: list[str], today: date, names: frozenset[str]) -> tuple[list[SaidAction], list[str]]:
    """Return what is promised in prose, and the sentences that promise nothing.

    Only with a day is it a promise: "I will call Ada by Friday", "Mara sends the list by 12 March".
    """
    actions: list[SaidAction] = []
    rest: list[str] = []
    for sentence in (part for text in texts for part in _SENTENCE.split(text) if part.strip()):
        action = _promise(sentence.strip().rstrip("."), today, names)
        if action is None:
            rest.append(sentence.strip())
        else:
            actions.append(action)
    return actions, rest


def _promise(sentence: str, today: date, names: frozenset[str]) -> SaidAction | None:
    mine, theirs = _MINE.match(sentence), _THEIRS.match(sentence)
    if mine is not None:
        owner, said = "me", mine["what"]
    elif theirs is not None and theirs["who"].casefold() in names:
        owner, said = theirs["who"], theirs["what"]
    else:
        return None
    words, due = split_due(said, today)
    return SaidAction(owner, words, due) if due is not None else None
