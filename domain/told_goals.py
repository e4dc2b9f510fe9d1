"""Goals as they come with a request: with their kind in a list or on a command line, or taken along from another."""

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.errors import BadInput
from domain.goals import GoalBook, GoalKind, GoalReaders
from domain.reply import SaidGoal

_KIND = re.compile(r"(?P<name>[A-Za-z][\w -]*?)\s*:(?:\s+|$)(?P<words>.*)", re.DOTALL)
_NO_KIND = re.compile(r"[a-z][a-z_-]*")
KINDS = {kind.value.replace("_", "-"): kind for kind in GoalKind}
"""The kinds of goals by the names under which an administrator writes them."""


def told_goal(text: str) -> SaidGoal:
    """Return a goal that is written as "next-level: lead the plant", or in own words alone.

    A single word in lower case before a colon is a kind: BadInput names those that there are. What else stands before
    a colon are own words, and "own: " keeps any words as they are.
    """
    found = _KIND.fullmatch(text.strip())
    name = found["name"] if found else ""
    kind = KINDS.get("-".join(name.lower().replace("_", " ").split()))
    if found is None or (kind is None and _NO_KIND.fullmatch(name) is None):
        return SaidGoal(text=text.strip(), kind=GoalKind.OWN)
    if kind is None:
        raise BadInput(f"'{name}' is no kind of goal.", f"Give one of these before the colon: {', '.join(KINDS)}.")
    if not found["words"].strip():
        raise BadInput(f"The goal says '{name}' and nothing else.", "Write it such as 'next-level: lead the plant'.")
    return SaidGoal(text=found["words"].strip(), kind=kind)


def in_numbers(said: Iterable[SaidGoal]) -> tuple[tuple[str, ...], tuple[SaidGoal, ...]]:
    """Return the words of the goals, and by their numbers what is said of them besides."""
    all_of = tuple(said)
    more = (replace(one, number=number, text="") for number, one in enumerate(all_of, 1))
    return tuple(one.text for one in all_of), tuple(one for one in more if one.kind or one.test or one.readers)


def taken_along(book: GoalBook) -> tuple[SaidGoal, ...]:
    """Return the open goals that a mentor reads, as they are said to the next one; readers begin anew."""
    kept = (goal for goal in book.items if goal.open and goal.readers is not GoalReaders.MENTEE)
    return tuple(SaidGoal(0, goal.text.reveal(), goal.kind, (goal.test and goal.test.text) or "") for goal in kept)
