"""How a reply opens: with a command, with a question about one, with thanks alone, or with what it has to say."""

import re
from dataclasses import dataclass

from adapters.mail import sentences
from adapters.mail.meanings import meant_by
from adapters.mail.phrases import command_of, is_greeting
from adapters.mail.places import Place
from adapters.mail.terms import countered
from domain.reply import Command, SaidTerms

# A line this long was probably wrapped by the mail program, so the sentence goes on in the next one.
WRAPPED = 60
ON_TERMS = ("request",)
OF_ACTIONS = "chase"
_GREETED = re.compile(r"([^,.!?:\n]{2,40})[,.!:\u2013-]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first lines say: a command or what it is asked about, and what stands behind it in its line.

    `lines` are how many lines the opening took. `courtesy` says that the whole reply only thanks. `terms` are
    what a yes is said on.
    """

    command: Command | None = None
    rest: str = ""
    lines: int = 1
    asked: Command | None = None
    courtesy: bool = False
    terms: SaidTerms | None = None


def opened(lines: list[str], place: Place) -> Opening:
    """Return how the lines open; without a kind only a line that is a command as a whole counts."""
    strict = command_of(lines[0])
    if strict is Command.DROP and place.kind != OF_ACTIONS:
        # Elsewhere "drop it" leaves a meeting out, or says nothing.
        strict = None
    if not place.kind:
        asked = sentences.asked_in(lines[0], "") if strict is None else None
        return Opening(strict, asked=asked)
    on_terms = countered(lines, place) if place.kind in ON_TERMS else None
    if on_terms is not None:
        return Opening(Command.ACCEPT, on_terms.rest, on_terms.lines, terms=on_terms.terms)
    if strict is not None:
        return Opening(sentences.in_its_place(strict, lines[0], place, lines[1:]))
    command, rest, count = sentences.answer_in([_ungreeted(lines[0], place), *lines[1:]], place)
    if command is not None:
        return Opening(command, rest, count)
    asked = sentences.asked_in(_first(lines, place), place.kind)
    return Opening(asked=asked, courtesy=asked is None and sentences.is_courtesy(lines, place))


def _first(lines: list[str], place: Place) -> str:
    """Return the first sentence's lines as one, without a greeting before it."""
    wrapped = len(lines[0]) >= WRAPPED and len(lines) > 1 and lines[1].strip()
    return _ungreeted(f"{lines[0]} {lines[1]}" if wrapped else lines[0], place)


def _ungreeted(line: str, place: Place) -> str:
    found = _GREETED.match(line)
    greeted = found and is_greeting(found[1]) and command_of(found[1]) is None and not meant_by(found[1], place)
    return line[found.end() :] if found and greeted else line
