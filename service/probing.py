"""Tries out whether a reply to one of our reply addresses reaches the inbox: a mail to ourselves at such an address.

An administrator asks for it; the daemon sends it as it sends all mail, and knows it again when it arrives. Some
mailboxes take no mail at "name+anything@", which nobody notices until a reply is missed.
"""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial

from domain.ledger import Claim, LedgerRow, LedgerWrite, Reference, Settlement, Work, WorkState
from domain.mail import AddressProof, ReceivedMail
from service.doctor_lines import Health, Line, Nature
from service.event_words import moment
from service.house import SERVICE_OWNER, House
from service.lone_mails import drop, sent
from service.rails import counted, mails_wait, put_off
from service.rows import MAIL_LANE, PROBE
from service.telling import Told

PART = "reply addresses"
PATIENCE = timedelta(minutes=15)
"""How long a mail to ourselves may be under way."""
OF_USE = timedelta(days=1)
_ANSWERED_FOR = timedelta(days=7)
_MEND = (
    "Let the mailbox take mail at such addresses (Exchange: DisablePlusAddressInRecipients must be off), "
    "or set plus_addresses = false."
)


def ask_for_probe(house: House) -> None:
    """Have the daemon send a probe, unless one is under way already or no such addresses are in use."""
    now, last = house.now(), _last(house)
    waiting = last is not None and last.state is WorkState.OPEN
    if not _in_use(house) or waiting or (last is not None and not _arrived(house, last) and _young(last, now)):
        return
    occasion = now.isoformat(timespec="seconds")
    key = f"{SERVICE_OWNER}/{PROBE}/{occasion}/"
    row = Work(key, SERVICE_OWNER, PROBE, occasion, "", MAIL_LANE, now, now + OF_USE)
    house.streams.save(now=now, write=LedgerWrite(open=(row,)))


def send_probe(house: House, claim: Claim) -> Told:
    """Send one claimed probe, unless its time is over; never again where it may have left."""
    now, expires = house.now(), claim.work.expires
    if expires is not None and now >= expires:
        return drop(house, claim)
    barred = mails_wait(house)
    if barred is not None:
        return put_off(house, claim, barred, now)
    state = WorkState.DONE if sent(house, claim, partial(_mime, house, claim)) else WorkState.UNKNOWN
    settle = Settlement(claim.work.key, claim.token, state, receipt=claim.receipt)
    house.streams.save(now=now, write=LedgerWrite(settle=settle, cursors=counted(house, is_mail=True, new_pair=False)))
    return Told(state.value)


def take_probe(house: House, mail: ReceivedMail) -> bool:
    """Say whether the mail is a probe of ours that arrived, and remember that."""
    if mail.sender != house.identity.address:
        return False
    named = house.replies.named(mail.recipients)
    row = next((row for row in _probes(house) if house.replies.reference(row.work.key) == named), None)
    if row is None or not _is_genuine(house, mail, row):
        return False
    note = Reference(_seen(row), SERVICE_OWNER, row.work.key)
    house.streams.save(now=house.now(), write=LedgerWrite(references=(note,)))
    return True


def probe_line(house: House) -> Line:
    """Say whether reply addresses are known to work."""
    if not _in_use(house):
        return Line(PART, Health.GOOD, "not in use: replies are known by the mail that they answer")
    row = _last(house)
    if row is None:
        return Line(PART, Health.GOOD, "in use and never tried; mentorsync doctor --probe sends a mail to one")
    at = moment(row.work.due)
    if _arrived(house, row):
        return Line(PART, Health.GOOD, f"in use; a mail to one, of {at}, arrived")
    if row.state is WorkState.OPEN or _young(row, house.now()):
        mend = "Let the daemon run, and ask again in a quarter of an hour."
        return Line(PART, Health.UNKNOWN, f"in use; a mail to one, of {at}, is under way", mend)
    return Line(PART, Health.BAD, f"a mail to one, of {at}, did not arrive", _MEND, Nature.CONFIGURATION)


def _mime(house: House, claim: Claim, name: str) -> bytes:
    own, now = house.identity.address, house.now()
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = own, house.replies.address(claim.work.key, own, (now + _ANSWERED_FOR).date())
    mail["Subject"], mail["Message-ID"], mail["Date"] = "Probe of the reply addresses", name, format_datetime(now)
    mail["Auto-Submitted"], mail["X-Mentorsync-Kind"] = "auto-generated", PROBE
    mail.set_content("This mail tries out whether a reply reaches the mentoring service. There is nothing to do.\n")
    return mail.as_bytes()


def _in_use(house: House) -> bool:
    return house.replies.address("", house.identity.address, house.now().date()) != ""


def _probes(house: House) -> tuple[LedgerRow, ...]:
    return house.ledger.rows(subject=SERVICE_OWNER, kinds=[PROBE])


def _last(house: House) -> LedgerRow | None:
    return max(_probes(house), key=lambda row: row.work.occasion, default=None)


def _young(row: LedgerRow, now: datetime) -> bool:
    return now < row.work.due + PATIENCE


def _seen(row: LedgerRow) -> str:
    return f"probe:{row.work.occasion}"


def _arrived(house: House, row: LedgerRow) -> bool:
    return house.ledger.reference(_seen(row)) is not None


def _is_genuine(house: House, mail: ReceivedMail, row: LedgerRow) -> bool:
    own, today = house.identity.address, house.now().date()
    return house.replies.proof(mail.recipients, row.work.key, [own], today) is AddressProof.GENUINE
