"""A person's private notes about others: only she herself reads them again, in a brief before the two meet."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain import notebook_events as events
from domain.aggregate import Stream
from domain.by import By
from domain.personal import Personal
from domain.reply import SaidNote


@dataclass(frozen=True, slots=True)
class NoteMark:
    """That there is a note, the day that it names, if any, and when it was taken (UTC); never its words."""

    number: int
    hint: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """One note about a person (`about` is her id), taken at `at` (UTC) from the mail that `mail` names."""

    number: int
    about: str
    text: Personal
    hint: date | None
    mail: str
    at: datetime
    withdrawn: bool = False

    @property
    def mark(self) -> NoteMark:
        """What may be known of it outside the notebook."""
        return NoteMark(self.number, self.hint, self.at)


def notebook_id(person_id: str) -> UUID:
    """Return the id of a person's notebook: it follows from hers, which is random and says nothing about anyone."""
    return uuid5(UUID(person_id), "notebook")


def notebook_owner(person_id: str) -> str:
    """Return under which name the notebook's own key is kept, apart from the person's."""
    return f"{person_id}/notebook"


class Notebook(Stream):
    """The notebook of one person.

    Her own key does not open it, and its key opens nothing else: each can be destroyed without the other.
    """

    TOPIC = "notebook"

    class Created(Stream.Created):
        """Never recorded: the library asks for a topic of the event that it would make by itself."""

        TOPIC = "notebook.created"

    Opened = events.Opened
    NoteTaken = events.NoteTaken
    NoteWithdrawn = events.NoteWithdrawn

    @event(Opened)
    def __init__(self, person: str, by: By) -> None:
        self.person = person
        self.notes: tuple[Note, ...] = ()

    @classmethod
    def open(cls, person_id: str, by: By) -> "Notebook":
        """Return the empty notebook of a person."""
        return cls._create(cls.Opened, id=notebook_id(person_id), person=person_id, by=by)

    @property
    def owner(self) -> str:
        """Under whose key its words are sealed."""
        return notebook_owner(self.person)

    def take(self, about: str, drafts: tuple[SaidNote, ...], mail: str, by: By) -> None:
        """Note what one mail says about a person; the same mail again changes nothing."""
        if any(note.mail == mail for note in self.notes):
            return
        for draft in drafts:
            text = Personal(self.owner, draft.text)
            self._taken(number=len(self.notes) + 1, about=about, text=text, hint=draft.hint, mail=mail, by=by)

    def withdraw(self, mail: str, by: By) -> None:
        """Take back what one mail brought in; again, or of a mail without notes, it changes nothing."""
        for note in self.notes:
            if note.mail == mail and not note.withdrawn:
                self._withdrawn(number=note.number, by=by)

    def withdraw_about(self, person_id: str, by: By) -> None:
        """Take back all that was noted about one person; again it changes nothing."""
        for note in self.about(person_id):
            self._withdrawn(number=note.number, by=by)

    def about(self, person_id: str) -> tuple[Note, ...]:
        """Return the notes about one person that stand and can be read, in their order."""
        return tuple(n for n in self.notes if n.about == person_id and not n.withdrawn and n.text.text is not None)

    @event(NoteTaken)
    def _taken(self, number: int, about: str, text: Personal, hint: date | None, mail: str, by: By) -> None:
        self.notes = (*self.notes, Note(number, about, text, hint, mail, by.at))

    @event(NoteWithdrawn)
    def _withdrawn(self, number: int, by: By) -> None:
        _ = by
        self.notes = tuple(replace(n, withdrawn=True) if n.number == number else n for n in self.notes)
