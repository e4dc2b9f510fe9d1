"""Writes the brief: its reader's own private notes, and apart from this and her notebook no value holds their words."""

from domain.desk import Desk
from domain.letters import BriefLetter, NoteLine
from domain.notebook import Notebook
from domain.rules_notes import returning


def write_brief(desk: Desk, notebook: Notebook) -> BriefLetter:
    """Return the brief; the notebook must be the reader's own."""
    situation, reader = desk.situation, desk.reader
    if notebook.person != situation.relationship.person_id(reader):
        raise ValueError("the notebook is not the reader's own")
    notes = {note.number: note for note in notebook.about(situation.relationship.person_id(reader.other))}
    wanted = [notes[mark.number] for mark in returning(situation, desk.meeting, reader) if mark.number in notes]
    lines = [NoteLine(note.number, note.text.reveal(), note.hint) for note in wanted]
    return BriefLetter(
        desk.name(reader),
        desk.name(reader.other),
        desk.time(desk.meeting.time),
        tuple(line for line in lines if line.hint is not None),
        tuple(line for line in lines if line.hint is None),
        situation.person(reader).language,
    )
