"""What the two say to each other through the programme: agenda items, learnings and actions."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.charter import Role
from domain.personal import Personal

PARTS = ("done", "learned", "questions", "samples", "observed", "unsorted")


@dataclass(frozen=True, slots=True)
class AgendaItems:
    """What the mentee wants to bring to one meeting, by the parts of a good agenda."""

    done: tuple[Personal, ...] = ()
    learned: tuple[Personal, ...] = ()
    questions: tuple[Personal, ...] = ()
    samples: tuple[Personal, ...] = ()
    observed: tuple[Personal, ...] = ()
    unsorted: tuple[Personal, ...] = ()

    def joined(self, more: "AgendaItems") -> "AgendaItems":
        """Return both, this one's items first; an item said before is not repeated."""
        return AgendaItems(*(tuple(dict.fromkeys((*getattr(self, part), *getattr(more, part)))) for part in PARTS))

    def without(self, known: "AgendaItems") -> "AgendaItems":
        """Return those of these that are not among the known ones, each once."""
        kept = (dict.fromkeys(item for item in getattr(self, p) if item not in getattr(known, p)) for p in PARTS)
        return AgendaItems(*(tuple(items) for items in kept))

    @property
    def all(self) -> tuple[Personal, ...]:
        """Return every item, part by part."""
        return tuple(item for part in PARTS for item in getattr(self, part))

    @property
    def empty(self) -> bool:
        """Say whether nothing was sent at all."""
        return self == AgendaItems()


@dataclass(frozen=True, slots=True)
class Action:
    """Something that one of the two owes.

    `number` counts inside the relationship, `cycle` is the meeting it came from. `unreachable_at` is when its owner was
    gone for good.
    """

    number: int
    owner: Role
    text: Personal
    due: date | None
    cycle: int
    owed_at: datetime
    done_at: datetime | None = None
    unreachable_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Say whether it is still owed."""
        return self.done_at is None and self.unreachable_at is None

    def closed(self, at: datetime) -> "Action":
        """Return it as done."""
        return replace(self, done_at=at)

    def lost(self, at: datetime) -> "Action":
        """Return it as one that will not come any more."""
        return replace(self, unreachable_at=at)


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail that is known to have left; `occasion` and `recipient` are those of its effect."""

    kind: str
    occasion: str
    recipient: str
    message_id: str
    conversation: str
    at: datetime

    @property
    def name(self) -> tuple[str, str, str]:
        """Kind, occasion and recipient: what distinguishes it inside its relationship."""
        return (self.kind, self.occasion, self.recipient)
