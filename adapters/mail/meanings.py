"""What a clause means as an answer: it holds what carries a command, and nothing that could change it.

Every other word has to be known to add nothing. Words of the grammar and for days add nothing to what is done to a
meeting, "would" adds nothing to a wish but much to a report, and a "not" makes the opposite.
"""

import re
from collections.abc import Iterable
from functools import cache

from adapters.mail.answers import ANSWERS, CONSENT, NO, OPPOSITES, YES, sayable
from adapters.mail.circumstances import covered, without_circumstances
from adapters.mail.lexicon import SUITS, Lexicon, Phrase, Wording, lexicons, spoken, told
from adapters.mail.phrases import words_of
from adapters.mail.places import Place
from domain.reply import Command

MAX_SENTENCE = 160
MOST_TOPIC = 4
NEAR = 3
# A sign that agrees is an answer where it is all that is said.
_THUMB = re.compile("[\U0001f44d\U0001f44c\u2705\u2714]")
REPORTED = (Command.HELD, Command.NOT_HELD, Command.DONE)
_OF_MEETINGS = (Command.SKIP, Command.KEEP, Command.MOVE, Command.SHORTEN, SUITS)
_SHORTER = ("10", "20", "25", "30")
# What is taken back is the answer, but what is cancelled may be a meeting.
_UNDONE = ("follow_up", "echo")
_DENYING = (Command.DECLINE, Command.NOT_HELD, Command.STOP)
_DATELESS = (*CONSENT, Command.SHORTEN, Command.CLOSE)


def meant_by(sentence: str, place: Place) -> set[Command]:
    """Return what a sentence without a question says as an answer, if it says nothing else."""
    if len(sentence) > MAX_SENTENCE or "?" in sentence:
        return set()
    if not words_of(sentence):
        thumb = _THUMB.search(sentence) is not None
        return {meant for said, meant in ANSWERS.get(place.kind, {}).items() if said == YES and thumb}
    readings = told(sentence)
    if any(_thanks_for(words, lexicon) for lexicon, words in readings):
        return set()
    found = {meant for lexicon, words in readings for meant in in_words(words, lexicon, place)}
    # A "not" turns its own clause, and no other.
    found |= set() if "," in sentence else denied_by(readings, place, found)
    # A "no" that says why not: "No, that day doesn't suit me, keep the old one".
    if place.kind == "notice" and found & {Command.MOVE, Command.SKIP}:
        found -= {Command.DECLINE}
    if Command.DECLINE in found:
        return found - {Command.KEEP}
    # "The new time suits me": it is new, and none other is asked for.
    better = any(word in lexicon.instead | lexicon.other for lexicon, words in readings for word in words)
    return found - {Command.MOVE} if Command.ACCEPT in found and not better else found


def in_words(words: Phrase, lexicon: Lexicon, place: Place) -> set[Command]:
    """Return what the words mean in one language."""
    words = unframed(words, lexicon, place)
    words = _in_quarters(_without_names(_without_mornings(words, lexicon), lexicon), lexicon)
    found = {meant for said, meant in sayable(place.kind).items() if _says(words, said, lexicon, place)}
    if any(holds(words, phrase) for phrase in (*lexicon.wondering, *lexicon.reporting)):
        return set()
    if any(holds(words, phrase) for phrase in lexicon.again):
        found -= {Command.KEEP}
    if any(holds(words, phrase) for phrase in lexicon.almost):
        found -= set(REPORTED)
    # What is to pause or to end is the mentoring; one meeting is only left out.
    if any(word in lexicon.mentoring for word in words) and not any(word in lexicon.meetings for word in words):
        found -= {Command.SKIP}
    # What is done to the other meeting leaves ours as it is.
    if any(holds(words, phrase) for phrase in lexicon.the_other):
        found -= {Command.MOVE, Command.SKIP, Command.SHORTEN, Command.KEEP}
    if place.kind not in _UNDONE and any(word in lexicon.cancelling for word in words):
        found -= {Command.UNDO}
    return found - set(CONSENT) if _only_would(words, lexicon) else found


def unframed(words: Phrase, lexicon: Lexicon, place: Place) -> Phrase:
    """Leave out what only leads to an answer: "tell Jonas that", "after some thought", "my answer is"."""
    left = words
    while left:
        frame = next((frame for frame in lexicon.frames if left[: len(frame)] == frame), ())
        # Only behind a frame names and "that" belong to it.
        if not frame and (left is words or left[0] not in place.words | lexicon.that):
            break
        left = left[len(frame) or 1 :]
    return left


def _only_would(words: Phrase, lexicon: Lexicon) -> bool:
    return any(word in lexicon.conditional for word in words) and not any(word in lexicon.joy for word in words)


def denied_by(readings: Iterable[tuple[Lexicon, Phrase]], place: Place, found: set[Command]) -> set[Command]:
    """Return what the words mean by denying the opposite, where they say nothing else."""
    denied = OPPOSITES.get(place.kind, {}) if not found else {}
    return {
        meant
        for said, meant in denied.items()
        for lexicon, words in readings
        if _denies(_without_names(words, lexicon), said, lexicon, place)
    }


def speaks_of_next(clause: str, place: Place) -> bool:
    """Say whether a clause only puts somebody off until the next meeting: "see you in two weeks"."""
    return any(
        not strange_in(_without(words, phrase), lexicon, _beside_next(lexicon) | place.words)
        for lexicon, words in told(clause)
        for phrase in lexicon.again
        if holds(words, phrase)
    )


def speaks_of_coming(clause: str, place: Place) -> bool:
    """Say whether a clause only says that something is still to come: "it is next week"."""
    return any(
        any(word in lexicon.coming or word in lexicon.tomorrow for word in words)
        and not strange_in(words, lexicon, _beside_next(lexicon) | lexicon.coming | lexicon.fitting | place.words)
        for lexicon, words in ((lexicon, _without_mornings(words, lexicon)) for lexicon, words in told(clause))
    )


def _beside_next(lexicon: Lexicon) -> frozenset[str]:
    keeping = lexicon.commands[Command.KEEP].companions
    return lexicon.small | lexicon.modal | lexicon.times | lexicon.courtesy | keeping | lexicon.seeing


def is_unfinished(text: str) -> bool:
    """Say whether something in the text is still to be done."""
    return any(word in lexicon.unfinished for lexicon, words in spoken(told(text)) for word in words)


def holds(words: Phrase, core: Phrase) -> bool:
    """Say whether the words contain the core."""
    return _without(words, core) != words


def cannot(readings: Iterable[tuple[Lexicon, Phrase]]) -> bool:
    """Say whether somebody says no more than that she cannot, at some time: "ich kann morgen leider nicht"."""
    return any(
        any(word in lexicon.denying for word in words)
        and any(word in lexicon.modal or word in lexicon.cannot for word in words)
        and not strange_in(
            words,
            lexicon,
            lexicon.small
            | lexicon.modal
            | lexicon.times
            | lexicon.coming
            | lexicon.denying
            | lexicon.polite
            | lexicon.cannot,
        )
        for lexicon, words in readings
    )


def broke_off(text: str) -> bool:
    """Say whether something was broken off, or somebody asks whether it counts."""
    asks = "?" in text
    return any(
        word in lexicon.broken or (asks and word in lexicon.counting)
        for lexicon, words in told(text.replace("?", " "))
        for word in words
    )


def defers(text: str) -> bool:
    """Say whether somebody puts off what she will say: "I'll answer on Monday"."""
    return any(
        any(word in lexicon.deferring for word in words) or any(holds(words, more) for more in lexicon.asking_more)
        for lexicon, words in spoken(told(text))
    )


def reports(text: str) -> bool:
    """Say whether it tells what somebody else said or thinks: "Mara told me that"."""
    return any(holds(words, phrase) for lexicon, words in told(text) for phrase in lexicon.reporting)


def names_command(readings: Iterable[tuple[Lexicon, Phrase]], commands: Iterable[Command | str]) -> bool:
    """Say whether what carries one of the commands is anywhere in the words, whatever else they are."""
    wanted = tuple(commands)
    return any(
        holds(words, core)
        for lexicon, words in readings
        for command in wanted
        for core in lexicon.commands[command].possible(words)
    )


def strange_in(words: Phrase, lexicon: Lexicon, known: frozenset[str]) -> bool:
    """Say whether there is a word that is not known; one unknown word may be a name, beside "thanks" or "with"."""
    strange = [n for n, word in enumerate(words) if word not in known]
    if not strange:
        return False
    before = words[strange[0] - 1] if strange[0] else ""
    return len(strange) > 1 or before not in lexicon.beside


def _thanks_for(words: Phrase, lexicon: Lexicon) -> bool:
    opened = (thanks for thanks in lexicon.thanks if words[: len(thanks)] == thanks)
    return any(thanks[-1] not in lexicon.asking_thanks for thanks in opened)


def _says(words: Phrase, said: Command | str, lexicon: Lexicon, place: Place) -> bool:
    if said in (YES, NO):
        cores = lexicon.yes if said == YES else lexicon.no
        return _carries(words, cores, lexicon, lexicon.polite | place.words)
    wording = lexicon.commands[said]
    if wording.needs and not any(word in wording.needs for word in words):
        return False
    known = _known(said, lexicon.language) | place.words
    if _carries(words, wording.possible(words), lexicon, known):
        return True
    shorter = _without_adjuncts(words, said, lexicon, wording, known)
    if shorter != words and _carries(shorter, wording.possible(shorter), lexicon, known):
        return True
    told_of = said in REPORTED or (said is Command.DECLINE and not _limits(words, lexicon))
    barer = without_circumstances(shorter, lexicon, wording, known) if told_of else shorter
    return barer != shorter and _carries(barer, wording.possible(barer), lexicon, known)


def _limits(words: Phrase, lexicon: Lexicon) -> bool:
    """Say whether something is only denied up to a limit, which is no refusal: "not more than", "not before June"."""
    limits = lexicon.conditions | lexicon.limiting | lexicon.hedges
    return any(word in limits or word[:1].isdigit() for word in words)


@cache
def _known(said: Command | str, language: str) -> frozenset[str]:
    """Return the words that add nothing to a command."""
    lexicon = next(lexicon for lexicon in lexicons() if lexicon.language == language)
    wording = lexicon.commands[said]
    companions = wording.companions | wording.needs
    known = (companions if said in _DENYING else companions - lexicon.denying) | lexicon.polite | lexicon.small
    if said not in _DATELESS:
        known |= lexicon.times - lexicon.coming if said in REPORTED else lexicon.times
    if said in _OF_MEETINGS:
        known |= lexicon.things
    if said in REPORTED:
        return known - lexicon.coming
    return known if said in CONSENT else known | lexicon.modal


def _carries(words: Phrase, cores: Iterable[Phrase], lexicon: Lexicon, known: frozenset[str]) -> bool:
    """Say whether cores are in the words and nothing unknown beside them."""
    taken = {n for core in cores for n in covered(words, core, lexicon.free)}
    left = tuple(word for n, word in enumerate(words) if n not in taken)
    return bool(taken) and not strange_in(left, lexicon, known)


def _denies(words: Phrase, said: Command | str, lexicon: Lexicon, place: Place) -> bool:
    """Say whether the words are the opposite of a command: a "not" stands close to what carries it."""
    wording = lexicon.commands[said]
    denials = [n for n, word in enumerate(words) if word in lexicon.denying]
    left = tuple(word for word in words if word not in lexicon.denying)
    known = _known(said, lexicon.language) | place.words | lexicon.modal | lexicon.coming
    if not denials or not _carries(left, wording.possible(left), lexicon, known):
        return False
    at = [n for core in wording.possible(words) for n in _places(words, core)]
    near = len(words) if lexicon.free else NEAR
    return any(abs(n - denial) <= near for n in at for denial in denials)


def _places(words: Phrase, core: Phrase) -> Iterable[int]:
    """Give where the first and the last word of a core stand, if all of it is there."""
    if core[0] in words and core[-1] in words:
        yield from (words.index(core[0]), words.index(core[-1]))


def _without(words: Phrase, core: Phrase) -> Phrase:
    """Return the words without the core."""
    if core[0] not in words:
        return words
    taken = set(covered(words, core, False))
    return tuple(word for n, word in enumerate(words) if n not in taken)


def _without_names(words: Phrase, lexicon: Lexicon) -> Phrase:
    """Leave out a title with the name behind it: "Frau Lindqvist"."""
    # "Miss" is a title before a name, and none in "miss this one".
    plain = lexicon.small | lexicon.times | lexicon.things
    followed = zip(words, [*words[1:], ""], strict=False)
    titled = {n for n, (word, after) in enumerate(followed) if word in lexicon.titles and after not in plain}
    return tuple(word for n, word in enumerate(words) if n not in titled and n - 1 not in titled)


def _in_quarters(words: Phrase, lexicon: Lexicon) -> Phrase:
    """Let any short length stand as fifteen minutes: what is said is that it be shorter."""
    return tuple(
        "15" if word in _SHORTER and words[n + 1 : n + 2] and words[n + 1] in lexicon.minutes else word
        for n, word in enumerate(words)
    )


def _without_mornings(words: Phrase, lexicon: Lexicon) -> Phrase:
    """Leave out "this morning" where its word for the morning is that for tomorrow as well."""
    pairs = {n for n in range(len(words) - 1) if words[n : n + 2] in lexicon.this_morning}
    return tuple(word for n, word in enumerate(words) if n not in pairs and n - 1 not in pairs)


def _without_adjuncts(
    words: Phrase, said: Command | str, lexicon: Lexicon, wording: Wording, known: frozenset[str]
) -> Phrase:
    """Leave out what may be said of anything: why, what the talk was about, which thing it is that is done."""
    if said in CONSENT:
        return words
    cut = min((n for cause in lexicon.causes for n in _starts(words, cause) if n), default=len(words))
    if said is Command.HELD:
        cut = min([cut, *(n for n, word in enumerate(words) if n and word in lexicon.about)])
    # In German the verb comes last.
    verb = words[-1:] if lexicon.free and cut < len(words) - 1 else ()
    tail = words[cut:]
    if any(word in lexicon.hedges or word in lexicon.denying for word in tail):
        return words
    left = (*words[:cut], *verb)
    opens = {core[0] for core in wording.cores}
    return _without_thing(left, lexicon, known | opens) if said is Command.DONE else left


def _starts(words: Phrase, phrase: Phrase) -> Iterable[int]:
    return (n for n in range(len(words) - len(phrase) + 1) if words[n : n + len(phrase)] == phrase)


def _joined(words: Phrase, at: int, lexicon: Lexicon, known: frozenset[str]) -> bool:
    """Say whether a small word joins two unknown ones: "lista de libros"."""
    return words[at] in lexicon.joining and at + 1 < len(words) and words[at + 1] not in known


def _without_thing(words: Phrase, lexicon: Lexicon, known: frozenset[str]) -> Phrase:
    """Leave out the words for the thing that is done: an article and the unknown words behind it, none for a part."""
    for start in (n for n, word in enumerate(words) if word in lexicon.articles):
        end = start + 1
        while (
            end < len(words)
            and end - start <= MOST_TOPIC
            and (words[end] not in known or _joined(words, end, lexicon, known))
        ):
            end += 1
        thing = words[start + 1 : end]
        unsafe = lexicon.parts | lexicon.hedges | lexicon.denying | lexicon.modal
        if thing and not any(word in unsafe for word in thing):
            return (*words[:start], *words[end:])
    return words
