"""Letters to one person that belong to no relationship: what is missing in a request that began by mail.

A letter is a row of the ledger that names the person, the mail by its digest and what is missing, and no words. It goes
as all mail goes: looked up, drafted, noted, sent, and never resent blindly.
"""

from datetime import timedelta

from domain.ledger import Claim, LedgerWrite, Settlement, Work, WorkState
from domain.letters import EchoLetter, EchoLine
from domain.mail import Envelope, MailKind
from domain.person import Person
from domain.threads import SubjectLine
from service.house import House
from service.lone_mails import drop, sent
from service.rails import bar_to, counted, mails_wait, put_off
from service.rows import LETTER, MAIL_LANE
from service.telling import Told

OF_USE = timedelta(days=1)
SUBJECT = "mentor_request"


def letter_about_request(house: House, person: Person, mail: str, missing: tuple[str, ...]) -> Work:
    """Return the row of the letter that says what the request in a mail lacks; each such mail is answered once."""
    now, subject = house.now(), str(person.id)
    occasion, recipient = f"request-{mail}", ".".join(missing)
    key = f"{subject}/{LETTER}/{occasion}/"
    return Work(key, subject, LETTER, occasion, recipient, MAIL_LANE, now, now + OF_USE)


def write_letter(house: House, claim: Claim) -> Told:
    """Send one claimed letter, unless its time is over or its reader wants no mail; return how it ended."""
    now, person = house.now(), house.streams.person(claim.work.subject)
    expires = claim.work.expires
    if person.paused or person.bounces or (expires is not None and now >= expires):
        return drop(house, claim)
    barred = bar_to(house, person) or mails_wait(house)
    if barred is not None:
        return put_off(house, claim, barred, now)

    def composed(name: str) -> bytes:
        return house.composer.compose(_envelope(house, person, name), _letter(claim, person))

    state = WorkState.DONE if sent(house, claim, composed) else WorkState.UNKNOWN
    reason = "" if state is WorkState.DONE else "the draft is gone and no sent copy can be found"
    settlement = Settlement(claim.work.key, claim.token, state, receipt=claim.receipt, reason=reason)
    counts = counted(house, is_mail=True, new_pair=False)
    house.streams.save(now=now, write=LedgerWrite(settle=settlement, cursors=counts))
    return Told(state.value, reason)


def _letter(claim: Claim, person: Person) -> EchoLetter:
    lines = tuple(EchoLine(f"missing_{part}") for part in claim.work.recipient.split("."))
    return EchoLetter(person.first_name, "", lines, (), "request", None, "", person.language)


def _envelope(house: House, person: Person, message_id: str) -> Envelope:
    subject = SubjectLine(SUBJECT, "", "", None, "", False, person.language)
    return Envelope(
        MailKind.ECHO,
        house.identity.address,
        house.identity.programme,
        person.address,
        person.name.reveal(),
        house.composer.subject(subject),
        message_id,
        (),
        house.now(),
    )
