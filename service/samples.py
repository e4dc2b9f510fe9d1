"""Keeps the files that wait for an agenda, hands them to it, and destroys what nobody needs any more."""

import hashlib
from dataclasses import replace
from datetime import datetime

import structlog

from domain.attaching import Brought
from domain.by import By
from domain.desk import Desk
from domain.effects import EffectKind
from domain.ledger import KeptFile
from domain.letters import AgendaLetter, Letter
from domain.mail import AttachedFile, ReceivedMail
from domain.relationship import Relationship
from domain.samples import Sample, needed, waiting_for
from service.house import House

log = structlog.get_logger()


def files_of(house: House, raw: bytes, mail: ReceivedMail) -> tuple[AttachedFile, ...]:
    """Return the files of a mail, or raise TooDemanding; one without any is not looked into."""
    return house.reader.files(raw) if mail.files else ()


def kept(relationship: Relationship, brought: Brought, by: By) -> tuple[KeptFile, ...]:
    """Return what is to be kept of those files that became samples."""
    id, attached = str(relationship.id), {one.sample.ref for one in relationship.samples}
    pairs = zip(brought.samples, brought.contents, strict=True)
    return tuple(KeptFile(one.ref, id, by.actor, content) for one, content in pairs if one.ref in attached)


def enclosed(house: House, desk: Desk, letter: Letter) -> tuple[Letter, tuple[AttachedFile, ...]]:
    """Return a letter with the files that it takes along; one that cannot be brought is not named in it."""
    if not desk.effect.samples or not isinstance(letter, AgendaLetter):
        return letter, ()
    brought = (one.sample for one in desk.situation.relationship.samples if one.sample.ref in desk.effect.samples)
    files = tuple(file for sample in brought if (file := _file(house, sample)) is not None)
    return replace(letter, attached=tuple(file.name for file in files)), files


def waiting(relationship: Relationship, name: tuple[str, str, str], about: str) -> tuple[str, ...]:
    """Return which samples a mail of that name takes along, if it is an agenda."""
    if name[0] != EffectKind.AGENDA:
        return ()
    cycle = relationship.meeting(about).cycle
    return tuple(one.sample.ref for one in waiting_for(relationship, cycle))


def _file(house: House, sample: Sample) -> AttachedFile | None:
    content = house.samples.sample(sample.ref)
    if content is None or hashlib.sha256(content).hexdigest() != sample.digest.reveal():
        log.warning("sample.missing", kind=sample.kind)
        return None
    return AttachedFile(sample.name.reveal(), sample.kind, sample.size, content)


def prune(house: House, relationship: Relationship, now: datetime) -> None:
    """Destroy the bytes that no agenda of the relationship takes along any more."""
    house.samples.prune_samples(str(relationship.id), needed(relationship, now))
