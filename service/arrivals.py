"""One mail that arrived, in its place: which mail of ours it answers, and whether it may act there."""

import hashlib
from dataclasses import dataclass
from datetime import date

from domain.answering import AT_ANY_TIME
from domain.charter import Role
from domain.hearing import Question
from domain.hours import zone_named
from domain.ledger import Reference
from domain.mail import UNSTAMPED, AddressProof, MailClass, MailKind, ReceivedMail, Sent
from domain.person import Person
from domain.personal import Personal
from domain.relationship import Relationship
from domain.reply import Command
from service.house import House

TRUSTED = "trusted"
TELLTALE = 300
"""How many letters a reply has at least that quotes one of our mails; the shortest of ours is longer."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The mail of ours that is being answered; `key` is that of the effect that sent it.

    `kind` and `occasion` say what it is about. `echoed` names the mail that it was itself the answer to: then they are
    those of the mail before.
    """

    key: str
    relationship: Relationship
    kind: MailKind
    occasion: str
    recipient: Role
    echoed: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a mail may not act, what its supposed writer is asked about it, and which of its words were not used."""

    reason: str
    question: Question = Question.NONE
    unclear: tuple[Personal, ...] = ()


def mark(mail: ReceivedMail) -> str:
    """Return the name of a mail, under which it is remembered that it has acted.

    Providers name a mail again whenever it changes (is read, is filed), and after a forgotten cursor; by then its words
    may mean something else.
    """
    return hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]


def day_of(house: House, mail: ReceivedMail, person: Person) -> date:
    """Return on which day, where that person is at home, the mail was written."""
    return mail.said_at(house.now()).astimezone(zone_named(person.zone)).date()


def plain_id(mail: ReceivedMail) -> str:
    """Return the id under which a mail that did not act can be looked for; one with its writer's address is its mark.

    What is recorded in plain text must not name anybody.
    """
    names = mail.sender is not None and mail.sender.lower() in mail.message_id.lower()
    return mark(mail) if names else mail.message_id


def acted(mail: ReceivedMail, subject: str, key: str) -> Reference:
    """Return the note that a mail has acted."""
    return Reference(f"answer:{mark(mail)}", subject, key)


def has_acted(house: House, mail: ReceivedMail) -> bool:
    """Say whether that mail has acted before."""
    return house.ledger.reference(f"answer:{mark(mail)}") is not None


def thread_of(house: House, mail: ReceivedMail) -> Thread | None:
    """Return what the mail answers: by the address that it was written to, else by the ids that it names."""
    named = house.replies.named(mail.recipients)
    refs = (*([named] if named else []), *(f"mail:{id}" for id in mail.references))
    found = next((known for ref in refs if (known := house.ledger.reference(ref)) is not None), None)
    return _thread(house, *found) if found is not None else None


def _thread(house: House, subject: str, key: str) -> Thread:
    kind, occasion, recipient = _name(key)
    relationship = house.streams.relationship(subject)
    before = relationship.heard.get(occasion) if kind == MailKind.ECHO else None
    if before is None:
        return Thread(key, relationship, MailKind(kind), occasion, Role(recipient))
    return Thread(key, relationship, MailKind(before.kind), before.occasion, Role(recipient), before.mail)


def beside_ours(house: House, raw: bytes, mail: ReceivedMail, thread: Thread) -> ReceivedMail:
    """Return the mail as it reads beside the very mail of ours that it answers, where our text may be among its words.

    So it may be when a longer text has no mark of ours; a provider that no longer has our mail changes nothing.
    """
    short = mail.sure and len(mail.text) < TELLTALE
    sent = thread.relationship.mails.get(_name(thread.key))
    if mail.mail_class is not MailClass.HUMAN or mail.marked or short or sent is None or not sent.message_id:
        return mail
    found = house.mailbox.find(house.identity.address, sent.message_id, None)
    copy = found.copy if isinstance(found, Sent) else ""
    ours = house.mailbox.raw(house.identity.address, copy) if copy else None
    return mail if ours is None else house.reader.read(raw, ours)


def _name(key: str) -> tuple[str, str, str]:
    _, kind, occasion, recipient = key.split("/")
    return kind, occasion, recipient


def objection(house: House, raw: bytes, mail: ReceivedMail, thread: Thread, person: Person) -> Objection | None:
    """Say why the mail may not act, or None.

    Only the person whom our mail went to, or who answers for her, acts in its thread: from a registered address that
    the provider vouches for.
    """
    if mail.mail_class is not MailClass.HUMAN:
        return Objection(f"it is {mail.mail_class.value} mail")
    if person.left:
        return Objection("its writer has left the organisation")
    if mail.sender is None or not (person.writes_from(mail.sender) or is_delegate(person, mail.sender)):
        reason = "it was not sent from the registered address of the person whom our mail went to"
        return Objection(reason, Question.WHO)
    doubt = origin_doubt(house, raw, mail.sender)
    if doubt is not None:
        return Objection(doubt, Question.WHO)
    return _misdirected(house, mail, thread, person) or _unsure(mail)


def origin_doubt(house: House, raw: bytes, sender: str) -> str | None:
    """Return why the provider does not vouch for the sender, or None.

    A provider on this machine, such as a sandbox, need not vouch: nobody outside can write to it.
    """
    trust, reasons = house.reader.trust(raw, house.identity.provider, {sender})
    return None if trust == TRUSTED or (house.loopback and reasons == (UNSTAMPED,)) else reasons[0]


def is_delegate(person: Person, sender: str) -> bool:
    """Say whether somebody at that address may answer for the person."""
    return person.own(sender) in person.delegates


def _misdirected(house: House, mail: ReceivedMail, thread: Thread, person: Person) -> Objection | None:
    if _proof(house, mail, thread, person) is not AddressProof.FORGED:
        return None
    return Objection("the address that it was written to was not made for it", Question.WHO)


def too_late(house: House, mail: ReceivedMail, thread: Thread, person: Person, command: Command | None) -> bool:
    """Say whether the address that it was written to counts no more, for what cannot be said at any time."""
    return command not in AT_ANY_TIME and _proof(house, mail, thread, person) is AddressProof.EXPIRED


def _proof(house: House, mail: ReceivedMail, thread: Thread, person: Person) -> AddressProof:
    readers = [address.reveal() for address in person.addresses]
    return house.replies.proof(mail.recipients, thread.key, readers, house.now().date())


def is_proved(house: House, mail: ReceivedMail, thread: Thread, person: Person) -> bool:
    """Say whether the mail was written to the address that ours gave for it, or ours gives none."""
    readers, today = [address.reveal() for address in person.addresses], house.now().date()
    gives = any(house.replies.address(thread.key, reader, today) for reader in readers)
    return not gives or _proof(house, mail, thread, person) is AddressProof.GENUINE


def _unsure(mail: ReceivedMail) -> Objection | None:
    if mail.sure:
        return None
    return Objection("its new words could not be told from the quoted ones", Question.WHAT)
