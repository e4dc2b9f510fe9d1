"""What the first sentence of a reply says as an answer to a mail of a known kind.

Prose is looked at only in answer to a question of ours, and only for what that question can be answered with: without
its question "done." is a word like any other.
"""

import re

from adapters.mail.hints import MONTH
from adapters.mail.inflection import GAP
from adapters.mail.lexicon import Lexicon, Phrase, lexicons
from adapters.mail.phrases import command_of, words_of
from adapters.mail.places import Place
from domain.reply import Command

_YES, _NO = "yes", "no"
MAX_SENTENCE = 120
MOST_COURTESY = 25
MOST_LINES = 20
_END = re.compile(
    # The point of a day before its month ends nothing: "15. September".
    rf"(?:(?!(?<=\d)\.\s(?:{MONTH}|märz)\b)[.!;:\u2026])+(?=\s|$)|"
    r"\s[-\u2013\u2014]\s|[\u2013\u2014]|\)\s|,?\s?[\U0001f300-\U0001faff\u2600-\u27bf]+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s|\s(?:because|since|weil|da|denn|car|parce que|porque|ya que)\s", re.IGNORECASE)
_BUT = re.compile(r",?\s(?:but|aber|mais|pero)\s", re.IGNORECASE)
# A wish for a certain time: the time is kept as words, for nobody promises that it is free.
_TO_TIME = re.compile(
    r"\s(?:to|until|till|auf|bis|à|au|jusqu['\u2019]au|al|a la|hasta(?: el)?|für|pour|para)\s((?=\D{0,40}\d).{3,80})$",
    re.IGNORECASE,
)
_TO_MONTH = re.compile(
    rf"\s(?:until|till|bis|jusqu['\u2019](?:en|au|à)|hasta)\s(?:(?:the end of|ende|fin|finales de)\s)?(?:{MONTH})\b",
    re.IGNORECASE,
)
# A sign that agrees is an answer where it is all that is said.
_THUMB = re.compile("[\U0001f44d\U0001f44c\u2705\u2714]")
_AND = re.compile(r"\s*(?:but|and|so|aber|und|also|mais|et|donc|pero|y)\s", re.IGNORECASE)
_CONSENT: dict[Command | str, Command] = {
    Command.ACCEPT: Command.ACCEPT,
    Command.DECLINE: Command.DECLINE,
    Command.AGREE: Command.ACCEPT,
}
_ABOUT_NO_MEETING = (Command.HELD, Command.NOT_HELD, Command.DONE, Command.UNDO)
_CHOICES: dict[Command | str, Command] = {
    command: command for command in (Command.KEEP, Command.SHORTEN, Command.SKIP, Command.MOVE)
}
ANSWERS: dict[str, dict[Command | str, Command]] = {
    "request": {**_CONSENT, _YES: Command.ACCEPT, _NO: Command.DECLINE},
    "charter": {Command.AGREE: Command.AGREE, _YES: Command.AGREE},
    "held_question": {
        Command.HELD: Command.HELD,
        Command.NOT_HELD: Command.NOT_HELD,
        _YES: Command.HELD,
        _NO: Command.NOT_HELD,
    },
    "chase": {Command.DONE: Command.DONE, _YES: Command.DONE},
    "follow_up": {Command.NOT_HELD: Command.NOT_HELD, Command.UNDO: Command.UNDO},
    "agenda": {**_CHOICES},
    "preparation": {Command.SKIP: Command.SKIP, Command.MOVE: Command.MOVE},
    "notice": {**_CHOICES},
}
"""What can be said in answer to each kind of mail, and what it means there."""

ANYWHERE: dict[Command | str, Command] = {c: c for c in (Command.STOP, Command.PAUSE, Command.CLOSE)}
"""What can be said in answer to any."""

_STRICT: dict[str, dict[Command, Command | None]] = {
    "request": {Command.AGREE: Command.ACCEPT},
    "held_question": {Command.AGREE: None, Command.ACCEPT: None},
    "chase": {Command.AGREE: None, Command.ACCEPT: None},
}


def answer_in(lines: list[str], place: Place) -> tuple[Command | None, str]:
    """Return the command that the first sentence of a reply is in answer to such a mail, and the words after it.

    None when it is none, when something after it takes it back, or when it could be two.
    """
    first, rest = _first_sentence(lines[0], place) if words_of(lines[0]) else (lines[0], "")
    meanings = meant_by(first, place)
    if not meanings:
        meanings, reason = _explained(first, place)
        rest = f"{reason}. {rest}" if meanings else rest
    if not meanings:
        return _farewell(" ".join(lines[:3]), place)
    if len(meanings) != 1 or taken_back([rest, *lines[1:]], place, meanings):
        return None, ""
    return next(iter(meanings)), rest


def _farewell(text: str, place: Place) -> tuple[Command | None, str]:
    """Return an end that is asked for after a word of explanation; nobody writes such a sentence by the way."""
    sentences = [part for part in _END.split(text[:600]) if part and part.strip()][:3]
    found = {meant for sentence in sentences for meant in meant_by(sentence, place)}
    if len(found) == 1 and found <= {Command.STOP, Command.CLOSE}:
        return found.pop(), text
    return None, ""


def _explained(sentence: str, place: Place) -> tuple[set[Command], str]:
    """Return what a sentence says whose first clause is an answer and whose rest gives a reason for it, and the reason.

    Whoever agrees to something and goes on in the same breath may be setting terms, so that is not among it.
    """
    after = _BUT.search(sentence)
    if after and meant_by(sentence[after.end() :], place) == {Command.DECLINE}:
        return {Command.DECLINE}, ""
    before, until = _until(sentence, place)
    if before:
        return before, until
    found = _CLAUSE.search(sentence)
    if found is None:
        return set(), ""
    reason = sentence[found.end() :]
    meanings = meant_by(sentence[: found.start()], place) - {Command.ACCEPT, Command.AGREE}
    others = {meant for meant in ANSWERS.get(place.kind, {}).values() if meant not in meanings}
    words = words_of(reason)
    told = any(_holds(words, core) for lexicon in lexicons() for c in others for core in lexicon.commands[c].cores)
    return (set(), "") if told or "?" in reason else (meanings, reason)


def _until(sentence: str, place: Place) -> tuple[set[Command], str]:
    """Return a wish to move or to pause, and the time that it names; a pause may last to a month."""
    timed = _TO_TIME.search(sentence)
    if timed:
        before = meant_by(sentence[: timed.start()], place)
        if len(before) == 1 and before <= {Command.MOVE, Command.PAUSE}:
            return before, timed[1]
    clause = _CLAUSE.split(sentence, maxsplit=1)[0]
    month = _TO_MONTH.search(clause)
    without = f"{clause[: month.start()]} {clause[month.end() :]}" if month else ""
    return (meant_by(without, place) & {Command.PAUSE}, sentence[month.start() :].strip()) if month else (set(), "")


def in_its_place(command: Command, line: str, place: Place, later: list[str]) -> Command | None:
    """Return what a line that is a command by itself means in answer to such a mail.

    What agrees to something counts only when nothing after it takes it back.
    """
    known = _STRICT.get(place.kind, {})
    meant = known.get(command, command)
    if meant is None:
        meant = next(iter(meant_by(line, place)), None)
    if meant is None or _says_another(later, place, {meant}):
        return None
    consents = meant in (Command.ACCEPT, Command.AGREE)
    return None if consents and taken_back(later, place, {meant}) else meant


def asked_in(line: str, kind: str) -> Command | None:
    """Return the command that the line asks about, such as "skip?" or "shall we skip this one?"."""
    question, mark, _ = line.partition("?")
    if not mark or len(question) > MAX_SENTENCE:
        return None
    spoken = question.replace("\u00bf", "").strip()
    strict = command_of(spoken)
    if strict is not None:
        return strict
    words = words_of(spoken)
    opened = [words[len(p) :] for lexicon in lexicons() for p in lexicon.asking if words[: len(p)] == p]
    found = {meant for left in (words, *opened) for meant in _of_words(left, Place(kind))}
    return found.pop() if len(found) == 1 else None


def is_courtesy(lines: list[str], place: Place) -> bool:
    """Say whether a reply only thanks or greets."""
    words = tuple(word for line in lines for word in words_of(line))
    named = place.words
    return 0 < len(words) <= MOST_COURTESY and any(
        not _besides(words, lexicon, lexicon.courtesy | lexicon.polite | named) for lexicon in lexicons()
    )


def _first_sentence(line: str, place: Place) -> tuple[str, str]:
    """Return the first sentence that says more than a word of thanks, and what follows it."""
    left = line
    sentence, rest = line, ""
    for _ in range(3):
        found = _END.search(left)
        sentence, rest = (left[: found.start()], left[found.end() :].strip()) if found else (left, "")
        if not rest or meant_by(sentence, place) or not says_nothing(sentence, place):
            break
        left = rest
    clause = _CLAUSE.search(sentence)
    if clause and not meant_by(sentence, place) and says_nothing(sentence[: clause.start()], place):
        sentence = _AND.sub("", sentence[clause.end() :], count=1)
    return sentence, rest


def says_nothing(clause: str, place: Place) -> bool:
    """Say whether a clause only thanks, or only excuses what comes after it."""
    words = words_of(clause)
    if "?" not in clause and any(words[: len(t)] == t for lexicon in lexicons() for t in lexicon.thanks):
        return True
    hedged = any(word in lexicon.hedges for lexicon in lexicons() for word in words)
    excused = not hedged and any(_holds(words, excuse) for lexicon in lexicons() for excuse in lexicon.excuses)
    return is_courtesy([clause], place) or (excused and not _of_words(words, place))


def meant_by(sentence: str, place: Place) -> set[Command]:
    """Return the answers that a sentence can be to such a mail."""
    if len(sentence) > MAX_SENTENCE or "?" in sentence:
        return set()
    words = words_of(sentence)
    if not words and _THUMB.search(sentence):
        return {meant for said, meant in ANSWERS.get(place.kind, {}).items() if said == _YES}
    return set() if _thanks_for(words) else _of_words(words, place)


def _thanks_for(words: Phrase) -> bool:
    """Say whether it is thanks for something; the French "merci de" asks for it instead."""
    opened = (thanks for lexicon in lexicons() for thanks in lexicon.thanks if words[: len(thanks)] == thanks)
    return any(thanks[-1] not in ("de", "d'avoir") for thanks in opened)


def _of_words(words: Phrase, place: Place) -> set[Command]:
    return {
        meant
        for lexicon in lexicons()
        for said, meant in ({**ANSWERS[place.kind], **ANYWHERE} if place.kind in ANSWERS else {}).items()
        if _says(words, said, lexicon, place.words)
    }


def _says(words: Phrase, said: Command | str, lexicon: Lexicon, named: frozenset[str]) -> bool:
    if isinstance(said, Command):
        wording = lexicon.commands[said]
        things = frozenset[str]() if said in _CONSENT or said in _ABOUT_NO_MEETING else lexicon.things
        return _carries(words, wording.cores, lexicon, wording.companions | lexicon.polite | things | named)
    return _carries(words, lexicon.yes if said == _YES else lexicon.no, lexicon, lexicon.polite | named)


def _carries(words: Phrase, cores: tuple[Phrase, ...], lexicon: Lexicon, known: frozenset[str]) -> bool:
    """Say whether a core is in the words and nothing unknown beside it; the longest cores are looked for first."""
    left = words
    for core in sorted(cores, key=len, reverse=True):
        left = _without(left, core)
    return left != words and not _besides(left, lexicon, known)


def _holds(words: Phrase, core: Phrase) -> bool:
    return _without(words, core) != words


def _without(words: Phrase, core: Phrase) -> Phrase:
    """Return the words without the core; of a verb that parts, the second part has to be the last word."""
    if GAP in core:
        first, last = core[0], core[-1]
        parted = words[-1:] == (last,) and first in words[:-1]
        return tuple(word for word in words[:-1] if word != first) if parted else words
    for start in range(len(words) - len(core) + 1):
        if words[start : start + len(core)] == core:
            return (*words[:start], *words[start + len(core) :])
    return words


def _besides(words: Phrase, lexicon: Lexicon, known: frozenset[str]) -> bool:
    """Say whether there is a word that is not known; one unknown word may be a name, beside "thanks" or "with"."""
    strange = [n for n, word in enumerate(words) if word not in known]
    if not strange:
        return False
    before = words[strange[0] - 1] if strange[0] else ""
    return len(strange) > 1 or before not in lexicon.beside


def taken_back(later: list[str], place: Place, meanings: set[Command]) -> bool:
    """Say whether what follows qualifies the answer, asks about it, or says another one."""
    text = " ".join(line for line in later[:MOST_LINES] if line.strip())[:1_000]
    words = words_of(text)
    if any(word in lexicon.hedges for lexicon in lexicons() for word in words[:40]):
        return not meanings <= {
            Command.HELD,
            Command.NOT_HELD,
            Command.DONE,
            Command.DECLINE,
            Command.PAUSE,
            Command.STOP,
        }
    return _says_another(later, place, meanings)


def _says_another(later: list[str], place: Place, meanings: set[Command]) -> bool:
    """Say whether one of the next sentences or clauses is another answer: whoever wrote two meant one of them."""
    sentences = [part for line in later[:MOST_LINES] for part in _END.split(line) if part and part.strip()][:6]
    clauses = [clause for sentence in sentences for clause in (sentence, *_CLAUSE.split(sentence))]
    return any(meant_by(clause, place) - meanings for clause in clauses)
