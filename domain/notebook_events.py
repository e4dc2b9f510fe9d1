"""What happens in a person's private notebook; the words are sealed with a key that nothing else of hers uses."""

from datetime import date

from domain.aggregate import Stream
from domain.by import By
from domain.personal import Personal


class Opened(Stream.Created):
    """The notebook of a person began."""

    TOPIC = "notebook.opened"
    person: str
    by: By


class NoteTaken(Stream.Event):
    """Its owner noted something about another person; `mail` names the mail that it stood in, `hint` the day it names.

    A hint is a date alone and stands in the clear, so that something can follow from it without the words.
    """

    TOPIC = "notebook.note-taken"
    number: int
    about: str
    text: Personal
    hint: date | None
    mail: str


class NoteWithdrawn(Stream.Event):
    """Its owner took a note back; it returns no more."""

    TOPIC = "notebook.note-withdrawn"
    number: int
