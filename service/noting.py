"""Keeps the private notes of a mail in its writer's notebook, and takes them back; they go nowhere else."""

from domain.briefing import write_brief
from domain.by import By
from domain.charter import Role
from domain.desk import Desk
from domain.hearing import Deed, DeedKind
from domain.letters import BriefLetter
from domain.mail import ReceivedMail
from domain.notebook import Notebook, NoteMark
from domain.relationship import Relationship
from domain.reply import SaidNote
from service.arrivals import Thread, mark
from service.house import House


def for_us_alone(house: House, mail: ReceivedMail) -> bool:
    """Say whether nobody but the service was written to, as far as the mail tells: a note to others is not private."""
    local, _, domain = house.identity.address.lower().rpartition("@")
    ours = (address.rpartition("@") for address in mail.recipients)
    return all(at.partition("+")[0] == local and of == domain for at, _, of in ours)


def with_notes(
    house: House,
    mail: ReceivedMail,
    thread: Thread,
    notes: tuple[SaidNote, ...],
    by: By,
    notebook: Notebook | None = None,
) -> Notebook:
    """Return the writer's notebook (as far as it is at hand already) with the notes, which are about the other."""
    notebook = notebook or _notebook(house, by)
    about = thread.relationship.person_id(thread.recipient.other)
    notebook.take(about, notes, mark(mail), by)
    return notebook


def marks(house: House, relationship: Relationship, role: Role) -> tuple[NoteMark, ...]:
    """Return the marks of what one of the two noted about the other."""
    notebook = house.streams.notebook(relationship.person_id(role))
    return tuple(note.mark for note in notebook.about(relationship.person_id(role.other))) if notebook else ()


def brief(house: House, desk: Desk) -> BriefLetter:
    """Return what its reader noted about the other, read at this moment from her own notebook and no one else's."""
    notebook = house.streams.notebook(desk.situation.relationship.person_id(desk.reader))
    if notebook is None:
        raise LookupError("no notebook")
    return write_brief(desk, notebook)


def notebook_after(
    house: House, mail: ReceivedMail, thread: Thread, notes: tuple[SaidNote, ...], deeds: tuple[Deed, ...], by: By
) -> Notebook | None:
    """Return the writer's notebook as a mail leaves it, or None where it changes nothing.

    The notes of mails that were taken back go, and those about the other where she wants them deleted; what she notes
    in the same mail stays.
    """
    undone = [deed.ref for deed in deeds if deed.what is DeedKind.UNDONE]
    deleted = any(deed.what is DeedKind.NOTES_DELETED for deed in deeds)
    notebook = house.streams.notebook(by.actor) if undone or deleted else None
    if notebook is not None:
        for name in undone:
            notebook.withdraw(name, by)
        if deleted:
            notebook.withdraw_about(thread.relationship.person_id(thread.recipient.other), by)
    if notes:
        notebook = with_notes(house, mail, thread, notes, by, notebook)
    return notebook if notebook is not None and notebook.pending_events else None


def noted(notes: tuple[SaidNote, ...]) -> tuple[Deed, ...]:
    """Return the deed that says how many notes were kept, and nothing of what they say."""
    return (Deed(DeedKind.NOTED, number=len(notes)),) if notes else ()


def _notebook(house: House, by: By) -> Notebook:
    return house.streams.notebook(by.actor) or Notebook.open(by.actor, by)
