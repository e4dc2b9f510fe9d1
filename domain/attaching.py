"""Which files of a mail become work samples, and what its writer is told of the others."""

import hashlib
from dataclasses import dataclass

from domain.answer import NO_AGENDA, Answer
from domain.charter import Role
from domain.edits import SETTLING
from domain.hearing import Deed, DeedKind
from domain.mail import AttachedFile, MailKind
from domain.meeting import MeetingState
from domain.occasions import meeting_ref
from domain.personal import Personal
from domain.relationship import Relationship
from domain.samples import Sample, Unfit, brought_for, sift, waiting_for


@dataclass(frozen=True, slots=True)
class Brought:
    """The files of one mail: `samples` are those that may become some, with their `contents` in the same order.

    `unfit` are the names of the others, each with the reason.
    """

    samples: tuple[Sample, ...] = ()
    contents: tuple[bytes, ...] = ()
    unfit: tuple[tuple[str, Unfit], ...] = ()


def bring(relationship: Relationship, given: Answer, files: tuple[AttachedFile, ...]) -> Brought:
    """Return what becomes of the files of a mail; where one may be private, none goes anywhere."""
    barred = _barred(relationship, given)
    if barred is not None:
        return Brought(unfit=tuple((file.name, barred) for file in files))
    sifted = sift(files, waiting_for(relationship, _cycle(relationship, given)))
    samples = tuple(_sample(given, number, file) for number, file in enumerate(sifted.fit, 1))
    return Brought(samples, tuple(file.content for file in sifted.fit), sifted.unfit)


def left_out(relationship: Relationship, given: Answer, brought: Brought) -> tuple[Deed, ...]:
    """Return the deeds that tell which files are not passed on, one for each reason, once the answer was recorded."""
    unfit = list(brought.unfit)
    if brought.samples:
        known = {one.sample.digest for one in brought_for(relationship, _cycle(relationship, given))}
        unfit += [(one.name.reveal(), Unfit.PLACE) for one in brought.samples if one.digest not in known]
    reasons = dict.fromkeys(why for _, why in unfit)
    return tuple(_deed(given, why, [name for name, other in unfit if other is why]) for why in reasons)


def _deed(given: Answer, why: Unfit, names: list[str]) -> Deed:
    texts = tuple(Personal(given.by.actor, name) for name in names)
    return Deed(DeedKind.FILES, why.value, len(names), texts=texts)


def _barred(relationship: Relationship, given: Answer) -> Unfit | None:
    """Return why nothing that came with the mail is passed on, or None."""
    reply = given.reply
    if reply.notes or reply.private:
        return Unfit.NOTE
    asked = given.kind is MailKind.PREPARATION and given.role is Role.MENTEE and relationship.running
    if not asked or reply.command in NO_AGENDA:
        return Unfit.PLACE
    meeting = relationship.meetings.of_cycle(_cycle(relationship, given))[-1]
    in_time = given.by.at + SETTLING < meeting.time.start
    return None if in_time and (meeting.live or meeting.state is MeetingState.CANCELLED) else Unfit.PLACE


def _cycle(relationship: Relationship, given: Answer) -> int:
    return relationship.meeting(meeting_ref(given.occasion)).cycle


def _sample(given: Answer, number: int, file: AttachedFile) -> Sample:
    owner, digest = given.by.actor, hashlib.sha256(file.content).hexdigest()
    name = Personal(owner, file.name)
    return Sample(f"{given.mail}.{number}", name, file.kind, file.size, Personal(owner, digest))
