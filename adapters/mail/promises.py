"""What somebody promises in prose, with a day: "I will call Ada by Friday", "Mara schickt mir bis Montag das Buch"."""

import re
from datetime import date, timedelta

from adapters.mail.dates import split_due, split_inside
from adapters.mail.prose import sentences_of
from adapters.mail.signs import section_of
from domain.reply import SaidAction

TOMORROW = timedelta(days=1)
_LEAD = re.compile(r"^[^:]{0,30}:\s+|^(?:and|so|then|also|und|dann|also|et|puis|y|luego),?\s+", re.IGNORECASE)
_AND = r",?\s(?:and|while|und|et|y)\s"
_ME = r"i\b|ich\b|je\b|j['\u2019]|yo\b"
_MINE = re.compile(
    rf"^(?:(?:{_ME})\s?(?:(?:also|auch|aussi|también)\s)?"
    r"(?P<will>['\u2019]ll\s|will\s|(?:am|['\u2019]m)\s(?:going\s)?to\s|(?:have|need|promised|agreed|plan|want)\sto\s|must\s|"
    r"werde\s|muss\s|soll\s|vais\s|dois\s|voy a\s|tengo que\s|debo\s)?|(?:voy a|tengo que|debo)\s)(?P<what>\S.*)$",
    re.IGNORECASE,
)
# Spanish needs no word for "I": its first person is in the verb.
_MINE_ALONE = re.compile(
    r"^(?!como\b|pero\b|solo\b|bueno\b|cuando\b|mucho\b|todo\b)(?P<what>[a-zñáéíóú]{2,}o\s.+)$", re.IGNORECASE
)
_INVERTED = re.compile(r"^(?P<verb>\w+) (?:ich) (?P<rest>.+)$")
_THEIRS = re.compile(
    r"^(?P<who>[^\W\d_]+)\s(?:(?:will|to|has to|is (?:going )?to|wird|soll|muss|va a|va|doit|tiene que|debe)\s)?"
    r"(?P<what>.+)$"
)
# What is, what cannot be, what is wanted or waited for is nothing that somebody does until a day.
_STATE = re.compile(
    r"^(?:be|am|is|are|was|were|have|has|had|can|cannot|could|need|want|would|hope|think|wait|not|never|see|do|don|did|"
    r"['\u2019](?:m|d|ve)|stay|work|bin|ist|sind|war|habe|hat|hatte|kann|konnte|brauche|warte|wartet|möchte|denke|"
    r"bleibe|arbeite|sein|suis|est|ai|a|avait|peux|peut|ne|n['\u2019]|attends|être|avoir|veux|estoy|está|es|fue|he|ha|"
    r"tengo|tiene|no|puedo|puede|necesito|espero|quiero|creo|trabajo|estar|ser)(?:$|[\s'\u2019.,])|"
    r"\b(?:not|never|nicht|pas)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def promised(texts: list[str], today: date, names: frozenset[str]) -> tuple[list[SaidAction], list[str]]:
    """Return what is promised in prose by the writer or one of the `names`, and the sentences that promise nothing.

    Only with a day is it a promise, and only when nothing in it denies, asks or tells of the past.
    """
    actions: list[SaidAction] = []
    rest: list[str] = []
    clauses_at = re.compile(rf"{_AND}(?=(?:{_ME}|{'|'.join(map(re.escape, sorted(names))) or '$'})\b)", re.IGNORECASE)
    for sentence in sentences_of(texts):
        found = [_promise(part, today, names) for part in clauses_at.split(sentence.strip().rstrip("."))]
        if None in found:
            rest.append(sentence.strip())
        else:
            actions += [action for action in found if action is not None]
    return actions, rest


def _promise(clause: str, today: date, names: frozenset[str]) -> SaidAction | None:
    plain = _LEAD.sub("", clause.strip(), count=1)
    if "?" in plain or section_of(plain) is not None:
        return None
    words, due = split_due(plain, today)
    if due is None:
        words, due = split_inside(plain, today)
    owner, what = _owned(words, names)
    if due is None or not owner or _STATE.search(what) or (due <= today + TOMORROW and not _intends(words, names)):
        return None
    return SaidAction(owner, what, due)


def _intends(words: str, names: frozenset[str]) -> bool:
    """Say whether it is more than a plan for the day, such as "I fly to Rome tomorrow"."""
    mine, theirs = _MINE.match(words), _THEIRS.match(words)
    return bool(mine and mine["will"]) or bool(theirs and theirs["who"].casefold() in names)


def _owned(words: str, names: frozenset[str]) -> tuple[str, str]:
    """Return who does it and what; no owner when the sentence does not say who."""
    theirs = _THEIRS.match(words)
    if theirs is not None and theirs["who"].casefold() in names:
        return theirs["who"], theirs["what"]
    mine = _MINE.match(words) or _MINE_ALONE.match(words)
    if mine is not None:
        return "me", mine["what"]
    turned = _INVERTED.match(words)
    return ("me", f"{turned['verb']} {turned['rest']}") if turned else ("", words)
