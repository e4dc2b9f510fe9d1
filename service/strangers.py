"""Mails that answer none of ours: a registered person may ask for silence or begin a request, all else is set aside."""

import structlog

from domain.by import MAIL, By
from domain.ledger import LedgerWrite
from domain.mail import MailClass, ReceivedMail, TooDemanding
from domain.person import Person
from domain.reply import Reply
from domain.silence import Silence, silence_in
from service.arrivals import acted, day_of, origin_doubt
from service.house import House
from service.mail_requests import receive_request

log = structlog.get_logger()
NO_THREAD = "no-thread"
PRIVATE = "private-note"


def receive_alone(house: House, raw: bytes, mail: ReceivedMail) -> str | None:
    """Let the mail act, or return why it is to be set aside."""
    person = _writer(house, raw, mail)
    if person is None:
        return NO_THREAD
    text = mail.text if mail.text.strip() else mail.subject
    try:
        reply = house.reader.understand(text, day_of(house, mail, person))
    except TooDemanding as limit:
        return f"unreadable: {limit.reason}"
    return _done(house, mail, person, reply)


def _writer(house: House, raw: bytes, mail: ReceivedMail) -> Person | None:
    """Return the person whom the provider vouches for as the writer, or None."""
    if mail.mail_class is not MailClass.HUMAN or mail.sender is None or not mail.sure:
        return None
    found = house.streams.person_at(mail.sender)
    return house.streams.person(found) if found and origin_doubt(house, raw, mail.sender) is None else None


def _done(house: House, mail: ReceivedMail, person: Person, reply: Reply) -> str | None:
    """A private note is about one of several people, which such a mail does not say: it is never kept from here."""
    by = By(str(person.id), MAIL, None, house.now())
    aside = PRIVATE if reply.private or reply.notes else None
    silence = silence_in(reply, person)
    if silence is not None:
        _hush(house, mail, person, silence, by)
        return aside
    if aside is not None or not reply.mentor:
        return aside or NO_THREAD
    return receive_request(house, mail, person, reply, by)


def _hush(house: House, mail: ReceivedMail, person: Person, silence: Silence, by: By) -> None:
    (person.pause if silence is Silence.BEGINS else person.resume)(by)
    log.info("person.changed", person=str(person.id), silence=silence.value)
    house.streams.save(person, now=by.at, write=LedgerWrite(references=(acted(mail, str(person.id), ""),)))
