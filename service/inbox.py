"""Receives one mail.

Finds the conversation it answers, checks who wrote it, and lets it act or sets it aside.
"""

from dataclasses import replace
from datetime import date, datetime

import structlog

from domain.answering import Answer, answer
from domain.attaching import bring, left_out
from domain.by import MAIL, SERVICE, By
from domain.charter import Role
from domain.deeds import deeds_of
from domain.hearing import Deed, DeedKind, Heard, Question
from domain.ledger import LedgerWrite, Work
from domain.mail import AttachedFile, MailClass, ReceivedMail, TooDemanding
from domain.person import Person
from domain.personal import Personal
from domain.reply import Reply
from domain.silence import Silence, silence_in
from service.arrivals import (
    Objection,
    Thread,
    acted,
    beside_ours,
    day_of,
    has_acted,
    is_delegate,
    is_proved,
    mark,
    objection,
    plain_id,
    thread_of,
    too_late,
)
from service.bounces import note_bounce
from service.house import SERVICE_OWNER, House
from service.mail_requests import asks_again, receive_request, with_old_words
from service.noting import for_us_alone, notebook_after, noted, with_notes
from service.probing import take_probe
from service.samples import files_of, kept
from service.situations import situation_of
from service.strangers import receive_alone

log = structlog.get_logger()
PARKED = "parked"
PRIVATE = "it is not sure which of its words are a private note, so nothing in it was used"
LATE = "the time to answer that mail is over"
QUIET = (MailClass.CALENDAR,)


def receive(house: House, message_id: str) -> None:
    """Take one message of the service's inbox; receiving it again changes nothing."""
    raw = house.mailbox.raw(house.identity.address, message_id)
    if raw is None:
        return
    mail = house.reader.read(raw)
    if mail.mail_class in QUIET or has_acted(house, mail):
        return
    reason = _received(house, raw, mail)
    if reason is not None:
        park(house, message_id, reason)


def _received(house: House, raw: bytes, mail: ReceivedMail) -> str | None:
    """Return why the mail belongs to no conversation, or None when it was dealt with."""
    if mail.mail_class is MailClass.UNREADABLE:
        return f"unreadable: {mail.reasons[0]}"
    if take_probe(house, mail):
        return None
    if mail.bounced:
        return None if note_bounce(house, mail) else "bounce-of-unknown-mail"
    thread = thread_of(house, mail)
    if thread is None:
        return receive_alone(house, raw, mail)
    person = house.streams.person(thread.relationship.person_id(thread.recipient))
    mail = beside_ours(house, raw, mail, thread)
    refused = objection(house, raw, mail, thread, person) or _act(house, raw, mail, thread, person)
    if refused is not None:
        _hold(house, mail, thread, refused, person)
    return None


def _act(house: House, raw: bytes, mail: ReceivedMail, thread: Thread, person: Person) -> Objection | None:
    by = By(str(person.id), MAIL, None, house.now())
    try:
        reply = words_of(house, mail, day_of(house, mail, person), thread)
        files = files_of(house, raw, mail)
    except TooDemanding as limit:
        return Objection(limit.reason)
    if too_late(house, mail, thread, person, reply.command):
        return Objection(LATE, Question.CANNOT)
    delegate = mail.sender is not None and is_delegate(person, mail.sender)
    if reply.private or (reply.notes and (delegate or not for_us_alone(house, mail))):
        return Objection(PRIVATE, Question.PRIVATE)
    silence = silence_in(reply, person, thread.relationship)
    if silence is not None and not delegate:
        _hush(house, mail, thread, person, reply, silence, by)
        return None
    if reply.mentor and not delegate and asks_again(thread):
        refused = receive_request(house, mail, person, with_old_words(thread.relationship, reply), by)
        return Objection(refused, Question.CANNOT) if refused is not None else None
    return _answered(house, mail, thread, person, reply, files, by)


def words_of(house: House, mail: ReceivedMail, today: date, thread: Thread) -> Reply:
    """Return what the mail says; one without text that begins a thread speaks by its subject, as links make them."""
    text = mail.text if mail.text.strip() or mail.references else mail.subject
    people = (house.streams.person(thread.relationship.person_id(role)) for role in Role)
    return house.reader.understand(text, today, thread.kind.value, [person.name.reveal() for person in people])


def _hush(
    house: House, mail: ReceivedMail, thread: Thread, person: Person, reply: Reply, silence: Silence, by: By
) -> None:
    """Stop everything for the person, of which nothing more is said, or go on, which is."""
    note = LedgerWrite(references=(acted(mail, str(thread.relationship.id), thread.key),))
    books = (with_notes(house, mail, thread, reply.notes, by),) if reply.notes else ()
    if silence is Silence.BEGINS:
        person.pause(by)
        log.info("person.paused", person=str(person.id))
        house.streams.save(person, *books, now=by.at, write=note)
        return
    person.resume(by)
    thread.relationship.come_back(thread.recipient, by)
    deeds = (Deed(DeedKind.RESUMED), *noted(reply.notes))
    thread.relationship.hear_mail(replace(_heard(mail, thread, by), deeds=deeds), by)
    log.info("person.resumed", person=str(person.id))
    house.streams.save(person, thread.relationship, *books, now=by.at, write=note)


def _answered(
    house: House,
    mail: ReceivedMail,
    thread: Thread,
    person: Person,
    reply: Reply,
    files: tuple[AttachedFile, ...],
    by: By,
) -> Objection | None:
    relationship = thread.relationship
    situation = situation_of(house, relationship)
    names = {role: situation.person(role).first_name for role in Role}
    delegate = _delegate(person, mail)
    place = (thread.recipient, names, thread.kind, thread.occasion)
    proved = is_proved(house, mail, thread, person)
    given = Answer(*place, reply, by, delegate is not None, thread.echoed, proved, situation, mark(mail))
    brought = bring(relationship, given, files)
    came = answer(relationship, replace(given, reply=replace(reply, notes=()), samples=brought.samples))
    unclear = tuple(Personal(by.actor, words) for words in came.unclear)
    if came.reason and not (reply.notes and came.question in (Question.WHAT, Question.NONE)):
        return Objection(came.reason, came.question, unclear)
    others = (*came.told, *noted(reply.notes), *left_out(relationship, given, brought))
    deeds = (*deeds_of(relationship.pending_events), *others)
    book = notebook_after(house, mail, thread, reply.notes, deeds, by)
    heard = replace(_heard(mail, thread, by), deeds=deeds, unclear=unclear)
    relationship.hear_mail(replace(heard, delegate=delegate), by)
    if mail.sender is not None:
        person.mark_reached(mail.sender, by)
    log.info("mail.understood", relationship=str(relationship.id), kind=thread.kind.value)
    references, files_kept = (acted(mail, str(relationship.id), thread.key),), kept(relationship, brought, by)
    note = LedgerWrite(references=references, files=files_kept)
    changed = (relationship, person) if person.pending_events else (relationship,)
    house.streams.save(*changed, *((book,) if book is not None else ()), now=by.at, write=note)
    return None


def _delegate(person: Person, mail: ReceivedMail) -> Personal | None:
    """Return the address of whoever wrote it in the person's stead, or None."""
    return person.own(mail.sender) if mail.sender and is_delegate(person, mail.sender) else None


def _heard(mail: ReceivedMail, thread: Thread, by: By) -> Heard:
    return Heard(
        mark(mail), thread.recipient, thread.kind.value, thread.occasion, by.at, answers_echo=bool(thread.echoed)
    )


def _hold(house: House, mail: ReceivedMail, thread: Thread, why: Objection, person: Person) -> None:
    """Set the mail aside as a fact of its relationship.

    Decided on a fresh copy, because nothing of a refused answer may stay. An answer to an answer that says nothing is
    not asked back.
    """
    fresh = house.streams.relationship(str(thread.relationship.id))
    by = By(SERVICE, MAIL, None, house.now())
    idle = thread.echoed and why.question is Question.WHAT
    question = Question.NONE if idle else why.question
    heard = replace(_heard(mail, thread, by), question=question, unclear=why.unclear) if question else None
    if heard is not None and question is not Question.WHO:
        heard = replace(heard, delegate=_delegate(person, mail))
    fresh.hold_mail(plain_id(mail), why.reason, by, heard)
    log.info("mail.held", relationship=str(fresh.id), reason=why.reason)
    house.streams.save(fresh, now=by.at)


def park(house: House, message_id: str, reason: str) -> None:
    """Set aside what belongs to no conversation; the row is the record and is never claimed.

    It names the mail by the provider's id, under which it can be looked at: a Message-ID is a stranger's words.
    """
    now: datetime = house.now()
    key = f"{SERVICE_OWNER}/{PARKED}/{message_id}/{reason}"
    row = Work(key, SERVICE_OWNER, PARKED, message_id, reason, PARKED, now)
    log.info("mail.parked", reason=reason)
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))
