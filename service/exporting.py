"""Everything that is one person's own, for her to take along: her words, meetings, actions, and which mails there were.

What others wrote is theirs: of an action that the other put into words only the fact is told, and no name but her own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from domain.charter import Role
from domain.erasure import belongings
from domain.person import Person
from domain.relationship import Relationship
from service.event_words import effect_words, event_words
from service.house import House
from service.queries import PersonView, view_of
from service.queries_relationship import MeetingView, meeting_view
from service.unreadable import relationships_of, unread


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text of hers at `at` (UTC): in which event, and in which of its fields."""

    at: datetime
    event: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnAct:
    """Something that she did, without the words that stand among her words."""

    at: datetime
    channel: str
    what: str


@dataclass(frozen=True, slots=True)
class OwnAction:
    """Something that she owes or owed; `text` is None when the other put it into words."""

    number: int
    text: str | None
    due: date | None
    owed_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailMark:
    """A mail of ours to her, by its id; what it said lies in her own mailbox."""

    at: datetime
    what: str
    message_id: str


@dataclass(frozen=True, slots=True)
class OwnSide:
    """Her side of one relationship."""

    id: str
    role: str
    status: str
    since: datetime
    charter_version: int
    words: tuple[OwnWords, ...]
    acts: tuple[OwnAct, ...]
    meetings: tuple[MeetingView, ...]
    actions: tuple[OwnAction, ...]
    mails: tuple[MailMark, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """All that is hers, as it stands at `at` (UTC).

    Private notes are counted and not shown, for whoever runs the command is not their author, who gets them by mail.
    `unread` are those of her relationships that are damaged and so are missing here.
    """

    at: datetime
    person: PersonView
    private_notes: int
    words: tuple[OwnWords, ...]
    relationships: tuple[OwnSide, ...]
    unread: tuple[str, ...]


def export_of(house: House, person: Person) -> Export:
    """Return everything that is the person's own."""
    id = str(person.id)
    sides = (_side(house, one, id) for one in relationships_of(house, id))
    notebook = house.streams.notebook(id)
    notes = len(notebook.notes) if notebook is not None else 0
    return Export(
        house.now(), view_of(house, person), notes, tuple(_words(house, id, id)), tuple(sides), unread(house, id)
    )


def _side(house: House, relationship: Relationship, person: str) -> OwnSide:
    id = str(relationship.id)
    role = Role.MENTOR if relationship.mentor_id == person else Role.MENTEE
    return OwnSide(
        id,
        role.value,
        relationship.status.value,
        relationship.settled_at,
        relationship.charter.version,
        tuple(_words(house, id, person)),
        tuple(_acts(house, id, person)),
        tuple(meeting_view(relationship, meeting) for meeting in relationship.meetings.items),
        tuple(_actions(relationship, role, person)),
        tuple(_mails(relationship, role)),
    )


def _words(house: House, stream: str, person: str) -> Iterator[OwnWords]:
    for recorded in house.streams.events(stream):
        event = cast(Any, recorded)
        for one in belongings(event, person):
            yield OwnWords(event.by.at, event.TOPIC, one.place, one.text.reveal())


def _acts(house: House, stream: str, person: str) -> Iterator[OwnAct]:
    for recorded in house.streams.events(stream):
        event = cast(Any, recorded)
        if event.by.actor == person:
            yield OwnAct(event.by.at, event.by.channel, event_words(event))


def _actions(relationship: Relationship, role: Role, person: str) -> Iterator[OwnAction]:
    for action in relationship.actions:
        if action.owner is role:
            text = action.text.reveal() if action.text.owner == person else None
            yield OwnAction(action.number, text, action.due, action.owed_at, action.done_at)


def _mails(relationship: Relationship, role: Role) -> Iterator[MailMark]:
    for mail in relationship.mails.values():
        if mail.recipient == role.value:
            yield MailMark(mail.at, effect_words(*mail.name), mail.message_id)
