"""Takes a reply apart into a command, headed sections, actions and the rest; the same words always mean the same."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import dropwhile, repeat, takewhile
from typing import Any

from adapters.mail.absences import with_absence
from adapters.mail.closings import addresses, without_closing, without_signature
from adapters.mail.dates import ends_by, split_due, split_inside
from adapters.mail.goal_lines import goal_in
from adapters.mail.headings import (
    asks_behind,
    heading_beside,
    heading_by_words,
    heading_of,
    is_note_heading,
    mentor_in,
    well_spelt,
)
from adapters.mail.hints import hint_in, last_day_in
from adapters.mail.limits import LINE, TEXT
from adapters.mail.named_times import with_times
from adapters.mail.negotiation import asks_for_agenda
from adapters.mail.openings import Opening, opened
from adapters.mail.phrases import command_of, is_greeting
from adapters.mail.places import Place
from adapters.mail.private_notes import set_apart
from adapters.mail.promises import owned_in, owned_parts, promised
from adapters.mail.prose import SORTED, asked_in_prose, sorted_prose
from adapters.mail.renegotiation import renegotiated
from adapters.mail.sentences import says_nothing
from domain.reply import Command, Reply, SaidAction, SaidNote

# A line this long was probably wrapped by the mail program, so the next one continues it.
WRAPPED = 60
MAX_ITEMS = 200
MAX_LEAD = 30
MOST_ABOVE = 30
_BULLET = re.compile(r"\s{0,20}(?:[-*•·\u2013]|\d{1,2}[.)])\s{1,10}(?=\S)")
_TASK = (
    r"actions?(?: items?)?|aufgaben?|aktion(?:en)?|to-?dos?|tasks?|maßnahmen?|tâches?|acci[oó]n(?:es)?|tareas?|"
    r"to do|next steps?|nächste[rn]? schritte?|à faire|pendientes?|prochaines? étapes?|próximos? pasos?"
)
_HOMEWORK = rf"{_TASK}|homework|jobs?|part|tasks?|hausaufgaben?|teil|part|devoirs?|deberes|pendientes?"
_SELF = r"me|myself|mich|ich|mir|moi|je|mí|yo"
_FOR = r"for|für|pour|para|de|von"
_NO_DAY = r"(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|morgen|heute|\w+tag\b|next|the)"
# Whose actions a heading is about; a name alone has to be written as one.
_WHOSE = (
    rf"(?i:{_TASK})\s(?i:{_FOR})\s(?P<a>[^:]{{1,40}}?)",
    rf"(?i:{_TASK})\s?(?:\((?P<b>[^():]{{1,30}})\)|(?P<c>(?i:{_SELF})|[A-ZÄÖÜÉ][\w'-]{{1,30}}))",
    rf"(?i:for|für|pour|para)\s(?P<d>(?i:{_SELF})|{_NO_DAY}[A-ZÄÖÜÉ][\w'-]{{1,30}})",
    rf"(?P<e>(?!(?i:my|meine?|mon|ma|mes|mis?|the|open|next)\s)[A-ZÄÖÜÉ][\w-]{{1,30}}?)(?:['\u2019]s|s['\u2019]?|['\u2019])?\s(?i:{_TASK})",
    rf"(?P<f>(?i:my|meine?|mon|ma|mes|mis?))\s(?i:{_HOMEWORK})",
    rf"(?P<g>[A-ZÄÖÜÉ][\w-]{{1,30}}?)(?:['\u2019]s|s['\u2019])(?:\s(?i:{_HOMEWORK}))?",
)
_ACTION_FOR = tuple(
    re.compile(
        rf"[*_#\s]{{0,8}}{whose}(?:[\s\u202f*_]{{0,8}}:|\s[-\u2013\u2014=>]{{1,2}}\s|,\s)[\s\u202f*_]{{0,8}}(?P<what>.*)"
    )
    for whose in _WHOSE
)
_MARKED = re.compile(r":|\s[-\u2013\u2014=>]{1,2}\s|,\s")
# Where one line goes on with somebody else's.
_GOES_ON = re.compile(
    rf"(?:(?<=[.;!])\s+|,\s+)(?=[A-ZÄÖÜÉ][\w-]{{1,30}}(?:['\u2019]s|s['\u2019])(?:\s(?i:{_HOMEWORK}))?:|(?i:{_TASK})\s(?i:{_FOR})\s[^:.]{{1,30}}:|(?i:{_TASK})\s\(?[\w'-]{{1,30}}\)?:|"
    rf"[\w'\u2019-]{{1,30}}\s(?i:{_TASK}):)"
)
_BY_WHOM = re.compile(r"\s?\((?P<who>[^\W\d_]{1,30})(?:[,:;]\s?(?P<due>[^()]{1,30}))?\)[.\s]*$")
_OWNED = re.compile(r"([^\W\d_][\w'-]{0,30})[ \xa0\u202f]?: ?(?=\S)", re.IGNORECASE)
# What both do is nobody's action.
_OF_BOTH = re.compile(r"(?:we|both|wir|beide|nous|on|tous les deux|nosotros|ambos|los dos)\b", re.IGNORECASE)
_ME = ("me", "myself", "i", "mich", "ich", "mir", "moi", "moi-même", "je", "mí", "mi", "yo")
_YOU = ("you", "yourself", "dich", "du", "dir", "sie", "ihnen", "vous", "toi", "tu", "usted", "ti", "tú")
# The mails whose answers are sorted sentence by sentence, and into which sections; promises are looked for in the same.
_SORTED: dict[str, tuple[str, ...]] = {
    "preparation": SORTED,
    "held_question": ("learned",),
    "follow_up": ("learned",),
    "agenda": (),
}
_ASKING = ("request", "charter", "notice", "chase")
# The mails before a meeting, in answer to which a time that is named is one for the meeting.
_TIMED = ("preparation", "agenda", "notice", "offer", "invitation")
# The mails of a relationship that runs, in answer to which other terms may be proposed.
_RUNNING = (*_TIMED, "held_question", "follow_up", "chase", "charter")
_WORDS = ("done", "learned", "questions", "samples", "observed", "goals", "why", "bring", "reason", "unsorted")


@dataclass(slots=True)
class _Notes:
    """What was said so far, and the section that is being read: its name and, of actions, their owner."""

    items: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in (*_WORDS, "actions", "note")})
    owners: list[str] = field(default_factory=list)
    section: str = "unsorted"
    owner: str = "me"
    bulleted: bool = False
    previous: str = ""
    single: bool = False
    mentor: str = ""
    private: bool = False
    names: frozenset[str] = frozenset()
    reasons: bool = False


def understand(text: str, today: date, kind: str = "", names: Collection[str] = ()) -> Reply:
    """Return what the text says; `today` is the writer's own date, from which dates such as "by Friday" count.

    With the `kind` of our mail that it answers, its first sentence may be an answer in prose; `names` are people whose
    names add nothing to that. Private notes are set apart before anything else is read.
    """
    place, lines = Place(kind, tuple(names)), [line[:LINE] for line in text[:TEXT].split("\n")]
    apart = set_apart(without_closing(lines), _section_of)
    if apart is None:
        return replace(take_apart(text, today, False, place)[0], private=True)
    notes = tuple(SaidNote(words, hint_in(words, today)) for words in apart.notes)
    return replace(take_apart("\n".join(apart.others), today, False, place)[0], notes=notes)


def take_apart(text: str, today: date, private: bool, place: Place | None = None) -> tuple[Reply, tuple[str, ...]]:
    """Return what the text says and, apart from it, the private note.

    "Note:" is ordinary English, so it opens one only as the first line, and only where `private` says that it can.
    """
    every = (line[:LINE] for line in text[:TEXT].split("\n"))
    place = place or Place()
    lines = list(dropwhile(lambda line: not line.strip() or is_greeting(line) or addresses(line, place.words), every))
    lines = _with_colons(without_closing(without_signature(lines, place.words)))
    if lines and command_of(lines[0]) is Command.HELP:
        # Whoever asks what can be written does nothing else by it.
        return Reply(Command.HELP, unsorted=tuple(line.strip() for line in lines[1:MAX_ITEMS] if line.strip())), ()
    proposal, lines = renegotiated(lines, today, place) if place.kind in _RUNNING else (None, lines)
    opening = _opened_by(lines, place)
    notes = _Notes(private=bool(place.kind), names=place.words, reasons=place.kind in ("request", "charter"))
    if private and lines and is_note_heading(lines[0]):
        notes.section, lines[0] = "note", lines[0].partition(":")[2]
    for line in (opening.rest, *lines[opening.lines :]) if opening.command else lines:
        for part in _GOES_ON.split(line):
            _take(notes, part)
    actions = (*_actions(notes, today), *_from_prose(notes, today, place, opening))
    words: dict[str, Any] = {name: tuple(notes.items[name]) for name in _WORDS}
    aims = tuple(aim for line in words["goals"] if (aim := goal_in(line)) is not None)
    said = Reply(opening.command, actions=actions, mentor=notes.mentor, aims=aims, **words)
    said = replace(said, asked=opening.asked, courtesy=opening.courtesy, terms=opening.terms, proposal=proposal)
    if proposal is not None and said.command is Command.AGREE:
        # Who agrees and would like other terms agrees to others.
        said = replace(said, command=None)
    until = last_day_in(opening.rest, today) if said.command is Command.PAUSE and opening.rest else None
    if until is not None:
        said = replace(said, until=until, unsorted=said.unsorted[1:])
    said = _before_meeting(said, lines, opening.lines, today, place) if place.kind in _TIMED else said
    return said, tuple(notes.items["note"])


def _before_meeting(said: Reply, lines: list[str], opened: int, today: date, place: Place) -> Reply:
    """Add what can be said before a meeting alone: other times, that one does not come, whether there is an agenda."""
    if said.command is None and asks_for_agenda("\n".join(lines)):
        said = replace(said, command=Command.ASK_AGENDA)
    above = list(takewhile(lambda line: _opening(line) is None, lines[:MOST_ABOVE]))
    return with_absence(with_times(said, above, opened, today, place), lines, place)


def _with_colons(lines: list[str]) -> list[str]:
    """Put the colon behind a line that leads to points of a list without one: "My goals would be"."""
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    return [f"{line.rstrip()}:" if _leads(*three) else line for line, three in zip(lines, around, strict=True)]


def _leads(above: str, line: str, below: str) -> bool:
    """Say whether a line is a heading in words of somebody's own: a list follows it, and it goes on with no point."""
    begins = not above.strip() or line[:1].isupper()
    bare = ":" not in line and line.rstrip()[-1:].isalpha() and not _BULLET.match(line)
    return begins and bare and _BULLET.match(below) is not None and heading_by_words(line) is not None


def _opened_by(lines: list[str], place: Place) -> Opening:
    if not lines:
        return Opening()
    headed = place.kind and _opening(lines[0])
    opening = Opening(command_of(lines[0]), "", 1) if headed else opened(lines, place)
    return Opening() if opening.command is Command.DONE and _heads_a_list(lines) else opening


def _from_prose(notes: _Notes, today: date, place: Place, opening: Opening) -> list[SaidAction]:
    """Sort what stands under no heading, where our mail asked for it; return what is promised in it."""
    wanted = _SORTED.get(place.kind)
    if place.kind in _ASKING and opening.asked is None and opening.terms is None:
        notes.items |= _with_questions(notes)
    if wanted is None or opening.asked is not None or opening.courtesy:
        return []
    promises, rest = promised(notes.items.pop("unsorted"), today, place.words)
    for name, texts in sorted_prose(rest, wanted).items():
        notes.items[name] = [*notes.items.get(name, []), *texts]
    return promises


def _with_questions(notes: _Notes) -> dict[str, list[str]]:
    """Return questions and the rest where nothing was asked for but an answer."""
    asked = asked_in_prose(notes.items["unsorted"])
    return {"questions": [*notes.items["questions"], *asked["questions"]], "unsorted": asked["unsorted"]}


def _heads_a_list(lines: list[str]) -> bool:
    """Say whether "Done" is a heading here, not an answer.

    It is when points or a sentence follow it at once, or another heading comes later.
    """
    following = lines[1].strip() if len(lines) > 1 else ""
    sentence = len(following.split()) >= 3 and not following.casefold().startswith("than")
    return bool(_BULLET.match(following)) or sentence or any(_opening(line) for line in lines[1:])


def _take(notes: _Notes, line: str) -> None:
    if not line.strip():
        notes.previous = ""
        return
    found = _BULLET.match(line)
    words = line[found.end() :] if found else line
    if notes.private and is_note_heading(words):
        notes.section, notes.bulleted, words = "note", False, words.partition(":")[2].strip()
    asked = mentor_in(words) if not notes.mentor else None
    if asked:
        notes.mentor, notes.section = asked, "unsorted"
    elif not _opened(notes, words):
        _add_line(notes, words.strip(), found is not None)
    notes.previous = line


def _opened(notes: _Notes, words: str) -> bool:
    """Begin a new section when the line is a heading; what stands behind the colon is its first point."""
    opening = _opening(words)
    if opening is None or (opening[0] == "reason" and not notes.reasons):
        return False
    notes.section, notes.owner, rest = opening
    notes.bulleted = False
    notes.single = notes.section == "actions" and bool(rest)
    shared = owned_parts(rest, notes.names) if notes.section == "actions" and notes.owner == "me" else []
    for owner, what in shared:
        notes.owners.append(owner)
        notes.items["actions"].append(what)
    if rest and not shared:
        _add_item(notes, rest)
    return True


def _section_of(line: str) -> str:
    """Return the section that a line opens, "" when it opens none."""
    opened_here = _opening(line)
    return opened_here[0] if opened_here is not None else ""


@lru_cache(maxsize=256)
def _opening(line: str) -> tuple[str, str, str] | None:
    """Return section, owner and the words behind the heading, or None when the line opens nothing."""
    action = _whose(line) or (_whose(_after_colon(line)) if not is_note_heading(line) else None)
    if action:
        return "actions", *action
    name, colon, rest = line.partition(":")
    section = heading_of(name) or (heading_beside(name) if colon else None)
    if section is None and colon and not rest.strip() and not is_note_heading(line):
        section = heading_by_words(name)
    if section is None and asks_behind(name, rest):
        section = "questions"
    if section is None or (not colon and line.strip().endswith(("?", "."))):
        return None
    return section, "me", rest.strip(" \t\xa0\u202f*_")


def _whose(line: str) -> tuple[str, str] | None:
    """Return whose action a line names, and which, or None: "Action for me: ...", "Mara's action: ..."."""
    if not _MARKED.search(line):
        return None
    line = well_spelt(line)
    found = next((match for pattern in _ACTION_FOR if (match := pattern.fullmatch(line))), None)
    if found is None:
        return None
    said = found.groupdict()
    owner = next((said[name] for name in "abcdeg" if said.get(name)), "me")
    return _owner(owner), said["what"].strip()


def _after_colon(line: str) -> str:
    """Return what stands behind a short lead: "One is missing: Action for me: ..."."""
    lead, _, rest = line.partition(":")
    return rest.strip() if len(lead) <= MAX_LEAD else ""


def _owner(words: str) -> str:
    named = words.strip().casefold()
    return "me" if named in _ME else "you" if named in _YOU else words.strip()


def _add_line(notes: _Notes, words: str, bullet: bool) -> None:
    owned = notes.section == "actions" and ends_by(words) and owned_in(words, notes.names) is not None
    if not bullet and len(notes.previous) >= WRAPPED and notes.items[notes.section] and not owned:
        last = notes.items[notes.section][-1]
        notes.items[notes.section][-1] = f"{last} {words}"[:LINE]
        return
    told = notes.section == "samples" and not bullet and not notes.previous and "://" not in words
    ended = told or notes.single or (notes.bulleted and not bullet and not notes.previous)
    # Thanks in a paragraph of their own belong to no section.
    ended = ended or (not bullet and not notes.previous and says_nothing(words.partition(",")[0], Place()))
    # Only another heading ends a private note: what was meant for nobody must not become public by an empty line.
    if ended and notes.section != "note":
        notes.section, notes.single, notes.bulleted = "unsorted", False, False
    notes.bulleted = notes.bulleted or bullet
    _add_item(notes, words)


def _add_item(notes: _Notes, words: str) -> None:
    if len(notes.items[notes.section]) >= MAX_ITEMS:
        return
    owner = notes.owner
    section = notes.section
    if section == "actions" and _OF_BOTH.match(words):
        section = "unsorted"
    if section == "actions":
        open_ = owner == "me" and not notes.single
        named = _OWNED.match(words) if open_ else None
        said = owned_in(words, notes.names) if open_ and not named else None
        if named:
            owner, words = _owner(named[1]), words[named.end() :]
        elif said:
            owner, words = said
        notes.owners.append(owner)
    notes.items[section].append(words)


def _actions(notes: _Notes, today: date) -> tuple[SaidAction, ...]:
    said = zip(notes.owners, notes.items["actions"], strict=True)
    return tuple(SaidAction(owner, *_dated(words, today)) for owner, words in map(_signed, said, repeat(notes.names)))


def _signed(said: tuple[str, str], names: frozenset[str]) -> tuple[str, str]:
    """Return owner and words of a point that names its owner at its end: "the outline (Mara, by Friday)"."""
    owner, words = said
    found = _BY_WHOM.search(words)
    # A name that ends in "s" has no other in the genitive: "Jonas' task".
    owner = f"{owner}s" if f"{owner}s".casefold() in names else owner
    named = _owner(found["who"]) if found else owner
    if found is None or (named not in ("me", "you") and named.casefold() not in names):
        return owner, words
    return named, f"{words[: found.start()]} {found['due'] or ''}".strip()


def _dated(words: str, today: date) -> tuple[str, date | None]:
    text, due = split_due(words, today)
    return (text, due) if due is not None else split_inside(words, today)
