"""Which replies ask that no mail at all comes any more, or that it comes again, whatever they answer, or nothing."""

from enum import StrEnum

from domain.person import Person
from domain.relationship import Relationship
from domain.reply import Command, Reply


class Silence(StrEnum):
    """What a reply wants for its writer and all of her relationships."""

    BEGINS = "begins"
    ENDS = "ends"


def silence_in(reply: Reply, writer: Person, relationship: Relationship | None = None) -> Silence | None:
    """Return what the reply wants, None where it speaks of something else; `relationship` is what it is about, if any.

    A pause of two who meet is for that relationship alone, and so is going on after it; one that is about none, or
    comes before a charter holds, is for all. An undo takes the writer's own silence back.
    """
    match reply.command:
        case Command.STOP:
            return Silence.BEGINS
        case Command.PAUSE:
            about_two = relationship is not None and (relationship.running or reply.until is not None)
            return None if about_two else Silence.BEGINS
        case Command.RESUME:
            rest = relationship.rest if relationship is not None else None
            theirs = rest is not None and not (rest.open and rest.role is None)
            return None if theirs and not writer.paused else Silence.ENDS
        case Command.UNDO if writer.paused:
            return Silence.ENDS
        case _:
            return None
