"""What may be said around something that is told: where it was, when, and how long it took."""

from collections.abc import Iterable

from adapters.mail.almanac import counts
from adapters.mail.inflection import GAP
from adapters.mail.lexicon import Lexicon, Phrase, Wording, in_any_language

MOST_PLACE = 5
# A talk of fewer minutes may be none that counts.
SHORTEST = 15
MOST_APART = 3
MOST_BETWEEN = 5


def without_circumstances(words: Phrase, lexicon: Lexicon, wording: Wording, known: frozenset[str]) -> Phrase:
    """Leave out where, when and how long it was: "in the canteen near the river", "for almost two hours".

    Only of what is told, never of what is asked for, and nothing that doubts, denies, halves or is still to come.
    """
    carried = {n for core in wording.possible(words) for n in covered(words, core, lexicon.free)}
    unsafe = lexicon.parts | lexicon.denying | lexicon.modal | lexicon.unfinished | lexicon.coming | lexicon.conditional
    unsafe |= (lexicon.hedges - lexicon.about_so_much) | lexicon.cancelling
    left: list[str] = []
    number = 0
    while number < len(words):
        long = _duration(words, number, lexicon)
        end = long or (_circumstance(words, number, lexicon, carried, known) if number not in carried else number)
        if end > number and (long or not any(word in unsafe for word in words[number:end])):
            number = end
        else:
            left.append(words[number])
            number += 1
    return tuple(left)


def covered(words: Phrase, core: Phrase, free: bool) -> Iterable[int]:
    """Give the places of a core; of a verb that parts, the second part has to be the last word."""
    if GAP in core:
        parted = words[-1:] == (core[-1],) and core[0] in words[:-1]
        return (words.index(core[0]), len(words) - 1) if parted else ()
    ordered = sorted(core) if free and len(core) > 2 else None
    for start in range(len(words) - len(core) + 1):
        part = words[start : start + len(core)]
        if part == core or (ordered and sorted(part) == ordered):
            return range(start, start + len(core))
    return _apart(words, core) if free and 1 < len(core) <= MOST_APART else ()


def _apart(words: Phrase, core: Phrase) -> Iterable[int]:
    """Give the places of a core whose words stand in order with others between: "hat alles gut geklappt"."""
    places: list[int] = []
    for word in core:
        at = next((n for n in range(places[-1] + 1 if places else 0, len(words)) if words[n] == word), None)
        if at is None or (places and _parts(words[places[-1] + 1 : at])):
            return ()
        places.append(at)
    return tuple(places)


def _parts(between: Phrase) -> bool:
    """Say whether words are too many to stand within a core, or one of them turns it."""
    return len(between) >= MOST_BETWEEN or any(word in in_any_language("denying") for word in between)


def _duration(words: Phrase, start: int, lexicon: Lexicon) -> int:
    """Return where "for almost two hours" ends that begins at a word; 0 when none does, or one too short to count."""
    end = start
    while end < len(words) and words[end] in lexicon.about_so_much:
        end += 1
    counted = end + 1 < len(words) and (words[end].isdigit() or words[end] in counts(lexicon.language))
    if not counted or words[end + 1] not in lexicon.lengths or _short(words[end], words[end + 1], lexicon):
        return 0
    return end + 2


def _circumstance(words: Phrase, start: int, lexicon: Lexicon, carried: set[int], known: frozenset[str]) -> int:
    """Return where a circumstance ends that begins at a word; the same place when none does."""
    if words[start] not in lexicon.places:
        return start
    end = start + 1
    while end < len(words) and end - start <= MOST_PLACE and end not in carried and words[end] not in lexicon.places:
        end += 1
    gerund = any(word.endswith("ing") and word not in known for word in words[start:end])
    return start if gerund and lexicon.language == "en" else end


def _short(number: str, length: str, lexicon: Lexicon) -> bool:
    """Say whether so many minutes are too few to be a meeting."""
    count = int(number) if number.isdigit() and len(number) < 4 else counts(lexicon.language).get(number, 0)
    return length in lexicon.minutes and count < SHORTEST
