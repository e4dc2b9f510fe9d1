"""Work samples: files that a mentee attaches to her answer before a meeting, for its agenda to take along once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.mail import AttachedFile
from domain.meeting import MeetingState
from domain.personal import Personal

if TYPE_CHECKING:
    from domain.relationship_state import RelationshipState

MOST = 3
MOST_BYTES = 1_500_000
"""How many files, and of how many bytes in all, one agenda takes along.

Base64 makes 2.05 MB of them, and from 2.24 MB on Outlook was seen to take no draft (microsoft-graph-docs issue 13979).
"""


class Unfit(StrEnum):
    """Why a file is not passed on."""

    KIND = "kind"
    SIZE = "size"
    MANY = "many"
    PLACE = "place"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file as it stands in events, without its bytes.

    `ref` is where those are kept, `kind` a media type of ours, `digest` the SHA-256 of the bytes in hexadecimal digits:
    whoever has the same file would know it again by that, so it is as personal as the name.
    """

    ref: str
    name: Personal
    kind: str
    size: int
    digest: Personal


@dataclass(frozen=True, slots=True)
class BroughtSample:
    """A sample for the agenda of a cycle, from the mail that `mail` names; `sent` says that an agenda took it along."""

    sample: Sample
    cycle: int
    mail: str
    at: datetime
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """The files of one mail: those that an agenda can take along, and the names of the others with the reason."""

    fit: tuple[AttachedFile, ...]
    unfit: tuple[tuple[str, Unfit], ...]


def sift(files: Iterable[AttachedFile], waiting: Iterable[BroughtSample]) -> Sifted:
    """Take files in their order while there is room beside the samples that wait for the same agenda."""
    before = [one.sample.size for one in waiting]
    count, room = len(before), MOST_BYTES - sum(before)
    fit: list[AttachedFile] = []
    unfit: list[tuple[str, Unfit]] = []
    for file in files:
        why = _unfit(file, count, room)
        if why is not None:
            unfit.append((file.name, why))
            continue
        fit.append(file)
        count, room = count + 1, room - file.size
    return Sifted(tuple(fit), tuple(unfit))


def _unfit(file: AttachedFile, count: int, room: int) -> Unfit | None:
    if not file.kind:
        return Unfit.KIND
    if file.size > MOST_BYTES:
        return Unfit.SIZE
    if count >= MOST:
        return Unfit.MANY
    return Unfit.SIZE if file.size > room else None


def brought_for(relationship: "RelationshipState", cycle: int) -> tuple[BroughtSample, ...]:
    """Return all samples for the agenda of that cycle, in the order in which they came."""
    return tuple(one for one in relationship.samples if one.cycle == cycle)


def waiting_for(relationship: "RelationshipState", cycle: int) -> tuple[BroughtSample, ...]:
    """Return the samples that the next agenda of that cycle takes along."""
    return tuple(one for one in brought_for(relationship, cycle) if not one.sent)


def is_prepared(relationship: "RelationshipState", cycle: int) -> bool:
    """Say whether the mentee has brought anything for the agenda of that cycle, in words or as a file."""
    items = relationship.agendas.get(cycle)
    return (items is not None and not items.empty) or bool(brought_for(relationship, cycle))


def needed(relationship: "RelationshipState", now: datetime) -> frozenset[str]:
    """Return where those bytes are kept that an agenda may still take along."""
    if not relationship.running:
        return frozenset()
    waiting = ((one.sample.ref, kept_until(relationship, one.cycle)) for one in relationship.samples if not one.sent)
    return frozenset(ref for ref, until in waiting if until is None or now < until)


def kept_until(relationship: "RelationshipState", cycle: int) -> datetime | None:
    """Return when no agenda of that cycle comes any more; None while one that was cancelled may be booked anew."""
    meetings = relationship.meetings
    last = meetings.of_cycle(cycle)[-1]
    later = any(meeting.cycle > cycle for meeting in meetings.items)
    return None if last.state is MeetingState.CANCELLED and not later else last.time.end
