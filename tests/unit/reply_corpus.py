"""A collection of replies with their meaning, and how far the reader agrees with whoever wrote them down.

One JSON object a line: "language", "mail" (the kind of our mail that is answered), "text", "meaning" with "command",
"sections" and "actions", and "act": whether anything may follow from it at all.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from adapters.mail.quotes import new_words
from adapters.mail.reader import MailReader
from domain.reply import Command, Reply

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
HELD_OUT = "replies-heldout"
TODAY = date(2027, 3, 1)
SECTIONS = ("done", "learned", "questions", "samples", "observed", "goals")
# One word may name an answer in several ways; what counts is what it means in that place.
SAME = {
    ("request", "agree"): "accept",
    ("request", "yes"): "accept",
    ("charter", "accept"): "agree",
    ("charter", "yes"): "agree",
    ("held_question", "agree"): "held",
    ("held_question", "yes"): "held",
    ("chase", "agree"): "done",
    ("chase", "yes"): "done",
    ("notice", "yes"): "accept",
}
ANYWHERE = (Command.STOP, Command.PAUSE, Command.RESUME, Command.CLOSE, Command.UNDO)
ACTING = {
    "request": ("accept", "decline"),
    "charter": ("agree",),
    "preparation": ("skip", "move", "keep", "shorten"),
    "agenda": ("skip", "move", "keep", "shorten"),
    "notice": ("skip", "move", "keep", "shorten", "accept", "decline"),
    "held_question": ("held", "not_held"),
    "follow_up": ("not_held", "held"),
    "chase": ("done",),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One reply with what its writer meant."""

    name: str
    language: str
    kind: str
    text: str
    command: str | None
    sections: dict[str, list[str]]
    actions: list[Any]
    act: bool
    today: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something would be done that was not meant, and whether all that was meant was understood."""

    sample: Sample
    wrong: bool
    understood: bool
    found: str


def samples(held_out: bool) -> list[Sample]:
    """Return the replies of the files that are held out, or of the others, in order."""
    files = sorted(CORPUS.glob("replies-*.jsonl"))
    chosen = [file for file in files if file.name.startswith(HELD_OUT) is held_out]
    return [
        _sample(f"{file.name}:{number}", json.loads(line))
        for file in chosen
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if line.strip()
    ]


def _sample(name: str, words: dict[str, Any]) -> Sample:
    meaning, kind = words["meaning"], words["mail"]
    command = meaning.get("command")
    sections = {key: list(value) for key, value in (meaning.get("sections") or {}).items() if value}
    actions = list(meaning.get("actions") or [])
    named = SAME.get((kind, command), command) if command else None
    told = (words["language"], kind, words["text"], named, sections, actions)
    return Sample(name, *told, bool(words["act"]), _day(words))


def _day(words: dict[str, Any]) -> date:
    return date.fromisoformat(words["today"]) if words.get("today") else TODAY


@cache
def verdicts(held_out: bool) -> tuple[Verdict, ...]:
    """Return how far the reader agrees with each of them."""
    return tuple(judged(sample) for sample in samples(held_out))


def judged(sample: Sample) -> Verdict:
    """Return how far the reader agrees with the writer."""
    text = new_words(sample.text).text
    reply = MailReader().understand(text, sample.today, sample.kind, ("Mara Quint", "Jonas Lindt"))
    command = acting(reply, sample.kind)
    wrong = command is not None and (command != sample.command or not sample.act)
    understood = (
        not wrong and command is None
        if not sample.act
        else command == sample.command and _sections_agree(reply, sample) and _actions_agree(reply, sample)
    )
    return Verdict(sample, wrong, understood and not wrong, f"{command} {reply}")


def acting(reply: Reply, kind: str) -> str | None:
    """Return the command that would be carried out in answer to a mail of that kind, or None."""
    if reply.command is None:
        return None
    said = SAME.get((kind, reply.command.value), reply.command.value)
    return said if reply.command in ANYWHERE or said in ACTING.get(kind, ()) else None


def _sections_agree(reply: Reply, sample: Sample) -> bool:
    meant = {name: texts for name, texts in sample.sections.items() if name in SECTIONS}
    return all(_plain(" ".join(getattr(reply, name))) == _plain(" ".join(meant.get(name, []))) for name in SECTIONS)


def _actions_agree(reply: Reply, sample: Sample) -> bool:
    found = [(_plain(action.text), action.due.isoformat() if action.due else None) for action in reply.actions]
    meant = [(_plain(action["text"]), action.get("due")) for action in sample.actions if isinstance(action, dict)]
    return found == meant


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())


def share_by_language(verdicts: Iterable[Verdict]) -> str:
    """Return how many were understood, by language, as a line to read."""
    all_, right = Counter[str](), Counter[str]()
    for verdict in verdicts:
        all_[verdict.sample.language] += 1
        right[verdict.sample.language] += verdict.understood
    return ", ".join(f"{language} {right[language]}/{all_[language]}" for language in sorted(all_))
