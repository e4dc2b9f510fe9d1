"""Whose an action is that somebody names in a mail."""

from collections.abc import Iterable, Mapping

from domain.charter import Role
from domain.reply import SaidAction

_MINE = ("", "me", "i", "myself")


def owner_of(action: SaidAction, writer: Role, names: Mapping[Role, str]) -> Role | None:
    """An action is the writer's unless it says "you" or names the other; one for a third person is nobody's here."""
    word = action.owner.strip().lower()
    if word == "you":
        return writer.other
    named = next((role for role in Role if word.split()[:1] == [names[role].lower()]), None)
    return named or (writer if word in _MINE else None)


def ownerless(actions: Iterable[SaidAction], writer: Role, names: Mapping[Role, str]) -> tuple[str, ...]:
    """Return the actions of which it is not known whose they are, in their writer's words."""
    return tuple(f"{one.owner}: {one.text}" for one in actions if owner_of(one, writer, names) is None)
