"""What was set aside, as an administrator sees it: mails of no conversation, entries of no sense, broken streams.

A mail can be read once more, when what kept it from being understood is mended; the daemon does that, as it reads all.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import BadInput
from domain.ledger import Claim, LedgerRow, LedgerWrite, Settlement, Work, WorkState
from service.house import SERVICE_OWNER, House
from service.inbox import PARKED
from service.mail_polls import take_mail
from service.names import the_one
from service.nonsense import PARKED_ENTRY
from service.rows import INBOX_LANE, REREAD
from service.unreadable import stopped

SEE = "See mentorsync parked for what is."
NOUN = "thing that was set aside"
WHATS = ("mail", "entry", "stream")


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """One thing that was set aside at `since` (UTC): a "mail", or a calendar "entry" of `owner`, a person id or
    "service". `item` is the provider's id. A "stream" that cannot be read is read anew by itself at `since`.
    """

    key: str
    what: str
    owner: str
    item: str
    reason: str
    since: datetime


def parked(house: House) -> tuple[ParkedRow, ...]:
    """Return all that is set aside, the oldest first."""
    streams = (ParkedRow(s.key, "stream", s.subject, s.subject, s.trouble.problem, s.again) for s in stopped(house))
    return (*(_told(row) for row in _rows(house)), *streams)


def replay(house: House, key: str) -> str:
    """Have the daemon read a mail once more, named by its key or the beginning of it; return the key.

    BadInput for an entry of a calendar: each poll reads it anew by itself.
    """
    row = _row(house, key)
    if row.work.kind != PARKED:
        raise BadInput(
            "An entry of a calendar is read anew by every poll.", "Have its owner mend it, or wait for the next poll."
        )
    now, item = house.now(), row.work.occasion
    again = Work(f"{SERVICE_OWNER}/{REREAD}/{item}/", SERVICE_OWNER, REREAD, item, "", INBOX_LANE, now)
    house.streams.save(now=now, write=LedgerWrite(open=(again,), drop=(row.work.key,)))
    return row.work.key


def drop(house: House, key: str) -> str:
    """Forget that something was set aside, named by its key or the beginning of it; return the key."""
    row = _row(house, key)
    house.streams.save(now=house.now(), write=LedgerWrite(drop=(row.work.key,)))
    return row.work.key


def reread(house: House, claim: Claim) -> None:
    """Take one mail that had been set aside as if it arrived now; it may be set aside again."""
    take_mail(house, claim.work.occasion, last=True)
    # Not done but dropped, so that it can be asked for another time.
    house.ledger.settle(Settlement(claim.work.key, claim.token, WorkState.DROPPED, reason="read"), house.now())


def _rows(house: House) -> tuple[LedgerRow, ...]:
    return house.ledger.rows([WorkState.OPEN], None, [PARKED, PARKED_ENTRY])


def _row(house: House, key: str) -> LedgerRow:
    if any(stream.key.startswith(key) for stream in stopped(house)):
        raise BadInput("A stream that cannot be read is tried anew by itself.", "Mend it as mentorsync doctor says.")
    rows = {row.work.key: row for row in _rows(house)}
    return rows[the_one(key, rows, NOUN, SEE)]


def _told(row: LedgerRow) -> ParkedRow:
    work = row.work
    what = "mail" if work.kind == PARKED else "entry"
    return ParkedRow(work.key, what, work.subject, work.occasion, work.recipient, work.due)
