"""Receives one mail.

Finds the conversation it answers, checks who wrote it, and lets it act or sets it aside.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import structlog

from domain.answering import Answer, answer
from domain.by import MAIL, SERVICE, By
from domain.charter import Role
from domain.hours import zone_named
from domain.ledger import LedgerWrite, Reference, Work
from domain.mail import UNSTAMPED, MailClass, MailKind, ReceivedMail
from domain.relationship import Relationship
from domain.reply import Command
from service.house import SERVICE_OWNER, House
from service.situations import situation_of

log = structlog.get_logger()
PARKED = "parked"
QUIET = (MailClass.CALENDAR,)
TRUSTED = "trusted"
NOT_BY_MAIL = (Command.UNDO, Command.MOVE, Command.PAUSE, Command.CLOSE)
"""What is understood, so that it is not taken for part of an agenda, but not yet done by mail."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The mail of ours that is being answered; `key` is that of the effect that sent it."""

    key: str
    relationship: Relationship
    kind: MailKind
    occasion: str
    recipient: Role


def receive(house: House, message_id: str) -> None:
    """Take one message of the service's inbox; receiving it again changes nothing."""
    raw = house.mailbox.raw(house.identity.address, message_id)
    if raw is None:
        return
    mail = house.reader.read(raw)
    if mail.mail_class in QUIET:
        return
    thread = _thread(house, mail)
    if thread is None:
        park(house, message_id, "no-thread")
        return
    if house.ledger.reference(_mark(mail)) is not None:
        return
    reason = _objection(house, raw, mail, thread) or _act(house, mail, thread)
    if reason is not None:
        _hold(house, mail, thread.relationship, reason)


def _mark(mail: ReceivedMail) -> str:
    """Return the name under which it is remembered that this mail has acted.

    Providers name a mail again whenever it changes (is read, is filed), and after a forgotten cursor; by then its words
    may mean something else.
    """
    return f"answer:{hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]}"


def _thread(house: House, mail: ReceivedMail) -> Thread | None:
    for message_id in mail.references:
        found = house.ledger.reference(f"mail:{message_id}")
        if found is not None:
            subject, key = found
            _, kind, occasion, recipient = key.split("/")
            return Thread(key, house.streams.relationship(subject), MailKind(kind), occasion, Role(recipient))
    return None


def _objection(house: House, raw: bytes, mail: ReceivedMail, thread: Thread) -> str | None:
    """Say why the mail may not act, or None.

    Only the person whom our mail went to, from a registered address that the provider vouches for, acts in its thread.
    A provider on this machine, such as a sandbox, need not vouch: nobody outside can write to it.
    """
    if mail.mail_class is not MailClass.HUMAN:
        return f"it is {mail.mail_class.value} mail"
    person = house.streams.person(thread.relationship.person_id(thread.recipient))
    addresses = {a.reveal() for a in person.addresses}
    if mail.sender is None or mail.sender not in addresses:
        return "it was not sent from the registered address of the person whom our mail went to"
    trust, reasons = house.reader.trust(raw, house.identity.provider, addresses)
    if trust != TRUSTED and not (house.loopback and reasons == (UNSTAMPED,)):
        return reasons[0]
    if not mail.sure:
        return "its new words could not be told from the quoted ones"
    return None


def _act(house: House, mail: ReceivedMail, thread: Thread) -> str | None:
    now, relationship = house.now(), thread.relationship
    person_id = relationship.person_id(thread.recipient)
    situation = situation_of(house, relationship)
    today = now.astimezone(zone_named(situation.person(thread.recipient).zone)).date()
    reply = house.reader.understand(mail.text, today)
    by = By(person_id, MAIL, None, now)
    acted = LedgerWrite(references=(Reference(_mark(mail), str(relationship.id), thread.key),))
    if reply.command is Command.STOP:
        _stop(house, person_id, by, acted)
        return None
    if reply.command in NOT_BY_MAIL:
        return f"it asks to {reply.command.value}, which cannot be done by mail"
    if reply.private:
        return "it holds a private note, which cannot be kept yet, so nothing in it was used"
    names = {role: situation.person(role).first_name for role in Role}
    reason = answer(relationship, Answer(thread.recipient, names, thread.kind, thread.occasion, reply, by))
    if reason is None:
        log.info("mail.understood", relationship=str(relationship.id), kind=thread.kind.value)
        house.streams.save(relationship, now=now, write=acted)
    return reason


def _stop(house: House, person_id: str, by: By, acted: LedgerWrite) -> None:
    person = house.streams.person(person_id)
    person.pause(by)
    log.info("person.paused", person=person_id)
    house.streams.save(person, now=by.at, write=acted)


def _hold(house: House, mail: ReceivedMail, relationship: Relationship, reason: str) -> None:
    """Set the mail aside as a fact of its relationship.

    Decided on a fresh copy, because nothing of a refused answer may stay.
    """
    fresh = house.streams.relationship(str(relationship.id))
    fresh.hold_mail(mail.message_id, reason, By(SERVICE, MAIL, None, house.now()))
    log.info("mail.held", relationship=str(relationship.id), reason=reason)
    house.streams.save(fresh, now=house.now())


def park(house: House, message_id: str, reason: str) -> None:
    """Set aside what belongs to no conversation; the row is the record and is never claimed.

    It names the mail by the provider's id, under which it can be looked at: a Message-ID is a stranger's words.
    """
    now: datetime = house.now()
    key = f"{SERVICE_OWNER}/{PARKED}/{message_id}/{reason}"
    row = Work(key, SERVICE_OWNER, PARKED, message_id, reason, PARKED, now)
    log.info("mail.parked", reason=reason)
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))
