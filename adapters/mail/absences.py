"""Whether a reply before a meeting says only that its writer cannot come, has nothing to bring, or writes later.

Such words are no point of an agenda: what they are to change is asked, or nothing is to be done yet.
"""

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from adapters.mail.clauses import clauses_of, sentences_of
from adapters.mail.lexicon import told
from adapters.mail.meanings import cannot
from adapters.mail.places import Place
from adapters.mail.said_days import plain
from adapters.mail.sentences import is_courtesy
from domain.reply import Reply

MOST_SENTENCES = 4
_BEFORE = ("preparation", "agenda")


def with_absence(said: Reply, lines: list[str], place: Place) -> Reply:
    """Return the reply with what it says of not coming; whoever writes later only thanks so far."""
    empty = replace(Reply(), unsorted=said.unsorted, courtesy=said.courtesy)
    if place.kind not in _BEFORE or said != empty:
        return said
    if said.courtesy:
        return replace(said, unsorted=())
    sentences = sentences_of(lines)
    clauses = [clause for sentence in sentences for clause in clauses_of(sentence.text)]
    if not clauses or len(sentences) > MOST_SENTENCES or any(sentence.asks for sentence in sentences):
        return said
    kinds = {_kind(clause, place) for clause in clauses}
    if "absent" in kinds and kinds <= {"absent", "sorry"}:
        return replace(said, absent=True)
    return replace(said, courtesy=True, unsorted=()) if "later" in kinds and kinds <= {"later", "sorry"} else said


def _kind(clause: str, place: Place) -> str:
    words = plain(clause).strip(" .,!*_\"'")
    found = next((name for name in ("absent", "later", "sorry") if _pattern(name).fullmatch(words)), "")
    if not found and is_courtesy([clause], place):
        return "sorry"
    return found or ("absent" if cannot(told(clause)) else "")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return what any of the languages has under a name as one pattern, led in by regrets."""
    tables = tomllib.loads(files("adapters.mail").joinpath("lexicons", "absences.toml").read_text(encoding="utf-8"))
    every = (words[name].replace("\n", "").replace("{when}", words["when"]) for words in tables.values())
    sorry = "|".join(words["sorry"] for words in tables.values())
    return re.compile(rf"(?:(?:{sorry}) )?(?:{'|'.join(every)})")
