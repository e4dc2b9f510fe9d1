"""What the opening of a reply says as an answer to a mail of a known kind.

Prose is looked at only in answer to a question of ours, and only for what that question can be answered with: without
its question "done." is a word like any other. One sentence has to be the answer as a whole; what stands before it may
thank, excuse or explain, and nothing around it may ask, doubt, set terms or say another answer.
"""

from adapters.mail.answers import ANSWERS, CHOICES, CONSENT, PLAIN, STRICT, sayable
from adapters.mail.clauses import Sentence, clauses_of, head_of, sentences_of
from adapters.mail.lexicon import Lexicon, in_any_language, spoken, told
from adapters.mail.meanings import (
    MAX_SENTENCE,
    REPORTED,
    broke_off,
    cannot,
    defers,
    holds,
    in_words,
    is_unfinished,
    meant_by,
    names_command,
    reports,
    speaks_of_coming,
    speaks_of_next,
    strange_in,
    unframed,
)
from adapters.mail.phrases import command_of
from adapters.mail.places import Place
from adapters.mail.vocabulary import parted
from adapters.mail.wishes import asks_for, proposed, requested, timed
from domain.reply import Command

MOST_COURTESY = 25
MOST_BARE = 4
MOST_DOUBTED = 40
MOST_LINES = 20
_NEVER_TERMS = (Command.HELD, Command.NOT_HELD, Command.DONE, Command.DECLINE, Command.PAUSE, Command.STOP)


def answer_in(lines: list[str], place: Place) -> tuple[Command | None, str, int]:
    """Return the command that a reply opens with, the words around it, and how many lines both took.

    None when it is none, when something around it takes it back, or when it could be two.
    """
    head = sentences_of(head_of(lines))
    for number, sentence in enumerate(head):
        before = [one for one in head[:number] if not says_nothing(one.text, place)]
        found, reason = _judged(sentence, place, _pressing(head, sentence, place))
        if found:
            after = [one for one in head[number + 1 :] if one.line == sentence.line]
            later = [*(one.whole for one in after), *lines[sentence.line + 1 :]]
            if len(found) > 1 or not _fits(found, sentence, before, place) or taken_back(later, place, found):
                return None, "", 0
            rest = [f"{reason}." if reason else "", *(one.whole for one in (*before, *after))]
            return found.pop(), " ".join(part for part in rest if part), sentence.line + 1
        if not _passes(sentence, place):
            break
    return _until_next_time(head, place)


def _until_next_time(head: list[Sentence], place: Place) -> tuple[Command | None, str, int]:
    """Return that a meeting is to be left out when one cannot come and speaks of the next: "ill, see you next time"."""
    clauses = [clause for sentence in head for clause in clauses_of(sentence.text)]
    if Command.SKIP not in sayable(place.kind) or any(sentence.asks for sentence in head):
        return None, "", 0
    excused = [clause for clause in clauses if _excused(clause)]
    again = [clause for clause in clauses if clause not in excused and speaks_of_next(clause, place)]
    others = [c for c in clauses if c not in excused and c not in again and not is_courtesy([c], place)]
    if not excused or not again or any(_hedged(clause) or not _excuses(clause) for clause in others):
        return None, "", 0
    return Command.SKIP, "", head[-1].line + 1


def in_its_place(command: Command, line: str, place: Place, later: list[str]) -> Command | None:
    """Return what a line that is a command by itself means in answer to such a mail.

    What agrees to something counts only when nothing after it takes it back.
    """
    meant = STRICT.get(place.kind, {}).get(command, command)
    if meant is None or (meant is Command.AGREE and place.kind == "notice"):
        meant = next(iter(meant_by(line, place)), meant)
    if meant is None or _says_another(later, place, {meant}):
        return None
    return None if meant in CONSENT and taken_back(later, place, {meant}) else meant


def asked_in(line: str, kind: str) -> Command | None:
    """Return the command that the line asks about, such as "skip?" or "shall we skip this one?"."""
    question, mark, _ = line.partition("?")
    if not mark or len(question) > MAX_SENTENCE:
        return None
    spoken = question.replace("\u00bf", "").strip()
    strict = command_of(spoken)
    if strict is not None:
        return strict
    found = set[Command]()
    for lexicon, words in told(spoken):
        opened = (words[len(p) :] for p in (*lexicon.asking, *lexicon.requests) if words[: len(p)] == p)
        found |= {meant for left in (words, *opened) for meant in in_words(left, lexicon, Place(kind))}
    return found.pop() if len(found) == 1 else None


def is_courtesy(lines: list[str], place: Place) -> bool:
    """Say whether a reply only thanks or greets."""
    readings = told(" ".join(lines))
    named = place.words
    return any(
        0 < len(words) <= MOST_COURTESY and not strange_in(words, lexicon, lexicon.courtesy | lexicon.polite | named)
        for lexicon, words in readings
    )


def says_nothing(clause: str, place: Place) -> bool:
    """Say whether a clause only thanks, or only excuses what comes after it."""
    readings = told(clause)
    opened = any(words[: len(t)] == t for lexicon, words in readings for t in (*lexicon.thanks, *lexicon.musing))
    framed = any(words and not unframed(words, lexicon, place) for lexicon, words in readings)
    if "?" not in clause and (opened or framed):
        return True
    return is_courtesy([clause], place) or (_excused(clause) and not meant_by(clause, place))


def _excused(clause: str) -> bool:
    """Say whether somebody tells in it why something is not possible."""
    readings = told(clause)
    known = any(holds(words, excuse) for lexicon, words in readings for excuse in lexicon.excuses)
    return not _hedged(clause) and (known or cannot(readings))


def taken_back(later: list[str], place: Place, meanings: set[Command]) -> bool:
    """Say whether what follows qualifies the answer, asks about it, or says another one."""
    text = " ".join(line for line in later[:MOST_LINES] if line.strip())[:1_000]
    chosen = not meanings & set(CONSENT)
    if any(
        word in lexicon.hedges
        and not (chosen and word in lexicon.contrast)
        and (n == 0 or word not in lexicon.at_first - lexicon.limiting)
        for lexicon, words in spoken(told(_without_wishes(later, place, meanings) if not chosen else text))
        for n, word in enumerate(words[:MOST_DOUBTED])
    ):
        return not meanings <= set(_NEVER_TERMS)
    if meanings & set(CONSENT) and defers(text):
        return True
    if (Command.DONE in meanings and is_unfinished(text)) or (Command.HELD in meanings and broke_off(text)):
        return True
    return _says_another(later, place, meanings)


def _without_wishes(later: list[str], place: Place, meanings: set[Command]) -> str:
    """Return what follows a yes to a request without the wishes how it be: they are passed on, and no condition."""
    kept = [one.text for one in sentences_of(later[:MOST_LINES]) if not _wishes(one, place, meanings)]
    return " ".join(kept)[:1_000]


def _wishes(sentence: Sentence, place: Place, meanings: set[Command]) -> bool:
    if sentence.asks or place.kind != "request" or meanings != {Command.ACCEPT}:
        return False
    return any(
        any(words[: len(wish)] == wish for wish in lexicon.wishes)
        and not any(word in _conditions(lexicon) for word in words)
        for lexicon, words in spoken(told(sentence.text))
    )


def _conditions(lexicon: Lexicon) -> frozenset[str]:
    """Return what makes a wish a condition: "please only in May" is one, "please only if she comes" the other."""
    doubts = lexicon.hedges - lexicon.contrast - lexicon.instead - lexicon.limiting - lexicon.at_last
    return doubts | lexicon.conditions | {opening[0] for opening in lexicon.if_first if len(opening) == 1}


def _judged(sentence: Sentence, place: Place, pressing: bool) -> tuple[set[Command], str]:
    """Return what a sentence says, and the part of it that explains."""
    text = sentence.text
    if sentence.asks or (asks_for(text) and not meant_by(text, place)):
        return requested(text, place, pressing), ""
    found = meant_by(text, place) or timed(text, place) or proposed(text, place)
    # How long a pause is to last stands in its sentence.
    return (found, text if Command.PAUSE in found else "") if found else _by_clauses(text, place)


def _by_clauses(text: str, place: Place) -> tuple[set[Command], str]:
    """Return what one clause says when the others say nothing against it."""
    clauses = clauses_of(text)
    meanings = [_of_clause(clause, place) for clause in clauses]
    found = {meant for meanings_ in meanings for meant in meanings_}
    # A "no" that says what instead is that; one that says why not is a "no".
    if place.kind == "notice" and found & {Command.MOVE, Command.SKIP}:
        found -= {Command.DECLINE}
    if Command.DECLINE in found:
        found -= {Command.KEEP}
    others = [clause for clause, meant in zip(clauses, meanings, strict=True) if not meant]
    if len(found) != 1 or not others:
        return found if len(found) == 1 else set(), ""
    if found <= set(CONSENT) and any(_sets_terms(clause, place) or not _asserts(clause, place) for clause in others):
        return set(), ""
    if found == {Command.AGREE} and not all(_approves(clause, place) for clause in others):
        return set(), ""
    harmless = all(_explains(clause, place, found) for clause in _weighty(clauses, meanings, found))
    reason = [clause for clause in others if not says_nothing(clause, place)]
    told = text if Command.PAUSE in found else ", ".join(reason)
    return (found, told) if harmless else (set(), "")


def _approves(clause: str, place: Place) -> bool:
    """Say whether a clause beside an agreement adds nothing, or praises what is agreed to."""
    return says_nothing(clause, place) or names_command(told(clause), CONSENT)


def _calm(text: str, place: Place) -> bool:
    """Say whether each clause of a sentence praises, or asserts something that can be no term."""
    clauses = clauses_of(text)
    return all(_approves(c, place) or (_asserts(c, place) and not _sets_terms(c, place)) for c in clauses)


def _of_clause(clause: str, place: Place) -> set[Command]:
    first, _, rest = clause.partition(" ")
    if first.casefold() in in_any_language("subordinate"):
        return set()
    found = meant_by(clause, place) or timed(clause, place)
    if found or first.casefold() not in in_any_language("leads") | in_any_language("contrary"):
        return found
    found = meant_by(rest, place) or timed(rest, place)
    return found - set(CONSENT) if first.casefold() in in_any_language("contrary") else found


def _weighty(clauses: list[str], meanings: list[set[Command]], found: set[Command]) -> list[str]:
    """Return the clauses beside the answer that could change it.

    A condition belongs to the clause before it: "pause it, I'll write when I am back" is to be paused in any case.
    """
    certain = found <= set(_NEVER_TERMS)
    return [
        clause
        for n, clause in enumerate(clauses)
        if not meanings[n] and not (certain and n > 1 and not meanings[n - 1] and _hedged(clause))
    ]


def _explains(clause: str, place: Place, found: set[Command]) -> bool:
    """Say whether a clause without a meaning of its own leaves that of the other as it is."""
    if found <= set(REPORTED) and speaks_of_coming(clause, place):
        return False
    if says_nothing(clause, place) or (Command.SKIP in found and speaks_of_next(clause, place)):
        return True
    told_so = reports(clause) and bool(found & {*CONSENT, *REPORTED})
    if told_so or _contradicts(clause) or (Command.HELD in found and _goes_on(clause)):
        return False
    if (Command.DONE in found and is_unfinished(clause)) or (Command.HELD in found and broke_off(clause)):
        return False
    if (
        _hedged(clause, not found & {*CONSENT, *REPORTED})
        or _conditional(clause)
        or "?" in clause
        or (_fragment(clause) and not found & {Command.DECLINE, Command.NOT_HELD})
    ):
        return False
    others = {said for said, meant in ANSWERS.get(place.kind, {}).items() if said in CHOICES and meant not in found}
    return _excuses(clause) or not names_command(told(clause), others)


def _contradicts(clause: str) -> bool:
    """Say whether a clause is nothing but a "not": "I do not", "ich nicht", "moi non"."""
    return any(
        1 < len(words) <= MOST_BARE
        and any(word in lexicon.denying for word in words)
        and all(word in lexicon.denying | lexicon.small for word in words)
        for lexicon, words in told(clause)
    )


def _goes_on(clause: str) -> bool:
    """Say whether a clause tells what came then, which may be that it was broken off."""
    return any(word in lexicon.sequel for lexicon, words in told(clause) for word in words[:2])


def _conditional(clause: str) -> bool:
    """Say whether a clause opens as a condition does: "should nothing come", "si no llega nada"."""
    return any(words[: len(opening)] == opening for lexicon, words in told(clause) for opening in lexicon.if_first)


def _fragment(clause: str) -> bool:
    """Say whether a clause only takes something out: "not this week"."""
    return any(
        words[0] in lexicon.bare_no or (words[0] == "no" and words[1:2] and words[1] in lexicon.small)
        for lexicon, words in told(clause)
        if words
    )


def _excuses(clause: str) -> bool:
    """Say whether somebody tells in it what is not possible."""
    return any(word in lexicon.denying for lexicon, words in told(clause) for word in words)


def _asserts(clause: str, place: Place) -> bool:
    """Say whether a clause is one with a subject of its own, or says nothing; "in theory" is neither."""
    before = in_any_language("leads") | in_any_language("because")
    words = [word for word in clause.casefold().split() if word not in before]
    subjects = in_any_language("subjects") | place.words
    return says_nothing(clause, place) or (bool(words) and parted(words[:1])[0] in subjects)


def _sets_terms(clause: str, place: Place) -> bool:
    """Say whether a clause beside a yes could be what it depends on: a time, a number, a wish, a "not"."""
    if says_nothing(clause, place):
        return False
    return any(
        word[:1].isdigit()
        or word
        in lexicon.times | lexicon.denying | lexicon.hedges | lexicon.modal | lexicon.polite | lexicon.conditions
        for lexicon, words in spoken(told(clause))
        for word in words
        if not (word in lexicon.small and word not in lexicon.denying)
    )


def _fits(found: set[Command], sentence: Sentence, before: list[Sentence], place: Place) -> bool:
    """Say whether the answer may stand behind what comes before it: only one that names what it means may."""
    if not before:
        return True
    named = names_command(told(sentence.text), found) or sentence.asks or bool(timed(sentence.text, place))
    terms = found <= set(CONSENT) and any(_excuses(o.text) or _counts(o.text) or _hedged(o.text) for o in before)
    # A bare yes comes first; a word that agrees may come behind what only tells how one read it.
    first = not found & PLAIN or (found == {Command.AGREE} and all(_calm(one.text, place) for one in before))
    return named and first and not terms


def _passes(sentence: Sentence, place: Place) -> bool:
    """Say whether an answer may still come behind the sentence."""
    if says_nothing(sentence.text, place):
        return not sentence.asks
    return not sentence.asks and not _hedged(sentence.text, True) and not _conditional(sentence.text)


def _counts(text: str) -> bool:
    return any(word[:1].isdigit() or word in lexicon.conditions for lexicon, words in told(text) for word in words)


def _hedged(clause: str, contrasting: bool = False) -> bool:
    """Say whether a word of doubt is in the clause; "wait" is one only at its beginning, "though" before its end.

    Where something may be `contrasting`, "but" doubts nothing.
    """
    return any(
        word in lexicon.hedges - lexicon.instead - (lexicon.contrast if contrasting else frozenset())
        and (word not in lexicon.at_first or n == 0)
        and (word not in lexicon.at_last or n + 1 < len(words))
        for lexicon, words in spoken(told(clause))
        for n, word in enumerate(words)
    )


def _pressing(head: list[Sentence], sentence: Sentence, place: Place) -> bool:
    """Say whether something else in the reply gives a reason for what is asked for."""
    return any(one is not sentence and not one.asks and not is_courtesy([one.text], place) for one in head)


def _says_another(later: list[str], place: Place, meanings: set[Command]) -> bool:
    """Say whether one of the next sentences or clauses is another answer: whoever wrote two meant one of them."""
    sentences = [one.text for one in sentences_of(later[:MOST_LINES]) if not one.asks]
    clauses = [clause for sentence in sentences for clause in (sentence, *clauses_of(sentence))]
    return any(meant_by(clause, place) - meanings for clause in clauses)
