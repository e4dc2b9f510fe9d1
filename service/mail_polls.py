"""Polls of the service's inbox: every mail that arrived is taken once, in the order in which they came."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

import structlog

from domain.errors import Broken, CursorExpired, MentorsyncError, NoAccess, NotSignedIn, TryLater, Unreadable
from domain.ledger import Claim, LedgerWrite, Settlement, StaleLease, StaleStream, WorkState
from domain.mail import Arrivals
from service.house import SERVICE_OWNER, House
from service.inbox import park, receive

log = structlog.get_logger()
LOOK_BACK = timedelta(days=14)
TRIES = 8


@dataclass(frozen=True, slots=True)
class Round:
    """How far the reading of what arrived since the cursor has come: the mails that were taken, by the provider's ids,
    and the one that stopped it, once for each time.
    """

    taken: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()

    @classmethod
    def noted(cls, receipt: str) -> Self:
        """Return what was noted with the poll, a fresh round when nothing was."""
        return cls(*(tuple(ids) for ids in json.loads(receipt))) if receipt else cls()

    @property
    def receipt(self) -> str:
        """As it is noted with the poll."""
        return json.dumps([self.taken, self.stopped_by])


def poll_inbox(house: House, claim: Claim) -> None:
    """Receive every mail that arrived in the service's inbox; the cursor is stored after all of them.

    A provider may stop it anywhere, by asking for patience: what was taken is not asked for again. What it gives out
    later is taken later, with all that came after it; only a mail that it kept back TRIES times, while it named it, is
    set aside.
    """
    arrivals, past = _arrivals(house), Round.noted(claim.receipt)
    taken, before = list(past.taken), frozenset(past.taken)
    for message_id in (id for id in arrivals.message_ids if id not in before):
        try:
            take_mail(house, message_id, past.stopped_by.count(message_id) + 1 >= TRIES)
        except (MentorsyncError, StaleStream) as trouble:
            stopped_by = (*past.stopped_by, message_id) if _may_be_the_mails(trouble) else past.stopped_by
            house.ledger.note(claim, Round(tuple(taken), stopped_by).receipt)
            raise
        taken.append(message_id)
    cursors, due = ((SERVICE_OWNER, "mail", arrivals.cursor),), house.now() + house.identity.poll
    settlement = Settlement(claim.work.key, claim.token, WorkState.OPEN, due, receipt=Round().receipt)
    house.streams.save(now=house.now(), write=LedgerWrite(settle=settlement, cursors=cursors))


def _arrivals(house: House) -> Arrivals:
    account, cursor = house.identity.address, house.ledger.cursor(SERVICE_OWNER, "mail")
    try:
        return house.mailbox.arrivals(account, cursor)
    except CursorExpired:
        return house.mailbox.recent(account, house.now() - LOOK_BACK)


def take_mail(house: House, message_id: str, last: bool) -> None:
    """Receive one mail; at the `last` attempt one that the provider keeps back is set aside, and no earlier.

    One that our program cannot take is set aside, so that the mails after it are not held up by it. So is one about a
    relationship whose stream cannot be read.
    """
    try:
        receive(house, message_id)
    except Unreadable as trouble:
        log.warning("mail.unreadable-stream", problem=trouble.problem)
        park(house, message_id, "stream-cannot-be-read")
    except (StaleStream, StaleLease):
        raise
    except MentorsyncError as trouble:
        if not last or not _may_be_the_mails(trouble):
            raise
        log.warning("mail.withheld", problem=trouble.problem)
        park(house, message_id, "withheld-by-provider")
    except Exception as bug:
        log.exception("mail.bug")
        park(house, message_id, f"bug-{type(bug).__name__}")


def _may_be_the_mails(trouble: Exception) -> bool:
    """Say whether the trouble may be with that one mail, which the provider has named a moment ago.

    A wish for patience and a credential or consent that does not count are about all mails.
    """
    if isinstance(trouble, TryLater):
        return trouble.not_before is None
    return isinstance(trouble, Broken) and not isinstance(trouble, (NotSignedIn, NoAccess))
