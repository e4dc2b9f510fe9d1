"""What a reply asks for that changes nothing between the two: help, how far the agenda is, or that its own notes go."""

from domain.hearing import Deed, DeedKind
from domain.relationship_state import RelationshipState
from domain.reply import Command, Reply


def asked_beside(relationship: RelationshipState, reply: Reply) -> tuple[Deed, ...]:
    """Return what was asked for, which the answer tells.

    Of the coming meeting's agenda it says how far it is, no more. Private notes are deleted in their writer's notebook.
    """
    if reply.command is Command.DELETE_NOTES:
        return (Deed(DeedKind.NOTES_DELETED),)
    if reply.command is Command.HELP:
        return (Deed(DeedKind.HELPED),)
    meeting = relationship.meetings.current
    if reply.command is not Command.ASK_AGENDA or meeting is None:
        return ()
    return (Deed(DeedKind.AGENDA_ASKED, meeting.ref),)
