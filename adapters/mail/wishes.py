"""What is asked for with a question or with a time: "could we skip, I am ill?", "would Thursday at 3 work?"."""

from collections.abc import Callable

from adapters.mail.answers import sayable
from adapters.mail.lexicon import Lexicon, Phrase, told
from adapters.mail.meanings import MAX_SENTENCE, holds, in_words, meant_by, strange_in
from adapters.mail.places import Place
from adapters.mail.said_times import without_times
from domain.reply import Command

_TIMED = frozenset((Command.SKIP, Command.MOVE, Command.KEEP, Command.SHORTEN, Command.PAUSE, Command.STOP))
_ASKED_FOR = frozenset((Command.SKIP, Command.MOVE, Command.SHORTEN, Command.PAUSE))
_OF_NOTICES = frozenset((Command.ACCEPT, Command.DECLINE))


def asks_for(sentence: str) -> bool:
    """Say whether a sentence opens as a polite question does, with or without its mark."""
    return any(words[: len(p)] == p for lexicon, words in told(sentence) for p in lexicon.requests)


def timed(sentence: str, place: Place) -> set[Command]:
    """Return what a sentence says that names a time: "move it to Thursday 3 pm", "pause until 1 May"."""
    left, named = without_times(sentence)
    allowed = _TIMED | _OF_NOTICES if place.kind == "notice" else _TIMED
    return meant_by(left, place) & allowed if named else set()


def proposed(sentence: str, place: Place) -> set[Command]:
    """Return the wish to move that a plain sentence is which names another time: "Thursday 3 pm instead"."""
    return _moved(sentence, place, lambda lexicon: lexicon.instead)


def requested(question: str, place: Place, pressing: bool) -> set[Command]:
    """Return what a polite question asks for.

    A question alone may only want to know what the other thinks. It asks for what it names when it says please, names a
    day, or stands beside its reason (`pressing`).
    """
    if len(question) > MAX_SENTENCE:
        return set()
    _, comma, behind = question.partition(", ")
    if comma and asks_for(behind):
        return requested(behind, place, True)
    spoken = question.replace("\u00bf", "")
    offered = _moved(spoken, place, lambda lexicon: lexicon.offers) or _instead_of_refused(spoken, place, pressing)
    if offered:
        return offered
    left, named = without_times(spoken)
    found = set[Command]()
    for lexicon, words in told(left):
        opened = [words[len(p) :] for p in lexicon.requests if words[: len(p)] == p]
        firm = pressing or named or any(word in lexicon.please for word in words)
        found |= {meant for rest in opened[:1] if firm for meant in in_words(rest, lexicon, place)}
    return found & _ASKED_FOR


def is_offer(sentence: str, place: Place) -> bool:
    """Say whether a sentence or clause offers the time that it names for the meeting, or says nothing but a time."""
    said = timed(sentence, place) | requested(sentence, place, True) | _moved(sentence, place, lambda lexicon: None)
    return Command.MOVE in said


def _excuses(clause: str) -> bool:
    return any(holds(words, excuse) for lexicon, words in told(clause) for excuse in lexicon.excuses)


def _instead_of_refused(question: str, place: Place, pressing: bool) -> set[Command]:
    """Return the wish to move of one who cannot come and asks with nothing but times: "can't do Tue, 9:00 on Wed?"."""
    before, comma, behind = question.partition(", ")
    if comma and _excuses(before):
        return _moved(behind, place, lambda lexicon: None)
    return _moved(question, place, lambda lexicon: None) if pressing else set()


def _moved(sentence: str, place: Place, signs: Callable[[Lexicon], frozenset[str] | None]) -> set[Command]:
    """Return the wish to move, if the sentence offers a time; without `signs` it needs no word that says so."""
    if Command.MOVE not in sayable(place.kind):
        return set()
    left, named = without_times(sentence)
    offered = named and any(_offers(words, lexicon, signs(lexicon), place) for lexicon, words in told(left))
    return {Command.MOVE} if offered else set()


def _offers(words: Phrase, lexicon: Lexicon, signs: frozenset[str] | None, place: Place) -> bool:
    """Say whether nothing is in the words but that a time is offered."""
    wording = lexicon.commands[Command.MOVE]
    known = wording.companions | lexicon.small | lexicon.modal | lexicon.polite | lexicon.things | lexicon.times
    known |= lexicon.offers | lexicon.fitting | lexicon.instead | place.words
    signed = signs is None or any(word in signs for word in words)
    # Who asks whether it is still so, or what it is, offers nothing.
    return signed and not strange_in(words, lexicon, known) and not any(word in lexicon.confirming for word in words)
